import { QueryError } from "../src/errors/index.js";
import type { PropertyDescriptor, ViewDescriptor } from "../src/ir/index.js";
import type { BoundView, UntypedArgs, UntypedRow, UntypedViewApi } from "../src/runtime/index.js";
import { limitOf } from "./limit.js";
import { isMany, ownOf } from "./select.js";

/** Objects that a chain gives unless it is told how many (O3). */
const usual = 5;

/** What a chain asks of the nodes, or the edges, that it has come to. */
interface Asked {
  readonly where: UntypedArgs;
  readonly sort: readonly UntypedArgs[];
  /** Whether the first of the order is all that is wanted. */
  readonly one: boolean;
}

/** A stretch of a chain: a relation, and what it leads to. */
interface Step {
  /** The relation of the step before that leads here; of the first step none. */
  readonly relation: string;
  readonly view: ViewDescriptor;
  readonly nodes: Asked;
  /** The edges on the way, where they have properties. */
  readonly edge?: { readonly view: ViewDescriptor; readonly edges: Asked };
}

/** A chain: its steps, and whether it stands at edges. */
interface Chain {
  readonly bound: BoundView;
  readonly handle: UntypedViewApi;
  readonly steps: readonly [Step, ...Step[]];
  readonly atEdge: boolean;
}

const nothing: Asked = { where: {}, sort: [], one: false };

/** A chain that begins with a view. Types are laid over it by `legacyClient`. */
export function selectQuery(handle: UntypedViewApi, bound: BoundView): object {
  return members({ handle, bound, steps: [{ relation: "", view: bound.view, nodes: nothing }], atEdge: false });
}

/** What a chain can be asked: as types have it, made when it is asked for. */
function members(chain: Chain): object {
  const { view } = chain.atEdge ? (lastOf(chain).edge ?? lastOf(chain)) : lastOf(chain);
  const getters = new Map<string, () => unknown>();
  for (const [name, property] of Object.entries(view.properties)) {
    if (property.type === "direct")
      getters.set(`${name}Filter`, () => relationFilter(chain, name, property.list === true));
    const target = "source" in property && !chain.atEdge ? chain.bound.scope.registry.node(property.source) : undefined;
    if (target !== undefined) getters.set(name, () => members(further(chain, name, property, target)));
    else if (isFiltered(property))
      getters.set(ends.has(name) ? `${name}_` : name, () => filterOf(chain, name, property));
  }
  if (chain.atEdge) getters.set("endNode", () => members({ ...chain, atEdge: false }));
  else {
    getters.set("listFull", () => (limit?: number) => rootsOf(chain, limit));
    const { externalId } = lastOf(chain).view;
    const last = `list${externalId.charAt(0).toUpperCase()}${externalId.slice(1)}`;
    getters.set(last, () => (limit?: number) => lastRows(chain, limit));
  }
  return Object.defineProperties(
    Object.create(null),
    Object.fromEntries([...getters].map(([name, get]) => [name, { enumerable: true, get }])),
  );
}

const ends: ReadonlySet<string> = new Set(["listFull", "endNode"]);
const plain: ReadonlySet<string> = new Set(["text", "enum", "boolean"]);
const times: ReadonlySet<string> = new Set(["timestamp", "date"]);
const numbers: ReadonlySet<string> = new Set(["int32", "int64", "float32", "float64"]);

function isFiltered(property: PropertyDescriptor): boolean {
  const { type } = property;
  return !("list" in property && property.list) && (plain.has(type) || times.has(type) || numbers.has(type));
}

function lastOf({ steps }: Chain): Step {
  return steps.at(-1) ?? steps[0];
}

function further(chain: Chain, relation: string, property: PropertyDescriptor, view: ViewDescriptor): Chain {
  const edge = property.type === "edge" ? chain.bound.scope.registry.edge(property.edgeSource) : undefined;
  const step: Step = { relation, view, nodes: nothing, ...(edge && { edge: { view: edge, edges: nothing } }) };
  return { ...chain, steps: [...chain.steps, step], atEdge: edge !== undefined };
}

/** The chain with more asked where it stands. */
function asking(chain: Chain, change: (asked: Asked) => Asked): object {
  const last = lastOf(chain);
  const { edge } = last;
  const step: Step =
    chain.atEdge && edge !== undefined
      ? { ...last, edge: { ...edge, edges: change(edge.edges) } }
      : { ...last, nodes: change(last.nodes) };
  const [first, ...rest] = [...chain.steps.slice(0, -1), step];
  return members({ ...chain, steps: [first ?? step, ...rest] });
}

/**
 * The chain with a condition on a property.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` where it has one already
 */
function where(chain: Chain, name: string, condition: UntypedArgs): object {
  return asking(chain, (asked) => {
    if (!Object.hasOwn(asked.where, name)) {
      return { ...asked, where: { ...asked.where, ...Object.fromEntries([[name, condition]]) } };
    }
    throw new QueryError("QUERY.INVALID_VALUE", `The chain has a filter of '${name}' already.`, {
      hint: "Use list({ where }) of the generated SDK, whose conditions can be combined.",
    });
  });
}

function sorted(chain: Chain, name: string, order: "asc" | "desc", one = false): object {
  return asking(chain, (asked) => ({
    ...asked,
    sort: [...asked.sort, Object.fromEntries([[name, order]])],
    one: asked.one || one,
  }));
}

function filterOf(chain: Chain, name: string, { type }: PropertyDescriptor): object {
  const range = (gte?: unknown, lte?: unknown): object =>
    where(chain, name, { ...(gte === undefined ? {} : { gte }), ...(lte === undefined ? {} : { lte }) });
  return {
    ...(plain.has(type) ? { equals: (equals: unknown) => where(chain, name, { equals }) } : { range }),
    ...(type === "text" ? { prefix: (prefix: unknown) => where(chain, name, { prefix }) } : {}),
    ...(plain.has(type) && type !== "boolean" ? { in: (values: unknown) => where(chain, name, { in: values }) } : {}),
    ...(times.has(type)
      ? { earliest: () => sorted(chain, name, "asc", true), latest: () => sorted(chain, name, "desc", true) }
      : {}),
    sortAscending: () => sorted(chain, name, "asc"),
    sortDescending: () => sorted(chain, name, "desc"),
  };
}

function relationFilter(chain: Chain, name: string, isList: boolean): object {
  const among = (ids: unknown): object => where(chain, name, isList ? { containsAny: ids } : { in: ids });
  return { equals: (id: unknown) => among([id]), in: among };
}

/** What the nodes of a step must be like: as was asked, and with a way to the end of the chain. */
function conditionOf([step, ...rest]: readonly Step[]): UntypedArgs {
  const [next] = rest;
  if (step === undefined || next === undefined) return step?.nodes.where ?? {};
  const beyond = conditionOf(rest);
  const property = step.view.properties[next.relation];
  const condition =
    property?.type === "edge"
      ? { some: { ...(next.edge && { edge: next.edge.edges.where }), node: beyond } }
      : property?.type === "direct" && !property.list
        ? { is: beyond }
        : { some: beyond };
  return { $and: [step.nodes.where, Object.fromEntries([[next.relation, condition]])] };
}

/** What is read of the nodes of a step. */
function selectionOf([step, ...rest]: readonly Step[]): UntypedArgs {
  if (step === undefined) return {};
  const [next] = rest;
  const own = ownOf(step.view);
  if (next === undefined) return own;
  const property = step.view.properties[next.relation];
  const many = property !== undefined && isMany(property);
  const { sort, one } = next.nodes;
  const set = many ? { where: conditionOf(rest), ...(sort.length > 0 ? { sort } : {}) } : {};
  const limit = many && one ? { limit: 1 } : {};
  const select = selectionOf(rest);
  const related =
    next.edge === undefined
      ? { select, ...set, ...limit }
      : { edge: { select: ownOf(next.edge.view), where: next.edge.edges.where }, node: { select, ...set }, ...limit };
  return { ...own, ...Object.fromEntries([[next.relation, related]]) };
}

/** The query that a chain stands for. */
function queryOf({ handle, steps }: Chain, limit: number) {
  const { sort, one } = steps[0].nodes;
  return handle.list({
    where: conditionOf(steps),
    select: selectionOf(steps),
    ...(sort.length > 0 ? { sort } : {}),
    limit: one ? 1 : limit,
  });
}

async function rootsOf(chain: Chain, limit: number = usual): Promise<UntypedRow[]> {
  return queryOf(chain, limitOf(limit));
}

/** What is at the end of a chain, each once. */
async function lastRows(chain: Chain, limit: number = usual): Promise<UntypedRow[]> {
  const found = new Map<string, UntypedRow>();
  for await (const root of queryOf(chain, Number.POSITIVE_INFINITY)) {
    const rows = chain.steps
      .slice(1)
      .reduce<unknown[]>((held, step) => held.flatMap((row) => through(row, step)), [root]);
    for (const row of rows as UntypedRow[]) {
      if (found.size >= limitOf(limit)) return [...found.values()];
      found.set(JSON.stringify([row.space, row.externalId]), row);
    }
  }
  return [...found.values()];
}

function through(row: unknown, { relation, edge }: Step): unknown[] {
  const held = (row as UntypedArgs)[relation] ?? [];
  const many: unknown[] = Array.isArray(held) ? held : [held];
  const nodes = edge === undefined ? many : many.map((pair) => (pair as { readonly node: unknown }).node);
  return nodes.filter((node) => node !== null);
}
