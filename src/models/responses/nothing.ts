import * as v from "valibot";
import { isRecord } from "../json.js";
import { type AnswerCheck, answerCheck } from "./schema.js";

/** Answer of a call that tells nothing but that it is done. */
export const nothing: AnswerCheck<object> = answerCheck(() => v.custom<object>(isRecord, "Expected an object"));
