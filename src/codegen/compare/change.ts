/** One change between two states of a model. */
export interface ModelChange {
  /**
   * Whether code that compiled against the SDK of the first state may fail to compile, or a write that worked may be
   * refused, with that of the second.
   */
  readonly breaking: boolean;
  /** Stable and dotted: `PROPERTY.REMOVED`. */
  readonly code: string;
  /** `space/View@version.property`, of the second state where it is still there. */
  readonly place: string;
  readonly message: string;
}

/** Ids of views in the first state, and what they are in the second; `undefined` where they are gone. */
export type NewIds = ReadonlyMap<string, string | undefined>;

/** One change as data. */
export function change(breaking: boolean, code: string, place: string, message: string): ModelChange {
  return { breaking, code, place, message };
}
