import type { IrProperty, NamedProperty, NamedView } from "../../../ir/index.js";
import { compareText } from "../../../ir/index.js";
import { formatVersionedId } from "../../../models/index.js";
import type { TargetModel } from "../../target.js";
import {
  aboutProperty,
  aboutView,
  docComment,
  literalUnion,
  members,
  nameList,
  propertyKey,
  stringLiteral,
} from "../../text/index.js";
import { type Imports, propertyType } from "./property-type.js";
import { lineWidth, type TypescriptStyle } from "./style.js";

/** One file: the interface and, unless types alone are wanted, the metadata of a view, of a view for nodes and edges those of both. */
export function viewFile(halves: readonly NamedView[], model: TargetModel, style: TypescriptStyle): string {
  const imports: Imports = {
    from: style.runtimeImport,
    runtime: new Set(style.typesOnly ? [] : ["ViewOf"]),
    views: new Set(),
    own: new Map(),
  };
  const parts = halves.flatMap((half) => [
    interfaceOf(half, model, imports),
    ...(style.typesOnly ? [] : [constantOf(half)]),
  ]);
  return `${importsOf(imports, new Set(halves), style)}\n${parts.join("\n")}`;
}

function importsOf(
  imports: Imports,
  halves: ReadonlySet<NamedView>,
  { runtimeImport, importExtension }: TypescriptStyle,
): string {
  const lines = [nameList("import type", [...imports.runtime].sort(compareText), runtimeImport, lineWidth)];
  const own = new Map<string, string[]>();
  for (const { name, from, alias } of imports.own.values()) {
    own.set(from, [...(own.get(from) ?? []), alias === name ? name : `${name} as ${alias}`]);
  }
  for (const [from, names] of [...own].sort(([a], [b]) => compareText(a, b))) {
    lines.push(nameList("import type", names.sort(compareText), from, lineWidth));
  }
  const byFile = new Map<string, string[]>();
  for (const view of imports.views) {
    if (!halves.has(view)) byFile.set(view.file, [...(byFile.get(view.file) ?? []), view.type]);
  }
  for (const [file, names] of [...byFile].sort(([a], [b]) => compareText(a, b))) {
    lines.push(nameList("import type", names.sort(compareText), `./${file}${importExtension}`, lineWidth));
  }
  return lines.join("");
}

function interfaceOf(half: NamedView, model: TargetModel, imports: Imports): string {
  const base = half.instanceType === "node" ? "NodeView" : "EdgeView";
  imports.runtime.add(base);
  const id = stringLiteral(formatVersionedId(half.view.id));
  const facts = factsOf(half);
  const parent = `extends ${base}<${[id, ...facts.map((fact) => fact.line)].join(", ")}> {`;
  const brokenParent = `extends ${base}<\n${[id, ...facts.map((fact) => fact.lines)].map((fact) => `    ${fact}`).join(",\n")}\n  > {`;
  const head = `export interface ${half.type}`;
  const line = `${head} ${parent}`;
  const broken = `${head}\n  ${parent.length + 2 <= lineWidth ? parent : brokenParent}`;
  const lines = half.properties.map((named) => {
    const key = propertyKey(named.name, "type");
    return `${docComment(aboutProperty(named, half), 2, lineWidth)}  ${key}: ${propertyType(named, model, imports)};\n`;
  });
  const doc = docComment(aboutView(half), 0, lineWidth);
  return `${doc}${line.length <= lineWidth ? line : broken}\n${lines.join("")}}\n`;
}

/** A fact about a view: its type on one line, and on lines of its own. */
interface Fact {
  readonly line: string;
  readonly lines: string;
}

/** The facts that an interface cannot say by its properties: together on one line, and on lines of their own. */
function factsOf({ view, properties, instanceType }: NamedView): readonly Fact[] {
  const named = (matches: (property: IrProperty) => boolean): readonly string[] =>
    properties.filter(({ property }) => matches(property)).map(({ name }) => name);
  const facts = [
    ...namesFact(
      "optional",
      named((property) => "nullable" in property && !property.nullable && property.hasDefault),
    ),
    ...namesFact(
      "readOnly",
      named((property) => "readOnly" in property && property.readOnly),
    ),
    ...(view.resource && instanceType === "node" ? namesFact("resource", [view.resource]) : []),
    ...unitsFact(properties),
  ];
  if (facts.length === 0) return [];
  const line = `{ ${facts.map((fact) => fact.line).join("; ")} }`;
  if (line.length + 4 <= lineWidth) return [{ line, lines: line }];
  return [{ line, lines: `{\n${facts.map(({ lines }) => lines).join("")}    }` }];
}

function namesFact(fact: string, names: readonly string[]): readonly Fact[] {
  if (names.length === 0) return [];
  const lines = `      ${fact}: ${literalUnion(names, 6, fact.length + 3, lineWidth)};\n`;
  return [
    {
      line: `${fact}: ${literalUnion(names, 0, 0, Number.POSITIVE_INFINITY)}`,
      lines: lines.replaceAll(": \n", ":\n"),
    },
  ];
}

/** The units of properties, by which one can ask for others. */
function unitsFact(properties: readonly NamedProperty[]): readonly Fact[] {
  const members = properties.flatMap(({ name, property }) =>
    "unit" in property && property.unit !== undefined
      ? [`${propertyKey(name, "type")}: ${stringLiteral(property.unit)}`]
      : [],
  );
  if (members.length === 0) return [];
  const line = `units: { ${members.join("; ")} }`;
  const lines =
    line.length + 7 <= lineWidth
      ? `      ${line};\n`
      : `      units: {\n${members.map((member) => `        ${member};\n`).join("")}      };\n`;
  return [{ line, lines }];
}

function constantOf({ view, type: name, descriptor }: NamedView): string {
  const { properties, ...facts } = descriptor;
  const inner =
    Object.keys(properties).length === 0
      ? "  properties: {},\n"
      : `  properties: {\n${members(properties, 4, lineWidth)}  },\n`;
  const doc = docComment([`Metadata of view ${formatVersionedId(view.id)}.`], 0, lineWidth);
  return `${doc}export const ${name}: ViewOf<${name}> = {\n${members(facts, 2, lineWidth)}${inner}};\n`;
}
