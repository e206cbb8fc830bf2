import type { Diagnostic } from "../errors/index.js";
import { compareText } from "./canonical-json.js";

/** Codes of the diagnostics of models and of the naming. */
export type DiagnosticCode =
  | "IR.NO_VIEWS"
  | "IR.VIEW_MISSING"
  | "IR.PARENT_MISSING"
  | "IR.PARENT_CYCLE"
  | "IR.CONTAINER_MISSING"
  | "IR.CONTAINER_PROPERTY_MISSING"
  | "IR.TYPE_UNKNOWN"
  | "IR.PROPERTY_KIND_UNKNOWN"
  | "IR.RECORD_VIEW"
  | "IR.TARGET_MISSING"
  | "IR.TARGET_NOT_NODES"
  | "IR.EDGE_VIEW_MISSING"
  | "IR.EDGE_VIEW_NOT_EDGES"
  | "IR.THROUGH_MISSING"
  | "IR.THROUGH_NOT_RELATION"
  | "IR.CONNECTION_ON_EDGE"
  | "IR.FILTER_INVALID"
  | "IR.REFUSED"
  | "IR.TARGET_VERSION"
  | "IR.VERSIONS_MIXED"
  | "IR.THROUGH_SEVERAL"
  | "IR.USES_MIXED"
  | "IR.TEXT_UNREADABLE"
  | "IR.PATTERN_UNUSED"
  | "IR.SEVERAL_PARENTS"
  | "IR.NAME_ESCAPED"
  | "IR.NAME_CLASH";

/** What a problem of a model means, by code. Errors stop the command line; the rest is told and worked around. */
export const diagnosticRules: Readonly<Record<DiagnosticCode, readonly [Diagnostic["severity"], string]>> = {
  "IR.NO_VIEWS": ["error", "Add views to the data model, or choose another one."],
  "IR.VIEW_MISSING": [
    "warning",
    "Add the view to the file, give the file that holds it, or take it off the data model.",
  ],
  "IR.PARENT_MISSING": ["warning", "Give the file that holds the parent view too, or take it off `implements`."],
  "IR.PARENT_CYCLE": ["warning", "Take one of the views off `implements`."],
  "IR.CONTAINER_MISSING": ["warning", "Give the file that holds the container too."],
  "IR.CONTAINER_PROPERTY_MISSING": [
    "warning",
    "Correct `containerPropertyIdentifier`, or add the property to the container.",
  ],
  "IR.TYPE_UNKNOWN": ["warning", "Update pygen if the service gained this type."],
  "IR.PROPERTY_KIND_UNKNOWN": ["warning", "Update pygen if the service gained this kind of property."],
  "IR.RECORD_VIEW": [
    "warning",
    "Views over records cannot be read as nodes or edges: take the view off the data model.",
  ],
  "IR.TARGET_MISSING": ["info", "Add the target view to the data model to read more than ids through this property."],
  "IR.TARGET_NOT_NODES": ["warning", "Name a view that is used for nodes."],
  "IR.EDGE_VIEW_MISSING": ["warning", "Add the edge view to the data model to read the edges' own properties."],
  "IR.EDGE_VIEW_NOT_EDGES": ["warning", "Name a view that is used for edges."],
  "IR.THROUGH_MISSING": ["warning", "Correct `through`: it names a direct relation on a view or a container."],
  "IR.THROUGH_NOT_RELATION": ["warning", "Correct `through`: it names a direct relation."],
  "IR.CONNECTION_ON_EDGE": ["warning", "Only nodes have connections: take the property off this view."],
  "IR.FILTER_INVALID": ["warning", "Update the view: its filter names something that was deleted."],
  "IR.REFUSED": ["warning", "Correct the definition before it is deployed."],
  "IR.TARGET_VERSION": ["warning", "Name the version that the data model has, or add the other one to it."],
  "IR.VERSIONS_MIXED": ["info", "Take the older ones off the data model if they are not needed."],
  "IR.THROUGH_SEVERAL": ["info", "Go through the view instead: name one of its properties in `through`."],
  "IR.USES_MIXED": ["warning", "Map containers for one kind of instances only."],
  "IR.TEXT_UNREADABLE": ["info", "Write the text anew without control characters and marks of direction."],
  "IR.PATTERN_UNUSED": [
    "warning",
    "Correct the name: a view is written View, space/View or space/View@version, a property View.property or *.property.",
  ],
  "IR.SEVERAL_PARENTS": [
    "info",
    "The last of the parents in `implements` wins; declare the property on the view to choose.",
  ],
  "IR.NAME_ESCAPED": ["info", "Nothing to do: the service is still given the id of the model."],
  "IR.NAME_CLASH": ["warning", "Rename one of them in the model for nicer names."],
};

/** Is told of every problem that is met. */
export interface DiagnosticSink {
  add(code: DiagnosticCode, place: string, message: string): void;
}

/** For who does not want to know: what is at fault is left out or weakened all the same. */
export const untold: DiagnosticSink = { add: () => {} };

/** Collects diagnostics; the same one of the same place is kept once. */
export class Diagnostics implements DiagnosticSink {
  readonly #found = new Map<string, Diagnostic>();

  add(code: DiagnosticCode, place: string, message: string): void {
    const [severity, hint] = diagnosticRules[code];
    this.#found.set(`${code} ${place} ${message}`, { code, severity, place, message, hint });
  }

  /** In the order of place, then code: the same for any order of the input. */
  all(): readonly Diagnostic[] {
    return [...this.#found.entries()]
      .map(([key, diagnostic]) => ({ key: `${diagnostic.place} ${key}`, diagnostic }))
      .sort((a, b) => compareText(a.key, b.key))
      .map(({ diagnostic }) => diagnostic);
  }
}
