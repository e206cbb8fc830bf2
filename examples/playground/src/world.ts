import { model, PygenClient, token, type UntypedBound } from "pygen";
import { createEmulator, type Emulator, type LoadModel } from "pygen/emulator";

/** The space that instances are written to. */
export const DATA_SPACE = "playground";

/** Names one data model. */
export interface ModelId {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
}

/** What the steps of the page work on: a service in this page, its client, and the model that was loaded last. */
export interface World {
  readonly emulator: Emulator;
  readonly client: PygenClient;
  /** Puts a model into a service that holds nothing else, and opens it. */
  readonly load: (source: LoadModel) => Promise<ModelId>;
  /** The handles of the model that was loaded last. */
  readonly opened: () => UntypedBound;
  /** Calls a listener each time that a model was loaded. */
  readonly onLoad: (listener: (id: ModelId) => void) => void;
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
  const listeners: ((id: ModelId) => void)[] = [];
  let current: UntypedBound | undefined;
  return {
    emulator,
    client,
    load: async (source) => {
      const [id] = source.dataModels ?? [];
      if (!id) throw new Error("The file holds no data model: it needs dataModels with one at least.");
      const before = emulator.snapshot();
      try {
        emulator.reset();
        emulator.load(source, { global: false });
        await client.spaces.create([{ space: DATA_SPACE }]);
        current = await model(client, id, { space: DATA_SPACE });
      } catch (error) {
        emulator.restore(before);
        throw error;
      }
      for (const listener of listeners) listener(id);
      return id;
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
