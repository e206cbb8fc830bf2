import {
  isListType,
  isRecord,
  type MappedProperty,
  type MappedPropertyCreate,
  type PropertyType,
} from "../../models/index.js";
import { canonical, compareText } from "../canonical-json.js";
import type { IrDirect, IrEnumValue, IrScalar, ScalarKind } from "../model.js";
import { mappedReadForm } from "../read-form.js";
import { type BuildContext, nodeTarget, type PropertyPlace } from "./context.js";
import { labelsOf } from "./labels.js";

const scalarKinds: ReadonlySet<string> = new Set<ScalarKind>([
  "text",
  "boolean",
  "int32",
  "int64",
  "float32",
  "float64",
  "timestamp",
  "date",
  "json",
  "timeseries",
  "file",
  "sequence",
  "enum",
]);

/** Properties of the core model that the service computes from `parent`; writes are refused (contract 11.5). */
const computed: ReadonlySet<string> = new Set([
  "assetHierarchy_root",
  "assetHierarchy_path",
  "assetHierarchy_path_last_updated_time",
]);

/** Builds a property that is stored in a container; `undefined` and a diagnostic where that cannot be. */
export function storedProperty(
  property: MappedPropertyCreate | MappedProperty,
  at: PropertyPlace,
  context: BuildContext,
): IrScalar | IrDirect | undefined {
  const read = "type" in property ? property : mappedReadForm(property, context.schema);
  if (!read) return missing(property, at, context);
  const stored = {
    id: at.id,
    ...labelsOf(property),
    declaredBy: at.declaredBy,
    list: isListType(read.type),
    nullable: read.nullable,
    immutable: read.immutable ?? false,
    hasDefault: (read.defaultValue ?? null) !== null || read.autoIncrement === true,
    ...((read.defaultValue ?? null) === null ? {} : { defaultValue: canonical(read.defaultValue) }),
    readOnly: isComputed(property),
  };
  if (read.type.type === "direct") {
    const target = read.type.source && nodeTarget(read.type.source, at, context);
    return { ...stored, kind: "direct", ...(target ? { target } : {}) };
  }
  const { type: kind } = read.type;
  if (!isScalar(read.type)) {
    const message = `the property's type ${JSON.stringify(kind)} is not known; it is left out`;
    context.diagnostics.add("IR.TYPE_UNKNOWN", at.place, message);
    return undefined;
  }
  return { ...stored, kind: "scalar", type: read.type.type, ...detailsOf(read.type) };
}

function missing(property: MappedPropertyCreate, at: PropertyPlace, { schema, diagnostics }: BuildContext): undefined {
  const container = `${property.container.space}/${property.container.externalId}`;
  if (schema.container(property.container)) {
    const message = `container ${container} has no property ${JSON.stringify(property.containerPropertyIdentifier)}`;
    diagnostics.add("IR.CONTAINER_PROPERTY_MISSING", at.place, `${message}; the property is left out`);
  } else {
    diagnostics.add("IR.CONTAINER_MISSING", at.place, `container ${container} is not there; the property is left out`);
  }
}

function isComputed({ container, containerPropertyIdentifier }: MappedPropertyCreate): boolean {
  return (
    container.space === "cdf_cdm" &&
    container.externalId === "CogniteAsset" &&
    computed.has(containerPropertyIdentifier)
  );
}

type ScalarType = Exclude<PropertyType, { readonly type: "direct" }>;

/** Types come from a file or a newer service: what the compiler knows of them need not hold. */
function isScalar(type: PropertyType): type is ScalarType {
  return scalarKinds.has(type.type) && (type.type !== "enum" || isRecord(type.values));
}

function detailsOf(type: ScalarType): { readonly unit?: string; readonly values?: readonly IrEnumValue[] } {
  if (type.type === "enum") return { values: enumValues(type.values) };
  const unit = type.type === "float32" || type.type === "float64" ? type.unit?.externalId : undefined;
  return unit === undefined ? {} : { unit };
}

function enumValues(values: Readonly<Record<string, unknown>>): readonly IrEnumValue[] {
  return Object.entries(values)
    .map(([value, about]) => ({ value, ...labelsOf(isRecord(about) ? about : {}) }))
    .sort((a, b) => compareText(a.value, b.value));
}
