import { isRecord } from "../../models/index.js";

/** Whether there may be a `some` anywhere in what a query was given: the service has no operator for it. */
export function mayAsk(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mayAsk);
  return isRecord(value) && Object.entries(value).some(([key, inner]) => key === "some" || mayAsk(inner));
}
