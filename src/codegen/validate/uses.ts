import { type DiagnosticSink, inheritedProperties, type Schema } from "../../ir/index.js";
import { formatVersionedId, isMapped, type View, type ViewCreate } from "../../models/index.js";

/** Tells of views that map containers for nodes and containers for edges: no instance has data in both. */
export function checkUses(view: ViewCreate | View, schema: Schema, diagnostics: DiagnosticSink): void {
  const byUse = new Map<string, Set<string>>();
  for (const { property } of inheritedProperties(view, schema).values()) {
    const container = isMapped(property) ? schema.container(property.container) : undefined;
    const use = container?.usedFor ?? "node";
    if (!container || use === "all") continue;
    byUse.set(use, (byUse.get(use) ?? new Set()).add(`${container.space}/${container.externalId}`));
  }
  if (byUse.size < 2) return;
  const parts = [...byUse].sort().map(([use, containers]) => `${[...containers].sort().join(", ")} for ${use}s`);
  const message = `it maps containers ${parts.join(" and ")}: no instance has data in all of them`;
  diagnostics.add("IR.USES_MIXED", formatVersionedId(view), message);
}
