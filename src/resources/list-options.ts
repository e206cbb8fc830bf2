/** What every list takes. */
export interface ListOptions {
  /** Items in all. @defaultValue all of them */
  readonly limit?: number;
  /** Where to resume: the cursor of a page. All other arguments must be the same. */
  readonly cursor?: string;
  /** Also what belongs to the service's own spaces. @defaultValue false */
  readonly includeGlobal?: boolean;
}

/** What lists of things within spaces take. */
export interface SpaceListOptions extends ListOptions {
  /** Only what is in this space. */
  readonly space?: string;
}
