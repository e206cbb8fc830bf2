import { isRecord } from "../../models/index.js";

/** Whether there is something in conditions that a plain list of them does not have: such code is loaded on first use. */
export function needsMore(where: unknown): boolean {
  return (
    isRecord(where) &&
    Object.entries(where).some(
      ([key, value]) => key.startsWith("$") || (isRecord(value) && ("is" in value || Object.keys(value).length > 1)),
    )
  );
}

/** Whether there may be a `some` anywhere in what a query was given: the service has no operator for it. */
export function mayAsk(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mayAsk);
  return isRecord(value) && Object.entries(value).some(([key, inner]) => key === "some" || mayAsk(inner));
}
