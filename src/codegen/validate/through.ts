import { type DiagnosticSink, inheritedProperties, type Schema } from "../../ir/index.js";
import { formatVersionedId, isMapped, isReverse, type View, type ViewCreate } from "../../models/index.js";

/** Tells of reverse relations through a container's property that the view they read with maps more than once (E65). */
export function checkThrough(view: ViewCreate | View, schema: Schema, diagnostics: DiagnosticSink): void {
  for (const [id, property] of Object.entries(view.properties ?? {})) {
    if (!isReverse(property) || property.through.source.type !== "container") continue;
    const { source, identifier } = property.through;
    const nodes = schema.view(property.source);
    if (!nodes) continue;
    const candidates = [...inheritedProperties(nodes, schema)]
      .filter(
        ([, { property: each }]) =>
          isMapped(each) &&
          each.containerPropertyIdentifier === identifier &&
          each.container.space === source.space &&
          each.container.externalId === source.externalId,
      )
      .map(([candidate]) => candidate)
      .sort();
    if (candidates.length < 2) continue;
    const message = `${formatVersionedId(nodes)} maps ${identifier} of container ${source.space}/${source.externalId} as ${candidates.join(" and ")}; the first one is used`;
    diagnostics.add("IR.THROUGH_SEVERAL", `${formatVersionedId(view)}.${id}`, message);
  }
}
