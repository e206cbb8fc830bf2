import type { PropertyDescriptor, ViewDescriptor } from "../../../src/ir/index.js";
import { formatVersionedId } from "../../../src/models/index.js";
import { type Args, stable } from "./oracle.js";
import type { Values, Views } from "./world.js";

/** Rows with every list in one order, except those that have an order: by a sort, or of the list itself. */
export function canonical(views: Views, handle: string, args: Args, rows: readonly unknown[]): unknown[] {
  const view = views[handle];
  if (view === undefined) throw new Error(`no view ${handle}`);
  return rowsOf(views, view, args, rows as readonly Values[]);
}

function rowsOf(views: Views, view: ViewDescriptor, { select = {}, sort }: Args, rows: readonly Values[]): unknown[] {
  const shaped = rows.map((row) => rowOf(views, view, select, row));
  return sort && sort.length > 0 ? shaped : byText(shaped);
}

function rowOf(views: Views, view: ViewDescriptor, select: Values, row: Values): Values {
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => [
    name,
    canonicalValue(views, view.properties[name], select[name], value),
  ]);
  return Object.fromEntries(entries);
}

function canonicalValue(
  views: Views,
  property: PropertyDescriptor | undefined,
  wanted: unknown,
  value: unknown,
): unknown {
  if (property?.type !== "direct" && property?.type !== "reverse" && property?.type !== "edge") return value;
  if (value === null) return value;
  const args = (wanted === true || wanted === undefined ? {} : wanted) as Args & { readonly node?: Args | true };
  if (wanted === true || wanted === undefined) {
    return Array.isArray(value) && property.type !== "direct" ? byText(value) : value;
  }
  const view = Object.values(views).find(
    (one) => one.instanceType === "node" && formatVersionedId(one) === property.source,
  );
  if (view === undefined) return value;
  const row = (one: unknown): Values => rowOf(views, view, args.select ?? {}, one as Values);
  if ("edge" in args) return pairsOf(views, view, args.node, value);
  if (!Array.isArray(value)) return row(value);
  return property.type === "direct" ? value.map(row) : rowsOf(views, view, args, value as Values[]);
}

function pairsOf(views: Views, view: ViewDescriptor, node: Args | true | undefined, value: unknown): unknown {
  const asked = node === true ? undefined : node;
  const pairOf = (pair: unknown): unknown => {
    const { edge, node: far } = pair as { readonly edge: unknown; readonly node: Values };
    return { edge, node: asked ? rowOf(views, view, asked.select ?? {}, far) : far };
  };
  if (!Array.isArray(value)) return pairOf(value);
  return asked?.sort ? value.map(pairOf) : byText(value.map(pairOf));
}

function byText(values: readonly unknown[]): unknown[] {
  return [...values].sort((a, b) => (stable(a) < stable(b) ? -1 : 1));
}
