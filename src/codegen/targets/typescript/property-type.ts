import type { NamedProperty, NamedView, ScalarKind } from "../../../ir/index.js";
import { formatVersionedId, type VersionedIdentity } from "../../../models/index.js";
import { literalUnion } from "../../text/index.js";
import { lineWidth, type TypescriptStyle } from "./style.js";

/** Interfaces by view id, one for the nodes and one for the edges of a view. */
export interface Interfaces {
  readonly nodes: ReadonlyMap<string, NamedView>;
  readonly edges: ReadonlyMap<string, NamedView>;
  /** The type of int64 values. */
  readonly int64: TypescriptStyle["int64"];
}

/** Collects what a file imports. */
export interface Imports {
  readonly runtime: Set<string>;
  readonly views: Set<NamedView>;
}

const scalars: Readonly<
  Record<Exclude<ScalarKind, "enum" | "int64">, readonly [type: string, ...imported: "imported"[]]>
> = {
  text: ["string"],
  boolean: ["boolean"],
  int32: ["number"],
  float32: ["number"],
  float64: ["number"],
  timestamp: ["Date"],
  date: ["DateString", "imported"],
  json: ["JsonObject", "imported"],
  timeseries: ["TimeSeriesReference", "imported"],
  file: ["FileReference", "imported"],
  sequence: ["SequenceReference", "imported"],
};

/** The type of a property in its interface, where it stands two columns in. */
export function propertyType({ name, property }: NamedProperty, interfaces: Interfaces, imports: Imports): string {
  const nameOf = (id: VersionedIdentity | undefined, of: ReadonlyMap<string, NamedView>): string | undefined => {
    const view = id && of.get(formatVersionedId(id));
    if (view) imports.views.add(view);
    return view?.interface;
  };
  switch (property.kind) {
    case "scalar": {
      return stored(
        property,
        property.type === "enum"
          ? enumType(property.values ?? [], imports, name.length + 16)
          : scalar(property.type, interfaces, imports),
      );
    }
    case "direct":
      return stored(property, relation("Direct", [nameOf(property.target, interfaces.nodes)], imports));
    case "reverse": {
      const type = relation("Reverse", [nameOf(property.target, interfaces.nodes)], imports);
      return property.single ? `${type} | null` : `${type}[]`;
    }
    case "edge": {
      const target = nameOf(property.target, interfaces.nodes);
      const edges = nameOf(property.edgeView, interfaces.edges);
      const type = relation("Edge", edges ? [target ?? "unknown", edges] : [target], imports);
      return property.single ? `${type} | null` : `${type}[]`;
    }
  }
}

function stored({ list, nullable }: { readonly list: boolean; readonly nullable: boolean }, element: string): string {
  return `${element}${list ? "[]" : ""}${nullable ? " | null" : ""}`;
}

function scalar(kind: Exclude<ScalarKind, "enum">, { int64 }: Interfaces, imports: Imports): string {
  if (kind === "int64") return int64;
  const [type, imported] = scalars[kind];
  if (imported) imports.runtime.add(type);
  return type;
}

/** `used`: the columns before and after the union, of the property's name and of what closes the type. */
function enumType(values: readonly { readonly value: string }[], imports: Imports, used: number): string {
  imports.runtime.add("Enum");
  const union = literalUnion(
    values.map(({ value }) => value),
    2,
    used,
    lineWidth,
  );
  return union.startsWith("\n") ? `Enum<${union}\n  >` : `Enum<${union}>`;
}

function relation(marker: string, args: readonly (string | undefined)[], imports: Imports): string {
  imports.runtime.add(marker);
  const given = args.filter((arg) => arg !== undefined);
  return given.length === 0 ? marker : `${marker}<${given.join(", ")}>`;
}
