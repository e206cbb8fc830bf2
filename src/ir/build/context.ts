import { formatVersionedId, type VersionedIdentity } from "../../models/index.js";
import type { DiagnosticSink } from "../diagnostics.js";
import type { InheritedProperty } from "../inherit.js";
import type { IrView } from "../model.js";
import type { Resolver } from "./resolve.js";
import type { Schema } from "./schema.js";

/** What building one model works with. */
export interface BuildContext {
  readonly schema: Schema;
  readonly resolver: Resolver;
  /** The views of the model that can be used, by id. */
  readonly uses: ReadonlyMap<string, IrView["usedFor"]>;
  readonly diagnostics: DiagnosticSink;
}

/** One property while it is built. */
export interface PropertyPlace extends InheritedProperty {
  readonly id: string;
  /** `space/View@version.property`. */
  readonly place: string;
}

/** The target view of a relation when it is in the model and for nodes; the lack of it is told (E60 to E62). */
export function nodeTarget(
  target: VersionedIdentity,
  { place }: PropertyPlace,
  context: BuildContext,
): VersionedIdentity | undefined {
  const id = formatVersionedId(target);
  const use = context.uses.get(id);
  if (use === undefined) {
    context.diagnostics.add(
      "IR.TARGET_MISSING",
      place,
      `the target view ${id} is not in the data model; only ids of its nodes can be read`,
    );
    return undefined;
  }
  if (use === "edge") {
    context.diagnostics.add("IR.TARGET_NOT_NODES", place, `the target view ${id} is for edges; only ids can be read`);
    return undefined;
  }
  return { space: target.space, externalId: target.externalId, version: target.version };
}
