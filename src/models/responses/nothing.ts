import * as v from "valibot";
import { isRecord } from "../json.js";
import { type ResponseSchema, responseSchema } from "./schema.js";

/** Answer of a call that tells nothing but that it is done. */
export const nothing: ResponseSchema<object> = responseSchema(() => v.custom<object>(isRecord, "Expected an object"));
