import type { Filter, JsonValue, NodeReference, VersionedIdentity } from "../models/index.js";

/** Kinds of property values that are not connections. */
export type ScalarKind =
  | "text"
  | "boolean"
  | "int32"
  | "int64"
  | "float32"
  | "float64"
  | "timestamp"
  | "date"
  | "json"
  | "timeseries"
  | "file"
  | "sequence"
  | "enum";

/** What every property of the representation has. */
interface IrPropertyBase {
  /** CDF's id of the property: what goes over the wire. */
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  /** The view that declares it; differs from the view it is on when it is inherited. */
  readonly declaredBy: VersionedIdentity;
}

/** How a stored property may be written. */
interface IrStored extends IrPropertyBase {
  readonly list: boolean;
  readonly nullable: boolean;
  /** May be set once and never changed. */
  readonly immutable: boolean;
  /** The service fills it in when it is left out: by a default value or by counting up. */
  readonly hasDefault: boolean;
  readonly defaultValue?: JsonValue;
  /** The service computes it; writes are refused. */
  readonly readOnly: boolean;
}

/** One value of an enum. */
export interface IrEnumValue {
  readonly value: string;
  readonly name?: string;
  readonly description?: string;
}

/** A value or a list of values. */
export interface IrScalar extends IrStored {
  readonly kind: "scalar";
  readonly type: ScalarKind;
  /** External id of the unit, of float32 and float64. */
  readonly unit?: string;
  /** Of enums. */
  readonly values?: readonly IrEnumValue[];
}

/** A direct relation. Without `target` it is an untyped reference (E60, E62). */
export interface IrDirect extends IrStored {
  readonly kind: "direct";
  /** A view of the model. */
  readonly target?: VersionedIdentity;
}

/** The direct relation that a reverse one goes through. */
export interface IrThrough {
  /** A view (with version) or a container (without). */
  readonly source: { readonly space: string; readonly externalId: string; readonly version?: string };
  /** Id of the property on that view or container. */
  readonly property: string;
  /** Queries cannot traverse lists inwards (contract 8.1, E66). */
  readonly list: boolean;
}

/** The nodes whose direct relation points here. */
export interface IrReverse extends IrPropertyBase {
  readonly kind: "reverse";
  readonly single: boolean;
  /** A view of the model; without it only ids can be read. */
  readonly target?: VersionedIdentity;
  readonly through: IrThrough;
}

/** A connection by edges. */
export interface IrEdge extends IrPropertyBase {
  readonly kind: "edge";
  readonly single: boolean;
  readonly edgeType: NodeReference;
  readonly direction: "outwards" | "inwards";
  /** A view of the model; without it only ids can be read. */
  readonly target?: VersionedIdentity;
  /** The edge view of the model that holds the edges' own properties. */
  readonly edgeView?: VersionedIdentity;
}

/** A property of a view. */
export type IrProperty = IrScalar | IrDirect | IrReverse | IrEdge;

/** A view, resolved: inheritance flattened, connections checked against the model. */
export interface IrView {
  readonly id: VersionedIdentity;
  readonly name?: string;
  readonly description?: string;
  /** Which instances are read through it; a view without stored properties is for nodes. */
  readonly usedFor: "node" | "edge" | "all";
  readonly writable: boolean;
  /** Views of the model that it implements, directly or not, nearest first. */
  readonly implements: readonly VersionedIdentity[];
  /** Explicit filter; without one the view stands for instances with data in all mapped containers (contract 6.5). */
  readonly filter?: Filter;
  /** The node type that the filter asks for: the default type of what is written (E51). */
  readonly nodeType?: NodeReference;
  /** Its nodes are time series or files of the core model, which have data points or contents beside (contract 11). */
  readonly resource?: "timeseries" | "file";
  /** Inherited ones first, view by view in the order of `implements`; those of one view by id (E131). */
  readonly properties: readonly IrProperty[];
}

/** A data model in the language-neutral intermediate representation. */
export interface IrModel {
  readonly irVersion: 1;
  readonly id: VersionedIdentity;
  readonly name?: string;
  readonly description?: string;
  /** Sorted by space, external id and version. */
  readonly views: readonly IrView[];
}
