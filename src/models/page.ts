/** One page of a list; without `nextCursor` it is the last (contract 1.6). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | null;
}
