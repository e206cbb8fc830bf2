import { model, PygenClient, token, type UntypedBound } from "pygen";
import { createEmulator, type LoadModel } from "pygen/emulator";

/** The space that instances are written to. */
export const DATA_SPACE = "playground";

/** Names one data model. */
export interface ModelId {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
}

/** A model that was loaded. */
export interface Loaded {
  readonly id: ModelId;
  /** The file that it came from, as data. */
  readonly source: LoadModel;
  /** Reads and writes its instances, by view. */
  readonly handles: UntypedBound;
}

/** What the steps of the page work on: a service in this page, its client, and the model that was loaded last. */
export interface World {
  readonly client: PygenClient;
  /** Puts a model into a service that holds nothing else, and opens it. */
  readonly load: (source: LoadModel) => Promise<Loaded>;
  /** The model that was loaded last. */
  readonly opened: () => Loaded;
  /** Calls a listener each time that a model was loaded. */
  readonly onLoad: (listener: (loaded: Loaded) => void) => void;
}

/** Starts the service in this page, and connects a client to it: there is no server, only a `fetch`. */
export function startWorld(): World {
  const emulator = createEmulator({ project: "playground" });
  const client = new PygenClient({
    baseUrl: "http://emulator.invalid",
    project: "playground",
    application: "playground",
    credentials: token("any"),
    fetch: emulator.fetch,
  });
  const listeners: ((loaded: Loaded) => void)[] = [];
  let current: Loaded | undefined;
  return {
    client,
    load: async (source) => {
      const id = firstModel(source);
      const before = emulator.snapshot();
      try {
        emulator.reset();
        emulator.load(source, { global: false });
        await client.spaces.create([{ space: DATA_SPACE }]);
        current = { id, source, handles: await model(client, id, { space: DATA_SPACE }) };
      } catch (error) {
        emulator.restore(before);
        throw error;
      }
      for (const listener of listeners) listener(current);
      return current;
    },
    opened: () => {
      if (!current) throw new Error("Load a model first.");
      return current;
    },
    onLoad: (listener) => {
      listeners.push(listener);
    },
  };
}

/** The data model that a file is opened as. What the file holds is checked by the service; this comes before it. */
function firstModel({ dataModels }: LoadModel): ModelId {
  const [id] = Array.isArray(dataModels) ? dataModels : [];
  if (!id) throw new Error("The file holds no data model: it needs a list dataModels with one at least.");
  return id;
}
