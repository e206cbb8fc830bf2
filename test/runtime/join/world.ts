import { createEmulator, type LoadModel } from "../../../src/emulator/index.js";
import { PygenClient, token } from "../../../src/index.js";
import {
  describeMembers,
  memberNames,
  type ReverseDescriptor,
  typescriptMembers,
  untold,
  type ViewDescriptor,
} from "../../../src/ir/index.js";
import {
  formatVersionedId,
  type Instance,
  type InstanceWrite,
  type NodeReference,
  parseVersionedId,
  type VersionedIdentity,
  viewReference,
} from "../../../src/models/index.js";
import { bindViews } from "../../../src/runtime/bind.js";
import { defaultLimits, type PlanLimits } from "../../../src/runtime/plan/scope.js";
import type { UntypedViewApi } from "../../../src/runtime/types/untyped.js";
import { built } from "../../ir/models.js";

export type Values = Readonly<Record<string, unknown>>;
/** Views by the names of their handles. */
export type Views = Readonly<Record<string, ViewDescriptor>>;

export const SPACE = "data";

export const keyOf = ({ space, externalId }: NodeReference): string => `${space}/${externalId}`;

/** The views of the first data model of a file. */
export function viewsOf(json: object): Views {
  const { model } = built(json);
  const members = describeMembers(model, memberNames(model, typescriptMembers, untold), {});
  return Object.fromEntries(members.map(({ name, descriptor }) => [name.handle, descriptor]));
}

/** All that lies in a service, each thing by itself: what lists without any condition and any relation give. */
export interface Raw {
  /** For each view (`node:` or `edge:` and its id) the instances that are in it, with their values by CDF id. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Values>>;
  readonly nodes: ReadonlyMap<string, Instance>;
  readonly edges: readonly (Instance & { readonly instanceType: "edge" })[];
  /** For each direct relation that a reverse one goes through, what nodes hold in it. */
  readonly through: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

export const throughKey = ({ through }: ReverseDescriptor): string => `${through.source} ${through.property}`;

/** A service with a model and data, and handles for its views. */
export interface World {
  readonly views: Views;
  readonly raw: Raw;
  on(handle: string, limits?: Partial<PlanLimits>): UntypedViewApi;
}

/** @param models - what the data model builds on, and the model itself */
export async function openWorld(
  models: readonly object[],
  views: Views,
  items: readonly InstanceWrite[],
): Promise<World> {
  const emulator = createEmulator();
  for (const model of models) emulator.load(model as LoadModel, { global: false });
  emulator.load({ spaces: [{ space: SPACE }] }, { global: false });
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "test",
    application: "tests",
    credentials: token("any"),
    fetch: emulator.fetch,
  });
  if (items.length > 0) await client.instances.upsert(items, { autoCreateStartNodes: true, autoCreateEndNodes: true });
  const raw = await readRaw(emulator.fetch, Object.values(views));
  const on = (handle: string, limits: Partial<PlanLimits> = {}): UntypedViewApi => {
    const found = bindViews(client, views, { space: SPACE }, { ...defaultLimits, ...limits })[handle];
    if (!found) throw new Error(`no view ${handle}`);
    return found;
  };
  return { views, raw, on };
}

/** What answers hold that is looked at here. */
interface Answer {
  readonly items: readonly Instance[];
  readonly nextCursor?: string | null;
}
interface QueryAnswer {
  readonly items: { readonly root: readonly Instance[] };
}
interface ViewsAnswer {
  readonly items: readonly (VersionedIdentity & { readonly properties: Readonly<Record<string, Mapped>> })[];
}
interface Mapped {
  readonly container?: { readonly space: string; readonly externalId: string };
  readonly containerPropertyIdentifier?: string;
}

/** Reads everything by bare requests, without the client. */
async function readRaw(fetch: (request: Request) => Promise<Response>, views: readonly ViewDescriptor[]): Promise<Raw> {
  const post = async <T>(path: string, body: object): Promise<T> => {
    const headers = { "content-type": "application/json", authorization: "Bearer any" };
    const url = `http://emulator/api/v1/projects/test/models/${path}`;
    const answer = await fetch(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json() as Promise<T>;
  };
  const all = async (request: object): Promise<Instance[]> => {
    const items: Instance[] = [];
    for (let cursor: string | undefined; ; ) {
      const at = cursor === undefined ? {} : { cursor };
      const page = await post<Answer>("instances/list", { ...request, limit: 1_000, ...at });
      items.push(...page.items);
      if (page.items.length === 0 || !page.nextCursor) return items;
      cursor = page.nextCursor;
    }
  };
  const rows = new Map<string, ReadonlyMap<string, Values>>();
  for (const view of views) {
    const { instanceType } = view;
    const found = await all({ instanceType, sources: [{ source: viewReference(view) }] });
    rows.set(
      `${instanceType}:${formatVersionedId(view)}`,
      new Map(found.map((one) => [keyOf(one), valuesIn(one, view)])),
    );
  }
  const { items: definitions } = await post<ViewsAnswer>("views/byids", { items: unique(views) });
  const through = new Map<string, ReadonlyMap<string, unknown>>();
  for (const one of views.flatMap(({ properties }) => Object.values(properties))) {
    if (one.type !== "reverse" || through.has(throughKey(one))) continue;
    const { view, id } = throughView(one, definitions);
    const property = [view.space, `${view.externalId}/${view.version}`, id];
    const select = { root: { sources: [{ source: viewReference(view), properties: [id] }] } };
    const root = { nodes: { filter: { exists: { property } } }, limit: 10_000 };
    const { items } = await post<QueryAnswer>("instances/query", { with: { root }, select });
    through.set(throughKey(one), new Map(items.root.map((node) => [keyOf(node), valuesIn(node, view)[id]])));
  }
  const nodes = await all({ instanceType: "node" });
  const edges = await all({ instanceType: "edge" });
  return {
    rows,
    nodes: new Map(nodes.map((node) => [keyOf(node), node])),
    edges: edges.filter((edge) => edge.instanceType === "edge"),
    through,
  };
}

function unique(views: readonly ViewDescriptor[]): VersionedIdentity[] {
  const ids = views.map(({ space, externalId, version }) => ({ space, externalId, version }));
  return [...new Map(ids.map((id) => [formatVersionedId(id), id])).values()];
}

function valuesIn(instance: Instance, { space, externalId, version }: VersionedIdentity): Values {
  return instance.properties?.[space]?.[`${externalId}/${version}`] ?? {};
}

/** A view and a property of it that show the direct relation which a reverse one goes through. */
function throughView(
  { through }: ReverseDescriptor,
  definitions: ViewsAnswer["items"],
): { readonly view: VersionedIdentity; readonly id: string } {
  const named = parseVersionedId(through.source);
  if (named) return { view: named, id: through.property };
  for (const view of definitions) {
    for (const [id, { container, containerPropertyIdentifier }] of Object.entries(view.properties)) {
      const isIt = `${container?.space}/${container?.externalId}` === through.source;
      if (isIt && containerPropertyIdentifier === through.property) return { view, id };
    }
  }
  throw new Error(`no view shows ${throughKey({ through } as ReverseDescriptor)}`);
}
