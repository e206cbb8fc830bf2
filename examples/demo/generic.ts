import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ListQuery, PygenClient, ViewDescriptor } from "pygen";
import type { Cell } from "../windfarm/table.js";

/** A row of any view. */
export type AnyRow = { readonly space: string; readonly externalId: string } & Readonly<Record<string, unknown>>;

/** What the generic queries need of a handle. */
interface AnyHandle {
  readonly view: ViewDescriptor;
  list(args?: { readonly select?: Readonly<Record<string, unknown>>; readonly limit?: number }): ListQuery<AnyRow>;
}

/** What the demo found out about a view. */
export interface ViewReport {
  readonly handle: string;
  readonly view: string;
  readonly instanceType: "node" | "edge";
  readonly count: number;
  readonly relations: number;
  readonly example?: AnyRow;
}

/** The SDK's function, from its compiled index. */
export async function loadSdk(folder: string): Promise<(client: PygenClient) => Readonly<Record<string, unknown>>> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(folder, "index.js")).href);
  const create = Object.values(module).find((value) => typeof value === "function");
  if (!create) throw new Error(`${folder} exports no function.`);
  return create as (client: PygenClient) => Readonly<Record<string, unknown>>;
}

const isHandle = (value: unknown): value is AnyHandle => typeof value === "object" && value !== null && "view" in value;

/** Counts the instances of every view by streaming them, and reads one with all its relations. */
export async function queryEveryView(sdk: Readonly<Record<string, unknown>>): Promise<readonly ViewReport[]> {
  const reports: ViewReport[] = [];
  for (const [handle, api] of Object.entries(sdk)) {
    if (!isHandle(api)) continue;
    reports.push(await queryView(handle, api));
  }
  return reports;
}

async function queryView(handle: string, api: AnyHandle): Promise<ViewReport> {
  let count = 0;
  for await (const _row of api.list()) count += 1;
  const select = relationsOf(api.view);
  const [example] = await api.list({ select, limit: 1 });
  const { space, externalId, version, instanceType } = api.view;
  return {
    handle,
    view: `${space}/${externalId}@${version}`,
    instanceType,
    count,
    relations: Object.values(select).filter((value) => value !== true).length,
    ...(example ? { example } : {}),
  };
}

/** A selection of every property, into every relation that has a known target. */
function relationsOf(view: ViewDescriptor): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(view.properties).map(([name, property]) => {
      const many = property.type === "direct" ? property.list : "single" in property ? !property.single : true;
      const readable =
        (property.type === "direct" || property.type === "reverse" || property.type === "edge") && property.source;
      return [name, readable ? (many ? { limit: 3 } : {}) : true];
    }),
  );
}

/** The rows of the table of views. */
export function viewRows(reports: readonly ViewReport[]): readonly (readonly Cell[])[] {
  return reports.map(({ handle, view, count, relations, example }) => [
    handle,
    view,
    count,
    relations,
    example && `${example.externalId}: ${describe(example)}`,
  ]);
}

function describe(row: AnyRow): string {
  return Object.entries(row)
    .filter(([name, value]) => name !== "space" && name !== "externalId" && isShort(value))
    .slice(0, 3)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? `[${value.length}]` : String(value)}`)
    .join(", ");
}

const isShort = (value: unknown): boolean =>
  (Array.isArray(value) && value.length > 0) || ["string", "number", "bigint", "boolean"].includes(typeof value);
