import type { PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";

declare const VIEW: unique symbol;
declare const RELATION: unique symbol;
declare const KIND: unique symbol;
declare const SHAPE: unique symbol;

/** Facts about a view that the types of its properties do not say. */
export interface ViewFacts {
  /** Required properties that may be left out on write. */
  readonly optional?: string;
  /** Properties that cannot be written. */
  readonly readOnly?: string;
  /** What its nodes are, where they have data points or contents beside. */
  readonly resource?: "timeseries" | "file";
  /** Units of properties, by their external ids. */
  readonly units?: object;
}

/** Base of generated interfaces of views for nodes. Nothing of it exists at run time. */
export interface NodeView<Id extends string = string, Facts extends ViewFacts = ViewFacts> {
  readonly [VIEW]?: { readonly instanceType: "node"; readonly id: Id; readonly facts: Facts };
}

/** Base of generated interfaces of views for edges. Nothing of it exists at run time. */
export interface EdgeView<Id extends string = string, Facts extends ViewFacts = ViewFacts> {
  readonly [VIEW]?: { readonly instanceType: "edge"; readonly id: Id; readonly facts: Facts };
}

/** Any generated interface of a view. */
export type AnyView = NodeView | EdgeView;

/** Marks a direct relation to nodes of view `T`; without `T` the target's view is not known. */
export interface Direct<T = unknown> {
  readonly [RELATION]: { readonly kind: "direct"; readonly target: T };
}

/** Marks nodes of view `T` whose direct relation points here. */
export interface Reverse<T = unknown> {
  readonly [RELATION]: { readonly kind: "reverse"; readonly target: T };
}

/** Marks a connection by edges to nodes of view `T`; `P` is the view of the edges' own properties. */
export interface Edge<T = unknown, P = undefined> {
  readonly [RELATION]: { readonly kind: "edge"; readonly target: T; readonly properties: P };
}

/** A calendar date, `YYYY-MM-DD`. Any string fits; the mark only tells dates from text. */
export type DateString = string & { readonly [KIND]?: "date" };

/** A point in time as its ISO text, where code is generated so. Any string fits; the mark only tells it from text. */
export type TimestampString = string & { readonly [KIND]?: "timestamp" };

/** External id of a time series. */
export type TimeSeriesReference = string & { readonly [KIND]?: "timeseries" };

/** External id of a file. */
export type FileReference = string & { readonly [KIND]?: "file" };

/** External id of a sequence. */
export type SequenceReference = string & { readonly [KIND]?: "sequence" };

/** A value that an enum got after this code was generated. */
export type Unlisted = string & { readonly [KIND]?: "enum" };

/** An enum: on read values added later come through, on write only the listed ones are accepted (E92). */
export type Enum<V extends string> = V | Unlisted;

/** The listed values of an enum. */
export type ListedOf<E> = E extends unknown ? ([Unlisted] extends [E] ? never : E) : never;

type FactName<P> = P extends unknown ? keyof P : never;
type FactValue<P, Name extends PropertyKey> = P extends { readonly [N in Name]?: infer V } ? V : never;
type Facts<P> = { readonly [Name in Exclude<FactName<P>, "type">]?: FactValue<P, Name> };

/**
 * What a metadata constant says of a property: a `PropertyDescriptor` of any kind, whose facts are all in one shape. To
 * compare each property of a large SDK with a union of shapes would take the compiler a third longer.
 */
export interface PropertyFacts extends Facts<PropertyDescriptor> {
  readonly type: PropertyDescriptor["type"];
}

/** The metadata constant of a view, tied to its interface: at run time a `ViewDescriptor`. */
export interface ViewOf<T> extends Omit<ViewDescriptor, "properties"> {
  /** By the name they have in TypeScript. */
  readonly properties: Readonly<Record<string, PropertyFacts>>;
  readonly [SHAPE]?: T;
}

/** The interface that a metadata constant is tied to. */
export type ShapeOf<V> = V extends ViewOf<infer T> ? T : never;

/** `space/externalId@version` of a generated interface. */
export type ViewIdOf<T> = T extends { readonly [VIEW]?: infer F }
  ? F extends { readonly id: infer I }
    ? I
    : never
  : never;

/** Whether a generated interface is of nodes or of edges. */
export type InstanceTypeOf<T> = T extends { readonly [VIEW]?: infer F }
  ? F extends { readonly instanceType: infer I }
    ? I
    : never
  : never;

/** One fact of a generated interface; `never` where it is not given. */
export type FactOf<T, Name extends keyof ViewFacts> = T extends { readonly [VIEW]?: infer F }
  ? F extends { readonly facts: infer W }
    ? W extends { readonly [K in Name]: infer P }
      ? P
      : never
    : never
  : never;

/** What a property's type stands for once nullability and lists are taken off. */
export type ElementOf<P> = NonNullable<P> extends readonly (infer E)[] ? E : NonNullable<P>;

/** Whether a property holds many. */
export type IsMany<P> = NonNullable<P> extends readonly unknown[] ? true : false;

/** The relation that a property's type marks, `never` for values. */
export type RelationOf<P> = ElementOf<P> extends { readonly [RELATION]: infer R } ? R : never;

/** The view at the other end of the relation that a property's type marks. */
export type TargetOf<P> = RelationOf<P> extends { readonly target: infer T } ? T : never;

/** What a flavoured string stands for: `date`, `timestamp`, `timeseries`, `file`, `sequence`, or `text`. */
export type StringKindOf<E> = E extends { readonly [KIND]?: infer K } ? NonNullable<K> : "text";
