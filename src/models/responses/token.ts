import * as v from "valibot";
import { isRecord, type JsonObject } from "../json.js";
import type { TokenInspection } from "../token.js";
import { type AnswerCheck, answerCheck } from "./schema.js";

/** Answer of token inspect (contract 1.3); capabilities are an open set. */
export const tokenInspection: AnswerCheck<TokenInspection> = answerCheck(() =>
  v.looseObject({
    subject: v.string(),
    projects: v.array(v.looseObject({ projectUrlName: v.string(), groups: v.array(v.number()) })),
    capabilities: v.array(v.custom<JsonObject>(isRecord, "Expected an object")),
  }),
);
