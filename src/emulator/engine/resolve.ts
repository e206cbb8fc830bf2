import { type SchemaLookup, type ViewReadForm, viewReadForm } from "../../ir/index.js";
import type { VersionedIdentity } from "../../models/index.js";
import { containerKey, type ProjectState, type StoredView, versionedKey } from "./state.js";

/** Read forms already derived, and the schema version they were derived from. */
interface ReadForms {
  readonly schemaVersion: number;
  readonly forms: Map<string, ViewReadForm>;
}

const known = new WeakMap<ProjectState, ReadForms>();

/** Finds views and containers in what a project stores. */
export function schemaLookup(state: ProjectState): SchemaLookup {
  return {
    view: (id) => state.views.get(versionedKey(id)),
    container: (id) => state.containers.get(containerKey(id)),
  };
}

/**
 * The read form of a stored view, inherited properties included; `undefined` when there is no such view.
 * Derived once per version of the project's schema, so it may be asked for each written item.
 */
export function resolveView(state: ProjectState, id: VersionedIdentity): ViewReadForm | undefined {
  const view = state.views.get(versionedKey(id));
  return view && readFormOf(state, view);
}

/** The read form of a view that a project stores. */
export function readFormOf(state: ProjectState, view: StoredView): ViewReadForm {
  const key = versionedKey(view);
  const forms = formsOf(state);
  const done = forms.get(key);
  if (done) return done;
  const form = viewReadForm(view, schemaLookup(state));
  forms.set(key, form);
  return form;
}

function formsOf(state: ProjectState): Map<string, ViewReadForm> {
  const current = known.get(state);
  if (current?.schemaVersion === state.schemaVersion) return current.forms;
  const forms = new Map<string, ViewReadForm>();
  known.set(state, { schemaVersion: state.schemaVersion, forms });
  return forms;
}
