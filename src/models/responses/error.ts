import * as v from "valibot";
import type { ApiErrorBody } from "../api-error.js";
import { isRecord, type JsonObject } from "../json.js";
import { type ResponseSchema, responseSchema } from "./schema.js";

/** The envelope of a refusal (contract 2.1). Answers of gateways differ from it. */
export const errorEnvelope: ResponseSchema<{ readonly error: ApiErrorBody }> = responseSchema(() => {
  const items = v.exactOptional(v.array(v.custom<JsonObject>(isRecord)));
  return v.looseObject({
    error: v.looseObject({
      code: v.number(),
      message: v.string(),
      missing: items,
      duplicated: items,
      isAutoRetryable: v.exactOptional(v.boolean()),
    }),
  });
});
