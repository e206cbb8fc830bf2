/** What a check of an answer found: the value itself, or the first problem and where it is. */
export type CheckResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly path: string; readonly message: string };
