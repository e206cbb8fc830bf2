import { compareText, type NamedView } from "../../../ir/index.js";
import { formatVersionedId } from "../../../models/index.js";
import type { TargetModel } from "../../target.js";
import { aboutView } from "../../text/index.js";
import { always, dict, group, type Python, print, typed } from "./code.js";
import { comment, docstring } from "./docstring.js";
import { Imports } from "./imports.js";
import { pythonText } from "./literal.js";
import { idOf, printClass } from "./module.js";
import type { PythonRole } from "./naming.js";

/** The clients: for each data model one for synchronous and one for asynchronous code, with the same handles. */
export function clientModule(
  models: readonly TargetModel<PythonRole>[],
  views: readonly NamedView[],
  origin: string,
): string {
  const imports = new Imports();
  for (const { file, type, view } of views) {
    imports.use(`.${file}`, type);
    for (const derived of [...(view.writable ? ["Write"] : []), "Where", "Select", "Field"]) {
      imports.use(`.${file}`, type + derived);
    }
  }
  const parts = models.flatMap((model, index) => {
    const sorted = [...model.views].sort((a, b) => compareText(a.handle, b.handle));
    const constant = index === 0 ? "_VIEWS" : `_VIEWS_${index + 1}`;
    return [
      viewsConstant(constant, sorted, imports),
      clientClass(model, sorted, constant, "", imports),
      clientClass(model, sorted, constant, "Async", imports),
    ];
  });
  const doc = docstring([`The clients of ${modelsText(models)}.`], 0);
  const future = "from __future__ import annotations\n";
  return `${comment(origin)}${doc}\n${future}\n${imports.print()}\n${parts.join("\n\n")}`;
}

/** Which data models a package is of. */
export function modelsText(models: readonly TargetModel[]): string {
  const ids = models.map(({ model }) => formatVersionedId(model.id));
  return `data model${ids.length > 1 ? "s" : ""} ${ids.join(", ")}`;
}

/** What clients make their handles of. */
function viewsConstant(name: string, views: readonly NamedView[], imports: Imports): string {
  const entries = views.map(({ handle, type, view }): [string, Python] => [
    handle,
    group("(", [type, pythonText(view.writable ? "write" : "read")]),
  ]);
  const literal = imports.use("typing", "Literal");
  const type = `dict[str, tuple[type[${imports.runtime("Instance")}], ${literal}["read", "write"]]]`;
  return `${name}: ${type} = ${entries.length === 0 ? "{}" : always(dict(entries), 0, 0)}\n`;
}

function clientClass(
  model: TargetModel<PythonRole>,
  views: readonly NamedView[],
  constant: string,
  kind: "" | "Async",
  imports: Imports,
): string {
  const name = model.names.model[kind === "" ? "client" : "asyncClient"];
  const from = kind === "" ? "._runtime.sync" : "._runtime.aio";
  const base = imports.use(from, `${kind}Client`);
  const handles = views.map((view) => {
    const { handle, type } = view;
    const api = view.view.writable
      ? typed(
          imports.use(from, `${kind}ViewAPI`),
          type,
          `${type}Write`,
          `${type}Where`,
          `${type}Select`,
          `${type}Field`,
        )
      : typed(imports.use(from, `${kind}ReadOnlyViewAPI`), type, `${type}Where`, `${type}Select`, `${type}Field`);
    const about = aboutView(view).some((text) => text !== "") ? aboutView(view) : [`View ${idOf(view)}.`];
    return `    ${handle}: ${print(api, 4, handle.length + 2)}\n${docstring(about, 4)}`;
  });
  const waiting = kind === "" ? "synchronous" : "asynchronous";
  return printClass({
    name,
    bases: [`${base}[${pythonText(name)}]`],
    doc: [
      `The ${waiting} client of data model ${formatVersionedId(model.model.id)}.`,
      "Close it, or use it as a context manager, to close its connections.",
    ],
    members: [`    _views = ${constant}\n`, handles.join("")],
  });
}
