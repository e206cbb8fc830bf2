import { exactInteger, type FilterValue, isRecord, type JsonValue } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { type Comparable, comparable, directComparable, isNumeric } from "./compare.js";
import { type Property, resolveProperty } from "./property.js";
import { instantOf } from "./timestamps.js";
import { type Canonical, canonicalise, describeValue, isMismatch, Mismatch } from "./values.js";
import type { Work } from "./work.js";

/** What a filter is compiled against. Only queries have parameters. */
export interface FilterContext {
  readonly state: ProjectState;
  readonly parameters?: ReadonlyMap<string, JsonValue>;
  /** What trying instances is counted in. */
  readonly work: Work;
}

/** One side of a comparison; `undefined` is a missing value. */
export type Operand = (instance: StoredInstance) => Comparable | undefined;

/** The values that a membership operator compares with. */
export type OperandList = (instance: StoredInstance) => readonly Comparable[];

/** The single value of a property. */
export function propertyOperand({ kind, read }: Property): Operand {
  return (instance) => {
    const value = read(instance);
    return value === undefined ? undefined : comparable(kind, value);
  };
}

/** All values of a property: those of a list, or its single one. `undefined` is a missing value. */
export function propertyValues({ kind, list, read }: Property): (instance: StoredInstance) => Comparable[] | undefined {
  return (instance) => {
    const value = read(instance);
    if (value === undefined) return undefined;
    return list && Array.isArray(value) ? value.map((entry) => comparable(kind, entry)) : [comparable(kind, value)];
  };
}

/**
 * The value that a property is compared with: raw, another property, or a parameter (contract 9.2).
 *
 * @throws {@link Fault} 400 when it does not fit the property's type.
 */
export function valueOperand(context: FilterContext, property: Property, value: FilterValue): Operand {
  const path = propertyPathIn(value);
  if (path) {
    const other = resolveProperty(context.state, path);
    if (other.list || other.kind !== property.kind) {
      throw badRequest(`Cannot compare property '${property.name}' with property '${other.name}': their types differ`);
    }
    return propertyOperand(other);
  }
  const constant = checkedConstant(property, withParameter(context, value));
  return () => constant;
}

/** The values that a property is compared with: a list of raw ones, a list property, or a parameter. */
export function valueOperands(
  context: FilterContext,
  property: Property,
  values: readonly FilterValue[] | FilterValue,
): OperandList {
  const path = propertyPathIn(values);
  if (path) {
    const other = resolveProperty(context.state, path);
    if (!other.list || other.kind !== property.kind) {
      throw badRequest(
        `Cannot compare property '${property.name}' with property '${other.name}': expected a list of its type`,
      );
    }
    const read = propertyValues(other);
    return (instance) => read(instance) ?? [];
  }
  const list = withParameter(context, values);
  if (!Array.isArray(list)) throw badRequest(`Invalid values for property '${property.name}': expected a list`);
  const given: readonly FilterValue[] = list;
  if (given.some((value) => propertyPathIn(value))) {
    const operands = given.map((value) => valueOperand(context, property, value));
    return (instance) => operands.map((operand) => operand(instance)).filter((value) => value !== undefined);
  }
  const constants = given.map((value) => checkedConstant(property, withParameter(context, value)));
  return () => constants;
}

/** A value that is the same for every instance; `undefined` for another property. It was checked before. */
export function constantIn(context: FilterContext, property: Property, value: FilterValue): Comparable | undefined {
  return propertyPathIn(value) ? undefined : checkedConstant(property, withParameter(context, value));
}

/** Values that are the same for every instance; `undefined` when other properties are among them. */
export function constantsIn(
  context: FilterContext,
  property: Property,
  values: readonly FilterValue[] | FilterValue,
): readonly Comparable[] | undefined {
  const list = propertyPathIn(values) ? undefined : withParameter(context, values);
  if (!Array.isArray(list)) return undefined;
  const constants = list.map((value: FilterValue) => constantIn(context, property, value));
  return constants.every((value) => value !== undefined) ? constants : undefined;
}

function propertyPathIn(value: unknown): readonly string[] | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 1) return undefined;
  const path = value["property"];
  return Array.isArray(path) && path.every((part) => typeof part === "string") ? path : undefined;
}

function withParameter(context: FilterContext, value: unknown): JsonValue {
  if (!isRecord(value) || Object.keys(value).length !== 1 || typeof value["parameter"] !== "string") {
    return value as JsonValue;
  }
  const name = value["parameter"];
  if (!context.parameters) throw badRequest(`Cannot use parameter '${name}' here: only queries have parameters`);
  const given = context.parameters.get(name);
  if (given === undefined) throw badRequest(`Unknown parameter '${name}': give it in the parameters of the query`);
  return given;
}

function checkedConstant(property: Property, value: JsonValue): Comparable {
  const result = constantOf(property, value);
  if (isMismatch(result)) {
    throw badRequest(
      `Invalid value for property '${property.name}' of type ${property.type.type} in a filter: expected ${result.expected}`,
    );
  }
  return result;
}

function constantOf({ kind, type }: Property, value: JsonValue): Canonical {
  if (kind === "direct") return directConstant(value);
  if (kind === "json") return isRecord(value) ? value : new Mismatch(`a JSON object, got ${describeValue(value)}`);
  if (type.type === "instant" && typeof value === "string") {
    const instant = instantOf(value);
    return instant ?? new Mismatch("milliseconds since 1970 or a timestamp");
  }
  if (kind === "number") {
    if (!isNumeric(value)) return new Mismatch(`a number, got ${describeValue(value)}`);
    return type.type === "int64" ? exactInteger(value) : Number(value);
  }
  if (type.type === "text") {
    return typeof value === "string" ? value : new Mismatch(`text, got ${describeValue(value)}`);
  }
  return type.type === "instant" ? new Mismatch("a number") : canonicalise(withoutList(type), value);
}

function withoutList<T extends Exclude<Property["type"], { readonly type: "instant" }>>(type: T): T {
  return { ...type, list: false };
}

function directConstant(value: JsonValue): Canonical {
  const [space, externalId] = Array.isArray(value)
    ? (value as readonly JsonValue[])
    : isRecord(value)
      ? [value["space"], value["externalId"]]
      : [];
  const parts = Array.isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0;
  if (parts !== 2 || typeof space !== "string" || typeof externalId !== "string") {
    return new Mismatch(`{space, externalId} or [space, externalId], got ${describeValue(value)}`);
  }
  return directComparable(space, externalId);
}
