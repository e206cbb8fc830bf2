import { QueryError } from "../../src/errors/index.js";
import type { PropertyDescriptor, ViewDescriptor } from "../../src/ir/index.js";
import type { BoundView, UntypedViewApi } from "../../src/runtime/index.js";
import type { WarningSink } from "../deprecation.js";
import { filterKind } from "../filter-kind.js";
import type { DataframeArgs } from "../types/dataframe.js";
import type { DownloadArgs } from "../types/download.js";
import { type Chain, further, lastOf, nothing } from "./chain.js";
import { downloadContent } from "./content.js";
import { dataframe } from "./dataframe.js";
import { filterOf, relationFilter } from "./filters.js";
import { lastRows, rootsOf } from "./query.js";

type Members = Map<string, () => unknown>;

/** What chains have beside properties; one of such a name has `_` behind it, as in v1 (N9). */
const ends: ReadonlySet<string> = new Set(["listFull", "endNode", "data", "content", "externalId", "space"]);

/** A chain that begins with a view. Types are laid over it by `legacyClient`. */
export function selectQuery(name: string, handle: UntypedViewApi, bound: BoundView, sink: WarningSink): object {
  const steps = [{ relation: "", view: bound.view, nodes: nothing }] as const;
  return membersOf({ handle, bound, name, sink, steps, atEdge: false });
}

/** What a chain can be asked: as types have it, made when it is asked for. */
function membersOf(chain: Chain): object {
  const last = lastOf(chain);
  const { view } = chain.atEdge ? (last.edge ?? last) : last;
  const members: Members = new Map();
  const taken = new Set([...ends, listName(view)]);
  const add = (wanted: string, isTaken: boolean, get: () => unknown): void => {
    const name = isTaken ? `${wanted}_` : wanted;
    members.set(name, members.has(name) ? () => ambiguous(name, view) : get);
  };
  for (const [name, property] of Object.entries(view.properties)) {
    const get = memberOf(chain, name, property);
    if (get !== undefined) add(name, taken.has(name), get);
  }
  for (const [name, property] of Object.entries(view.properties)) {
    if (property.type !== "direct") continue;
    const filter = (): object => relationFilter(chain, name, property.list === true, membersOf);
    add(`${name}Filter`, Object.hasOwn(view.properties, `${name}Filter`), filter);
  }
  for (const [name, get] of chain.atEdge ? endsOfEdges(chain) : endsOfNodes(chain)) members.set(name, get);
  return Object.defineProperties(
    Object.create(null),
    Object.fromEntries([...members].map(([name, get]) => [name, { enumerable: true, get }])),
  );
}

/** What a property is in a chain; `undefined` where it is nothing. */
function memberOf(chain: Chain, name: string, property: PropertyDescriptor): (() => unknown) | undefined {
  const target = "source" in property && !chain.atEdge ? chain.bound.scope.registry.node(property.source) : undefined;
  if (target !== undefined) return () => membersOf(further(chain, name, property, target));
  const kind = filterKind(property);
  if (kind !== undefined && kind !== "relation") return () => filterOf(chain, name, kind, membersOf);
  if (property.type !== "timeseries" || chain.atEdge) return undefined;
  return () => ({ data: { retrieveDataframe: (args?: DataframeArgs) => dataframe(chain, name, args) } });
}

function endsOfEdges(chain: Chain): Members {
  return new Map([["endNode", () => membersOf({ ...chain, atEdge: false })]]);
}

function endsOfNodes(chain: Chain): Members {
  const { view } = lastOf(chain);
  const members: Members = new Map();
  for (const fact of ["externalId", "space"]) members.set(fact, () => filterOf(chain, fact, "text", membersOf));
  members.set("listFull", () => (limit?: number | null) => rootsOf(chain, limit));
  members.set(listName(view), () => (limit?: number | null) => lastRows(chain, limit));
  if (view.resource === "timeseries") {
    members.set("data", () => ({ retrieveDataframe: (args?: DataframeArgs) => dataframe(chain, undefined, args) }));
  }
  if (view.resource === "file") {
    members.set("content", () => ({
      download: (directory: string, args?: DownloadArgs) => downloadContent(chain, directory, args),
    }));
  }
  return members;
}

/** What the end is called that gives nodes of a view. */
function listName({ externalId }: ViewDescriptor): string {
  return `list${externalId.charAt(0).toUpperCase()}${externalId.slice(1)}`;
}

function ambiguous(name: string, { externalId }: ViewDescriptor): never {
  throw new QueryError("QUERY.AMBIGUOUS_OPTION", `'${name}' of a chain at ${externalId} would be two properties.`, {
    hint: "Use list({ where, select }) of the generated SDK, which names properties as they are.",
  });
}
