/** The kinds of errors, one per class. */
export type ErrorKind =
  | "abort"
  | "api"
  | "config"
  | "credentials"
  | "input"
  | "model"
  | "multi-request"
  | "network"
  | "query"
  | "response"
  | "timeout";

/**
 * Every error carries its kind under this symbol of the global registry, so that errors are recognised across copies
 * of the package (ESM and CJS, two bundles), where `instanceof` is not.
 */
export const errorBrand: unique symbol = Symbol.for("pygen.error");

/** The kind of an error of this package, of whichever copy; `undefined` for anything else. */
export function kindOf(value: unknown): ErrorKind | undefined {
  if (typeof value !== "object" || value === null || !(errorBrand in value)) return undefined;
  const kind = value[errorBrand];
  return typeof kind === "string" ? (kind as ErrorKind) : undefined;
}
