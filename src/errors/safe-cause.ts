import { kindOf } from "./brand.js";
import { redact } from "./redact.js";

const maxDepth = 5;

/** Sets a property that neither `util.inspect` nor `JSON.stringify` lists. */
export function setHidden(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true });
}

/**
 * A copy of a cause that keeps name, message, code, stack and causes, all redacted, and nothing else: errors of
 * HTTP libraries hold the request, and with it the token. Errors of this package are safe already and stay.
 */
export function safeCause(cause: unknown, secrets: readonly string[] = [], depth = 0): unknown {
  if (kindOf(cause) !== undefined) return cause;
  if (!(cause instanceof Error)) return redact(String(cause), secrets);
  const nested = cause.cause;
  const keep = nested !== undefined && depth < maxDepth;
  const copy = new Error(
    redact(cause.message, secrets),
    keep ? { cause: safeCause(nested, secrets, depth + 1) } : undefined,
  );
  setHidden(copy, "name", cause.name);
  setHidden(copy, "stack", redact(cause.stack ?? "", secrets));
  if ("code" in cause && typeof cause.code === "string") Object.assign(copy, { code: redact(cause.code, secrets) });
  return copy;
}

/** A cause as plain data, for `toJSON`. */
export function causeToJSON(cause: unknown): unknown {
  if (kindOf(cause) !== undefined || !(cause instanceof Error)) return cause;
  return {
    name: cause.name,
    message: cause.message,
    ...("code" in cause ? { code: cause.code } : {}),
    ...(cause.cause === undefined ? {} : { cause: causeToJSON(cause.cause) }),
  };
}
