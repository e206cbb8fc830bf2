import type { Filter, NodeReference } from "../models/index.js";
import type { ScalarKind } from "./model.js";

/**
 * What the runtime knows of a view: the constant that generated code holds, and what is derived at run time
 * where nothing was generated. Related views are named by id (`space/externalId@version`), never imported.
 */
export interface ViewDescriptor {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  /** The kind of instances this descriptor reads and writes. A view for both has two descriptors. */
  readonly instanceType: "node" | "edge";
  /** Explicit filter of the view; without one it stands for `hasData` (contract 6.5). */
  readonly filter?: Filter;
  /** Default node type on write. */
  readonly nodeType?: NodeReference;
  /** Its nodes are time series or files, which have data points or contents beside (contract 11). */
  readonly resource?: "timeseries" | "file";
  /** `false`: instances cannot be created through this view. */
  readonly writable?: false;
  /** By the name they have in TypeScript. */
  readonly properties: Readonly<Record<string, PropertyDescriptor>>;
}

/** What stored properties share. Absent means the usual case. */
interface StoredDescriptor {
  /** CDF's id, where it differs from the name. */
  readonly id?: string;
  readonly list?: true;
  /** Not nullable. */
  readonly required?: true;
  /** Required, but filled in by the service when left out. */
  readonly hasDefault?: true;
  readonly immutable?: true;
  readonly readOnly?: true;
}

/** A value or a list of values. */
export interface ScalarDescriptor extends StoredDescriptor {
  readonly type: ScalarKind;
  /** Of int64: values are `bigint`, which holds them all; without it numbers, up to 2^53 (E104). */
  readonly bigint?: true;
  /** Of timestamp: values are texts as the service gives them; without it `Date`. */
  readonly iso?: true;
  readonly unit?: string;
  /** The values of an enum. */
  readonly values?: readonly string[];
}

/** A direct relation; `source` is the id of the view to read targets through. */
export interface DirectDescriptor extends StoredDescriptor {
  readonly type: "direct";
  readonly source?: string;
}

/** Nodes whose direct relation points here. */
export interface ReverseDescriptor {
  readonly type: "reverse";
  readonly id?: string;
  readonly single?: true;
  readonly source?: string;
  readonly through: {
    /** `space/externalId@version` of a view, or `space/externalId` of a container. */
    readonly source: string;
    readonly property: string;
    readonly list?: true;
  };
}

/** A connection by edges. */
export interface EdgeDescriptor {
  readonly type: "edge";
  readonly id?: string;
  readonly single?: true;
  readonly edgeType: NodeReference;
  /** Absent means `outwards`. */
  readonly direction?: "inwards";
  readonly source?: string;
  /** Id of the edge view with the edges' own properties. */
  readonly edgeSource?: string;
}

/** A property of a view. */
export type PropertyDescriptor = ScalarDescriptor | DirectDescriptor | ReverseDescriptor | EdgeDescriptor;
