import { checkRequest, type RequestSchema } from "../../models/requests/index.js";
import { badRequest } from "../engine/fault.js";

/** What a request holds, as its schema reads it; refused with 400 in the service's words (contract 2.3). */
export function checked<T>(schema: RequestSchema<T>, input: unknown): T {
  const result = checkRequest(schema, input);
  if (!result.ok) throw badRequest(result.message);
  return result.value;
}
