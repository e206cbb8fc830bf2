import type { IrModel, IrProperty } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";
import { relationsOf } from "./relations.js";
import { typeText } from "./type-text.js";

/** A class diagram of a model's views, their own properties and the relations between them, as Mermaid text. */
export function mermaidText(model: IrModel): string {
  const names = new Map(model.views.map(({ id }, index) => [formatVersionedId(id), `v${index}`]));
  const nameOf = (id: string): string => names.get(id) ?? "";
  const lines = model.views.flatMap((view) => {
    const id = formatVersionedId(view.id);
    const own = view.properties.filter(({ declaredBy }) => formatVersionedId(declaredBy) === id);
    return [
      `  class ${nameOf(id)}["${quoted(view.id.externalId)}"] {`,
      ...(view.usedFor === "node" ? [] : [`    <<${view.usedFor === "edge" ? "edges" : "nodes and edges"}>>`]),
      ...own.filter(isStored).map((property) => `    ${plain(typeText(property))} ${plain(property.id)}`),
      "  }",
    ];
  });
  const arrows = relationsOf(model).map(({ kind, from, to, label, many }) => {
    if (kind === "implements") return `  ${nameOf(to)} <|-- ${nameOf(from)}`;
    const line = kind === "edge" ? "..>" : "-->";
    return `  ${nameOf(from)} ${line}${many ? ' "*"' : ""} ${nameOf(to)} : ${plain(label)}`;
  });
  return `classDiagram\n${[...lines, ...arrows].join("\n")}\n`;
}

function isStored({ kind }: IrProperty): boolean {
  return kind === "scalar" || kind === "direct";
}

/** Text within quotes. */
function quoted(text: string): string {
  return text.replace(/["\n\r]/g, " ");
}

/** Words of the language's own signs: of members and labels. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}_[\].-]+/gu, "_");
}
