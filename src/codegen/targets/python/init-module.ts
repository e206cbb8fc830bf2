import type { NamedView } from "../../../ir/index.js";
import type { TargetModel } from "../../target.js";
import { modelsText } from "./client-module.js";
import { comment, docstring } from "./docstring.js";
import { Imports } from "./imports.js";
import type { PythonRole } from "./naming.js";
import { byKindAndCase } from "./order.js";
import { exportsOf } from "./view-module.js";

/** What of the runtime the package gives to its users. */
const runtime = [
  "Aggregates",
  "AggregatesList",
  "ApiError",
  "ClientCredentials",
  "ConnectionFailedError",
  "Credentials",
  "DataRecord",
  "EdgePair",
  "InstanceList",
  "NodeId",
  "NotReadError",
  "PartialWriteError",
  "PygenError",
  "QueryError",
  "ResponseError",
  "SignInError",
  "Token",
  "WrittenInstance",
  "from_environment",
];

/** The door of the package. */
export function initModule(
  models: readonly TargetModel<PythonRole>[],
  views: readonly NamedView[],
  origin: string,
): string {
  const imports = new Imports();
  const clients = models.flatMap(({ names }) => Object.values(names.model));
  const names = [...runtime, ...clients];
  for (const name of runtime) imports.runtime(name);
  for (const name of clients) imports.use(".client", name);
  for (const view of views) {
    for (const name of exportsOf(view)) {
      imports.use(`.${view.file}`, name);
      names.push(name);
    }
  }
  const all = [...names].sort(byKindAndCase).map((name) => `    "${name}",\n`);
  const doc = docstring([`The SDK of ${modelsText(models)}.`], 0);
  return `${comment(origin)}${doc}\n${imports.print()}\n__all__ = [\n${all.join("")}]\n`;
}
