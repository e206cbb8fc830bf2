import * as v from "valibot";
import type {
  SequenceCreate,
  SequenceRow,
  SequenceRowsDeleteRequest,
  SequenceRowsInsertRequest,
  SequenceRowsLatestRequest,
  SequenceRowsListRequest,
  SequenceValue,
} from "../sequence.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { type IdKind, identified } from "./resource-id.js";
import { fields, integer, items, text } from "./shapes.js";

/** Most sequences of one call. */
const MAX_SEQUENCES = 1_000;
/** Most rows of one call (contract 11.3). */
const MAX_ROWS = 10_000;
/** Most values of one write (contract 11.3). */
const MAX_VALUES = 100_000;
/** Most columns of one write, and of one read (contract 11.3). */
const MAX_WRITE_COLUMNS = 200;
const MAX_READ_COLUMNS = 400;
/** Most characters of a text (contract 11.3). */
const MAX_TEXT = 256;

const ids = ["externalId", "id"] as const satisfies readonly IdKind[];

const rowNumber: RequestSchema<number> = lazily(() => integer(0, Number.MAX_SAFE_INTEGER));

const value: RequestSchema<SequenceValue> = lazily(() => {
  const ofText = text(MAX_TEXT);
  const other = v.union([v.null(), v.number(), v.bigint()], "must be a number, a text or null");
  return v.lazy((input): v.GenericSchema<unknown, SequenceValue> => (typeof input === "string" ? ofText : other));
});

const row: RequestSchema<SequenceRow> = lazily(() =>
  fields({ rowNumber: rowNumber(), values: items(value(), 1, MAX_READ_COLUMNS) }),
);

function columns(max: number): v.GenericSchema<unknown, readonly string[]> {
  return items(text(255, 1), 1, max);
}

/** Body of `POST /sequences`. */
export const sequencesCreateBody: RequestSchema<{ readonly items: readonly SequenceCreate[] }> = lazily(() => {
  const column = fields({
    externalId: text(255, 1),
    name: v.exactOptional(text(255)),
    // The examples of the official Python client say `String`.
    valueType: v.exactOptional(v.pipe(v.string(), v.toUpperCase(), v.picklist(["STRING", "DOUBLE", "LONG"]))),
  });
  const sequence = fields({
    externalId: text(255, 1),
    name: v.exactOptional(text(255)),
    columns: v.pipe(
      items(column, 1, MAX_READ_COLUMNS),
      v.check(
        (given) => new Set(given.map(({ externalId }) => externalId)).size === given.length,
        "must not name a column twice",
      ),
    ),
  });
  return fields({ items: items(sequence, 1, MAX_SEQUENCES) });
});

/** Body of `POST /sequences/data` (contract 11.3). */
export const sequenceRowsInsertBody: RequestSchema<SequenceRowsInsertRequest> = lazily(() => {
  const content = fields({ columns: columns(MAX_WRITE_COLUMNS), rows: items(row(), 1, MAX_ROWS) });
  return v.pipe(
    fields({ items: items(identified(ids, content), 1, MAX_SEQUENCES) }),
    v.check(
      (body) => body.items.reduce((sum, { rows }) => sum + rows.length, 0) <= MAX_ROWS,
      `items must hold at most ${MAX_ROWS} rows together`,
    ),
    v.check(
      (body) => body.items.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0) <= MAX_VALUES,
      `items must hold at most ${MAX_VALUES} values together`,
    ),
  );
});

/** Body of `POST /sequences/data/list` (contract 11.3). */
export const sequenceRowsListBody: RequestSchema<SequenceRowsListRequest> = lazily(() =>
  identified(
    ids,
    fields({
      start: v.exactOptional(rowNumber()),
      end: v.exactOptional(rowNumber()),
      limit: v.exactOptional(integer(1, MAX_ROWS)),
      cursor: v.exactOptional(v.string()),
      columns: v.exactOptional(columns(MAX_READ_COLUMNS)),
    }),
  ),
);

/** Body of `POST /sequences/data/latest` (contract 11.3). */
export const sequenceRowsLatestBody: RequestSchema<SequenceRowsLatestRequest> = lazily(() =>
  identified(
    ids,
    fields({
      columns: v.exactOptional(columns(MAX_READ_COLUMNS)),
      before: v.exactOptional(integer(1, Number.MAX_SAFE_INTEGER)),
    }),
  ),
);

/** Body of `POST /sequences/data/delete` (contract 11.3). */
export const sequenceRowsDeleteBody: RequestSchema<SequenceRowsDeleteRequest> = lazily(() =>
  v.pipe(
    fields({
      items: items(identified(ids, fields({ rows: items(rowNumber(), 1, MAX_ROWS) })), 1, MAX_SEQUENCES),
    }),
    v.check(
      (body) => body.items.reduce((sum, { rows }) => sum + rows.length, 0) <= MAX_ROWS,
      `items must name at most ${MAX_ROWS} rows together`,
    ),
  ),
);
