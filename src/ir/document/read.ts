import { type Diagnostic, ModelError } from "../../errors/index.js";
import {
  formatVersionedId,
  sameJson,
  type View,
  type ViewCreate,
  type ViewReference,
  viewReference,
} from "../../models/index.js";
import type { DocumentDataModel, ModelDocument } from "./model-document.js";
import { readParts } from "./parts.js";
import type { Parts, PartsDataModel, PartsView } from "./schemas.js";

/**
 * Reads what a model file holds, whichever form it has: create form (`{spaces, containers, views, dataModels}`), an
 * answer of the service (`{items: [...]}` with data models, views or containers), or one data model alone. Answers of
 * older services are accepted. Only the structure is checked; `buildIr` tells what a data model lacks.
 *
 * @param json - what `JSON.parse` gave, or `parseJson`, which rounds no integers
 * @throws ModelError `MODEL.INVALID` with every problem and its place; nothing of the input is used then
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { readModelDocument } from "pygen/codegen";
 * const document = readModelDocument(JSON.parse(readFileSync("model.json", "utf8")));
 * ```
 */
export function readModelDocument(json: unknown): ModelDocument {
  const parts = readParts(json);
  if (isProblems(parts)) throw invalid(parts);
  const problems: Diagnostic[] = [];
  const views = new Once<ViewCreate | View>("view", formatVersionedId, problems);
  const dataModels = new Once<DocumentDataModel>("data model", formatVersionedId, problems);
  const containers = new Once<Parts["containers"][number]>(
    "container",
    ({ space, externalId }) => `${space}/${externalId}`,
    problems,
  );
  for (const container of parts.containers) containers.add(container);
  for (const view of parts.views) views.add(asView(view));
  for (const model of parts.dataModels) {
    for (const view of model.views ?? []) if (!isReference(view)) views.addIfNew(asView(view));
    dataModels.add(asDataModel(model));
  }
  if (problems.length > 0) throw invalid(problems);
  return {
    spaces: parts.spaces,
    containers: containers.all(),
    views: views.all(),
    dataModels: dataModels.all(),
    ...(parts.instances ? { instances: { nodes: parts.instances.nodes, edges: parts.instances.edges } } : {}),
  };
}

function isProblems(parts: Parts | readonly Diagnostic[]): parts is readonly Diagnostic[] {
  return Array.isArray(parts);
}

function isReference(view: PartsView | ViewReference): view is ViewReference {
  return "type" in view && view.type === "view";
}

/** Kinds of properties that are not known stay in the view: they are told about when it is resolved. */
function asView(view: PartsView): ViewCreate | View {
  return view as ViewCreate | View;
}

function asDataModel(model: PartsDataModel): DocumentDataModel {
  const { space, externalId, version, name, description } = model;
  return {
    ...{ space, externalId, version },
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    views: (model.views ?? []).map((view) => (isReference(view) ? viewReference(view) : asView(view))),
  };
}

/** Collects things by id; the same thing twice is one, two different things of one id are a problem. */
class Once<T> {
  readonly #byId = new Map<string, T>();

  constructor(
    readonly kind: string,
    readonly idOf: (item: T) => string,
    readonly problems: Diagnostic[],
  ) {}

  add(item: T): void {
    const id = this.idOf(item);
    const known = this.#byId.get(id);
    if (known === undefined) {
      this.#byId.set(id, item);
    } else if (!sameJson(known, item)) {
      this.problems.push({
        code: "MODEL.DUPLICATE",
        severity: "error",
        place: id,
        message: `${this.kind} ${id} is in the file twice, and the two differ`,
        hint: "Keep one of them.",
      });
    }
  }

  addIfNew(item: T): void {
    const id = this.idOf(item);
    if (!this.#byId.has(id)) this.#byId.set(id, item);
  }

  all(): readonly T[] {
    return [...this.#byId.values()];
  }
}

function invalid(diagnostics: readonly Diagnostic[]): ModelError {
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  return new ModelError("MODEL.INVALID", `not a usable data model: ${first?.message ?? ""}${more}`, diagnostics, {
    hint: first?.hint,
  });
}
