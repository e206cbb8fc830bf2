import { createEmulator, type EmulatorOptions, type LoadModel } from "../../src/emulator/index.js";
import { type Fetch, PygenClient, type PygenClientOptions, token } from "../../src/index.js";
import { describeMembers, memberNames, typescriptMembers, untold, type ViewDescriptor } from "../../src/ir/index.js";
import type { InstanceWrite } from "../../src/models/index.js";
import { bindViews } from "../../src/runtime/bind.js";
import type { ReadCalls } from "../../src/runtime/execute/read-calls.js";
import { list } from "../../src/runtime/operations/list.js";
import { completed } from "../../src/runtime/plan/more-conditions.js";
import { defaultLimits, type PlanLimits, type PlanScope } from "../../src/runtime/plan/scope.js";
import { Registry } from "../../src/runtime/registry.js";
import type { ListQuery } from "../../src/runtime/types/api.js";
import type { UntypedListArgs, UntypedRow, UntypedViewApi } from "../../src/runtime/types/untyped.js";
import { built, container, direct, edges, file, reverse, text, view } from "../ir/models.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const near = { space: "s", externalId: "near" };
const turbineOf = (id: string) => ({ container: container("Turbine_v1"), containerPropertyIdentifier: id });

/** A model with every kind of property and relation. Ids in snake case differ from the names in TypeScript. */
export const farmModel = file({
  Turbine: {
    properties: {
      name: { type: { type: "text" }, nullable: false },
      capacity: { type: { type: "float64" } },
      count: { type: { type: "int64" } },
      tags: { type: { type: "text", list: true } },
      started_at: { type: { type: "timestamp" } },
      times: { type: { type: "timestamp", list: true } },
      day: { type: { type: "date" } },
      status: { type: { type: "enum", values: { running: {}, stopped: {} } } },
      meta: { type: { type: "json" } },
      is_active: { type: { type: "boolean" } },
      manual: { type: { type: "file" } },
      farm: direct(view("Farm")),
      similar: direct(view("Turbine"), true),
      next: direct(view("Turbine")),
      owner: direct(),
      blades: reverse(view("Blade"), "turbine"),
      previous: reverse(view("Turbine"), "next", view("Turbine"), "single_reverse_direct_relation"),
      similar_to: reverse(view("Turbine"), "similar"),
      metmasts: edges(view("Metmast"), { type: near, edgeSource: view("Distance") }),
      gateway: edges(view("Metmast"), {
        type: { space: "s", externalId: "gate" },
        connectionType: "single_edge_connection",
      }),
    },
  },
  Farm: {
    properties: {
      name: text,
      featured: direct(view("Turbine"), true),
      turbines: reverse(view("Turbine"), "farm"),
      bigs: reverse(view("Big"), "farm", view("Turbine")),
      by_container: reverse(view("Turbine"), "farm", container("Turbine_v1")),
    },
  },
  Blade: {
    properties: {
      name: text,
      is_damaged: { type: { type: "boolean" }, nullable: false },
      turbine: direct(view("Turbine")),
    },
  },
  Metmast: {
    properties: {
      height: { type: { type: "float64" } },
      turbines: edges(view("Turbine"), { type: near, direction: "inwards", edgeSource: view("Distance") }),
      bigs: edges(view("Big"), { type: near, direction: "inwards" }),
    },
  },
  Distance: {
    usedFor: "edge",
    properties: { distance: { type: { type: "float64" } }, surveyor: direct(view("Farm")) },
  },
  Big: {
    filter: {
      and: [{ hasData: [container("Turbine_v1")] }, { range: { property: ["s", "Turbine_v1", "capacity"], gte: 5 } }],
    },
    properties: { name: { raw: turbineOf("name") }, capacity: { raw: turbineOf("capacity") } },
  },
}) as LoadModel;

const model = built(farmModel).model;

/** Metadata by handle: `turbine`, `farm`, `blade`, `metmast`, `distance`, `big`. */
export const views: Readonly<Record<string, ViewDescriptor>> = Object.fromEntries(
  describeMembers(model, memberNames(model, typescriptMembers, untold), {}).map(({ name, descriptor }) => [
    name.handle,
    byContainer(descriptor),
  ]),
);

/** Descriptors may name a container, as those of views do whose nodes are read through a view that is not known. */
function byContainer(view: ViewDescriptor): ViewDescriptor {
  const relation = view.properties["byContainer"];
  if (relation?.type !== "reverse") return view;
  const through = { source: "s/Turbine_v1", property: "farm" };
  return { ...view, properties: { ...view.properties, byContainer: { ...relation, through } } };
}

export function viewNamed(name: string): ViewDescriptor {
  const found = views[name];
  if (!found) throw new Error(`no view ${name}`);
  return found;
}

/** What plans of the farm depend on. */
export function scope(limits: Partial<PlanLimits> = {}, space: string | undefined = "data"): PlanScope {
  return completed({ registry: new Registry(Object.values(views)), space, limits: { ...defaultLimits, ...limits } });
}

/** A request that reached the service. */
export interface Seen {
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface Farm {
  readonly client: PygenClient;
  readonly requests: Seen[];
  /** A handle, with pages as small as wanted. */
  readonly on: (name: string, limits?: Partial<PlanLimits>) => UntypedViewApi;
  readonly write: (items: readonly InstanceWrite[]) => Promise<void>;
}

const checker = openApiChecker();

/** What a test adds to the farm's client: options, and what stands between it and the emulator. */
export interface FarmClient extends Pick<PygenClientOptions, "validation" | "logger" | "retry"> {
  readonly around?: (request: Request, answer: Fetch) => Promise<Response>;
}

/** The farm on an emulator of its own, and what was asked of it. */
export function startFarm(options: EmulatorOptions = {}, { around, ...more }: FarmClient = {}): Farm {
  const emulator = createEmulator(options);
  emulator.load(farmModel, { global: false });
  emulator.load({ spaces: [{ space: "data" }, { space: "other" }] }, { global: false });
  const requests: Seen[] = [];
  const answer = checker === null ? emulator.fetch : checker.wrap(emulator.fetch);
  const fetch = (request: Request): Promise<Response> => {
    requests.push({ path: new URL(request.url).pathname, signal: request.signal });
    return around ? around(request, answer) : answer(request);
  };
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "test",
    application: "tests",
    credentials: token("any"),
    fetch,
    ...more,
  });
  const on = (name: string, limits: Partial<PlanLimits> = {}): UntypedViewApi => {
    const handle = bindViews(client, views, { space: "data" }, { ...defaultLimits, ...limits })[name];
    if (!handle) throw new Error(`no view ${name}`);
    return handle;
  };
  const write = async (items: readonly InstanceWrite[]): Promise<void> => {
    await client.instances.upsert(items, { autoCreateStartNodes: true, autoCreateEndNodes: true });
    requests.length = 0;
  };
  return { client, requests, on, write };
}

/** A list of turbines against a service that is a set of functions. */
export function listTurbines(
  calls: ReadCalls,
  args: UntypedListArgs,
  limits: Partial<PlanLimits> = {},
): ListQuery<UntypedRow> {
  const mismatch = (error: () => Error): never => {
    throw error();
  };
  const client: Pick<PygenClient, "http" | "instances"> = { instances: calls, http: { mismatch } } as never;
  return list({ client: client as PygenClient, scope: scope(limits) }, viewNamed("turbine"), args);
}

type Values = Readonly<Record<string, unknown>>;

/** A node through one view, by CDF ids. */
export function node(viewName: string, externalId: string, properties: Values = {}, space = "data"): InstanceWrite {
  const { externalId: name, version, space: of } = viewNamed(viewName);
  const source = { type: "view", space: of, externalId: name, version } as const;
  return { instanceType: "node", space, externalId, sources: [{ source, properties: properties as never }] };
}

/** An edge of the type `near` or `gate`, with a distance or without. */
export function edge(externalId: string, type: string, start: string, end: string, distance?: number): InstanceWrite {
  const { version, space } = viewNamed("distance");
  const source = { type: "view", space, externalId: "Distance", version } as const;
  return {
    instanceType: "edge",
    space: "data",
    externalId,
    type: { space: "s", externalId: type },
    startNode: { space: "data", externalId: start },
    endNode: { space: "data", externalId: end },
    ...(distance === undefined ? {} : { sources: [{ source, properties: { distance } }] }),
  };
}

export const ref = (externalId: string, space = "data"): { space: string; externalId: string } => ({
  space,
  externalId,
});
