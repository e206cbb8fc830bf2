import type { NamedView } from "../../../ir/index.js";
import { formatVersionedId } from "../../../models/index.js";
import type { TargetModel } from "../../target.js";
import { lineWidth } from "./code.js";
import { docstring } from "./docstring.js";
import type { Imports, Neighbours } from "./imports.js";

/** A module while it is written: the model, what it imports, and the names it has defined. */
export interface Module {
  readonly model: TargetModel;
  readonly imports: Imports;
  readonly neighbours: Neighbours;
  /** Names that nothing else in the module may have. */
  readonly taken: Set<string>;
  /** The names in the module of types of the user's own. */
  readonly own: Map<string, string>;
}

/** A class: its name and what it builds on, what it says of itself, and its members, each of lines of its own. */
export interface PythonClass {
  readonly name: string;
  readonly bases: readonly string[];
  readonly doc: readonly string[];
  readonly members: readonly string[];
}

/** The text of a class; members are kept apart by blank lines where that is usual. */
export function printClass({ name, bases, doc, members }: PythonClass): string {
  const body = [docstring(doc, 4), ...members].filter((text) => text !== "");
  const line = `class ${name}(${bases.join(", ")}):`;
  const head = line.length <= lineWidth ? line : `class ${name}(\n    ${bases.join(", ")}\n):`;
  return `${head}\n${body.join("\n").replace(/\n\n\n+/g, "\n\n")}`;
}

/** What a class is about, where the model does not say. */
export function idOf(view: NamedView): string {
  return formatVersionedId(view.view.id);
}
