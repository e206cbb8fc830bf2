import type { IrProperty, IrView } from "../../ir/index.js";
import { formatVersionedId, sameJson } from "../../models/index.js";
import { change, type ModelChange, type NewIds } from "./change.js";
import { compareProperties } from "./compare-properties.js";

/** What changed in a view and its properties. */
export function compareViews(before: IrView, after: IrView, newIds: NewIds): readonly ModelChange[] {
  const place = formatVersionedId(after.id);
  const changes: ModelChange[] = [];
  const add = (breaking: boolean, code: string, message: string): void => {
    changes.push(change(breaking, code, place, message));
  };
  if (before.usedFor !== after.usedFor) {
    const wider = after.usedFor === "all" && before.usedFor === "node";
    add(!wider, "VIEW.USED_FOR", `it was for ${before.usedFor} and is for ${after.usedFor}`);
  }
  if (before.writable && !after.writable)
    add(true, "VIEW.NOT_WRITABLE", "instances can no longer be created through it");
  if (!before.writable && after.writable) add(false, "VIEW.WRITABLE", "instances can be created through it");
  if (!sameJson(before.filter, after.filter)) {
    add(false, "VIEW.FILTER", "its filter changed: it may show other instances");
  }
  if (!sameJson(before.nodeType, after.nodeType)) {
    add(false, "VIEW.NODE_TYPE", "the node type that new instances get changed");
  }
  const next = new Map(after.properties.map((property) => [property.id, property]));
  const old = new Set(before.properties.map(({ id }) => id));
  for (const property of before.properties) {
    const at = `${place}.${property.id}`;
    const same = next.get(property.id);
    if (same) changes.push(...compareProperties(property, same, at, newIds));
    else changes.push(change(true, "PROPERTY.REMOVED", at, "the property is gone"));
  }
  for (const property of after.properties) {
    if (!old.has(property.id)) changes.push(added(property, `${place}.${property.id}`, after.writable));
  }
  return changes;
}

function added(property: IrProperty, place: string, writable: boolean): ModelChange {
  const demanded =
    writable && "nullable" in property && !property.nullable && !property.hasDefault && !property.readOnly;
  return demanded
    ? change(true, "PROPERTY.ADDED_REQUIRED", place, "the property is new, and writes have to give it")
    : change(false, "PROPERTY.ADDED", place, "the property is new");
}
