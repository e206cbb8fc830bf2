import type { ContainerReference, ViewReference } from "./reference.js";

/** What every property type but the enum shares: whether values are lists, and how long they may be. */
interface Listable {
  readonly list?: boolean;
  readonly maxListSize?: number;
}

/** Text; `maxTextSize` in bytes of UTF-8 (contract 10). */
export interface TextType extends Listable {
  readonly type: "text";
  readonly collation?: string;
  readonly maxTextSize?: number;
}

/** Types without options of their own. */
export interface PrimitiveType extends Listable {
  readonly type: "boolean" | "int32" | "int64" | "timestamp" | "date" | "json";
}

/** The unit that a number is stored in. */
export interface UnitReference {
  readonly externalId: string;
  readonly sourceUnit?: string;
}

/** Floating-point numbers, with an optional unit. */
export interface FloatType extends Listable {
  readonly type: "float32" | "float64";
  readonly unit?: UnitReference;
}

/** References to classic resources by their external id. */
export interface CdfReferenceType extends Listable {
  readonly type: "timeseries" | "file" | "sequence";
}

/**
 * A direct relation. `container` (containers only) is the container that targets must have data in;
 * `source` (read form of views only) is the view that targets are meant to be read through.
 */
export interface DirectRelationType extends Listable {
  readonly type: "direct";
  readonly container?: ContainerReference;
  readonly source?: ViewReference;
}

/** One value of an enum. */
export interface EnumValue {
  readonly name?: string;
  readonly description?: string;
}

/** An enum of 1 to 32 values; never a list (contract 10). */
export interface EnumType {
  readonly type: "enum";
  readonly values: Readonly<Record<string, EnumValue>>;
  readonly unknownValue?: string;
}

/** The type of a container's or view's property (contract 10). */
export type PropertyType = TextType | PrimitiveType | FloatType | CdfReferenceType | DirectRelationType | EnumType;

/** Whether values of this type are lists. */
export function isListType(type: PropertyType): boolean {
  return type.type !== "enum" && type.list === true;
}
