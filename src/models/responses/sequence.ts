import * as v from "valibot";
import { isRecord } from "../json.js";
import type { SequenceRow, SequenceRowsPage } from "../sequence.js";
import { type AnswerCheck, answerCheck } from "./schema.js";

const isRow = (row: unknown): boolean =>
  isRecord(row) && typeof row["rowNumber"] === "number" && Array.isArray(row["values"]);

/** Answer of a read of rows, and of the latest one (contract 11.3). */
export const sequenceRowsPage: AnswerCheck<SequenceRowsPage> = answerCheck(() => {
  const optionalText = v.exactOptional(v.string());
  return v.looseObject({
    id: v.number(),
    externalId: optionalText,
    columns: v.array(
      v.looseObject({
        externalId: optionalText,
        name: optionalText,
        valueType: v.exactOptional(v.picklist(["STRING", "DOUBLE", "LONG"])),
      }),
    ),
    rows: v.custom<readonly SequenceRow[]>(
      (value) => Array.isArray(value) && value.every(isRow),
      "Expected a list of rows with a number and values",
    ),
    nextCursor: v.exactOptional(v.nullable(v.string())),
  });
});
