import type { IrDirect, IrProperty, IrScalar } from "../../ir/index.js";
import { formatVersionedId, sameJson, type VersionedIdentity } from "../../models/index.js";
import { change, type ModelChange, type NewIds } from "./change.js";

/** What changed in a property of the same id. */
export function compareProperties(
  before: IrProperty,
  after: IrProperty,
  place: string,
  newIds: NewIds,
): readonly ModelChange[] {
  const changes: ModelChange[] = [];
  const add = (breaking: boolean, code: string, message: string): void => {
    changes.push(change(breaking, `PROPERTY.${code}`, place, message));
  };
  const [was, is] = [typeName(before), typeName(after)];
  if (was !== is) {
    add(true, "TYPE", `it was ${was} and is ${is}`);
    return changes;
  }
  if ("nullable" in before && "nullable" in after) compareStored(before, after, add);
  if (before.kind === "scalar" && after.kind === "scalar") compareScalars(before, after, add);
  if ("target" in before || "target" in after) {
    compareTargets(targetOf(before), targetOf(after), newIds, "target view", "TARGET", add);
  }
  if (before.kind === "edge" && after.kind === "edge") {
    compareTargets(before.edgeView, after.edgeView, newIds, "edge view", "EDGE_VIEW", add);
    if (before.direction !== after.direction || !sameJson(before.edgeType, after.edgeType))
      add(true, "EDGE", "it follows edges of another type or direction");
  }
  if (before.kind === "reverse" && after.kind === "reverse") {
    if (before.through.list !== after.through.list || before.through.property !== after.through.property) {
      add(false, "THROUGH", "it goes through another relation");
    }
  }
  return changes;
}

type Add = (breaking: boolean, code: string, message: string) => void;
type Stored = IrScalar | IrDirect;

function compareStored(before: Stored, after: Stored, add: Add): void {
  if (before.nullable && !after.nullable) {
    add(!after.hasDefault, "REQUIRED", after.hasDefault ? "it is never null now" : "writes have to give it now");
  }
  if (!before.nullable && after.nullable) add(true, "NULLABLE", "it may be null now");
  const required = !before.nullable && !after.nullable;
  if (before.hasDefault && !after.hasDefault && required) add(true, "DEFAULT_REMOVED", "writes have to give it now");
  else if (!sameJson(before.defaultValue, after.defaultValue)) {
    add(false, "DEFAULT", "its default value changed");
  }
  if (!before.immutable && after.immutable) add(true, "IMMUTABLE", "it cannot be changed any more once it is set");
  if (before.immutable && !after.immutable) add(false, "MUTABLE", "it can be changed now");
  if (!before.readOnly && after.readOnly) add(true, "READ_ONLY", "it can no longer be written");
  if (before.readOnly && !after.readOnly) add(false, "WRITABLE", "it can be written now");
}

function compareScalars(before: IrScalar, after: IrScalar, add: Add): void {
  if (before.unit !== after.unit) {
    add(
      true,
      "UNIT",
      `its unit was ${before.unit ?? "none"} and is ${after.unit ?? "none"}: values mean something else`,
    );
  }
  const [old, next] = [before, after].map(({ values = [] }) => new Set(values.map(({ value }) => value)));
  const gone = [...(old ?? [])].filter((value) => !next?.has(value));
  const added = [...(next ?? [])].filter((value) => !old?.has(value));
  if (gone.length > 0) add(true, "ENUM_VALUE_REMOVED", `it can no longer be ${gone.join(", ")}`);
  if (added.length > 0) add(false, "ENUM_VALUE_ADDED", `it can be ${added.join(", ")} too`);
}

function compareTargets(
  before: VersionedIdentity | undefined,
  after: VersionedIdentity | undefined,
  newIds: NewIds,
  name: string,
  code: string,
  add: Add,
): void {
  const was = before && formatVersionedId(before);
  const is = after && formatVersionedId(after);
  if (was === is || (was !== undefined && newIds.get(was) === is)) return;
  add(was !== undefined, code, `its ${name} was ${was ?? "not known"} and is ${is ?? "not known"}`);
}

function targetOf(property: IrProperty): VersionedIdentity | undefined {
  return "target" in property ? property.target : undefined;
}

/** What decides about the TypeScript type: kind, type, and whether there are many. */
function typeName(property: IrProperty): string {
  switch (property.kind) {
    case "scalar":
      return `${property.type}${property.list ? "[]" : ""}`;
    case "direct":
      return `a direct relation${property.list ? " with many ends" : ""}`;
    case "reverse":
      return `a reverse relation${property.single ? " with one end" : ""}`;
    case "edge":
      return `a connection by edges${property.single ? " with one end" : ""}`;
  }
}
