import type {
  SequenceCreate,
  SequenceId,
  SequenceRow,
  SequenceRowsDeleteRequest,
  SequenceRowsInsert,
  SequenceRowsInsertRequest,
  SequenceRowsLatestRequest,
  SequenceRowsListRequest,
  SequenceRowsPage,
  SequenceValue,
} from "../../../models/index.js";
import { badRequest, Fault } from "../fault.js";
import { readCursor, writeCursor } from "../paging.js";
import { quoted } from "../resource.js";
import type { ProjectState } from "../state.js";
import { isNamed } from "./named.js";
import { idOf, unknownIds } from "./owners.js";
import type { StoredSequence } from "./state.js";

const DEFAULT_LIMIT = 100;

/**
 * Creates sequences, of which there must be some for their rows to be written: as `POST /sequences` does, with no more
 * than names and columns.
 *
 * @throws {@link Fault} 409 with those that exist as `duplicated`
 */
export function createSequences(
  state: ProjectState,
  { items }: { readonly items: readonly SequenceCreate[] },
): { readonly items: readonly object[] } {
  const { sequences } = state.data;
  const named = items.map(({ externalId }) => externalId);
  const known = named.filter((externalId, place) => sequences.has(externalId) || named.indexOf(externalId) !== place);
  if (known.length > 0) {
    throw new Fault(409, `Sequences exist already: ${quoted(known)}`, {
      duplicated: known.map((externalId) => ({ externalId })),
    });
  }
  const createdTime = state.now();
  return {
    items: items.map(({ externalId, name, columns }) => {
      const sequence: StoredSequence = {
        id: sequences.size + 1,
        externalId,
        name,
        columns: columns.map((column) => ({ ...column, valueType: column.valueType ?? "DOUBLE" })),
        rows: new Map(),
        createdTime,
      };
      sequences.set(externalId, sequence);
      state.data.touched?.add(sequence);
      const { rows: _rows, name: _name, ...facts } = sequence;
      return { ...facts, ...(name === undefined ? {} : { name }), lastUpdatedTime: createdTime };
    }),
  };
}

/**
 * Writes rows as `POST /sequences/data` does (contract 11.3): all of them, or none. A sequence that a property of some
 * instance names need not be there yet: it gets the columns that are written.
 */
export function insertRows(state: ProjectState, { items }: SequenceRowsInsertRequest): object {
  const found = sequencesToWrite(state, items);
  for (const [sequence, item] of found) checkRows(sequence, item);
  for (const [sequence] of found) {
    state.data.sequences.set(sequence.externalId, sequence);
    state.data.touched?.add(sequence);
  }
  for (const [sequence, { columns, rows }] of found) {
    for (const { rowNumber, values } of rows) {
      const row = sequence.rows.get(rowNumber) ?? new Map();
      sequence.rows.set(rowNumber, row);
      for (const [place, column] of columns.entries()) setValue(row, column, values[place] ?? null);
    }
  }
  return {};
}

/** Reads rows as `POST /sequences/data/list` does (contract 11.3). */
export function listRows(state: ProjectState, request: SequenceRowsListRequest): SequenceRowsPage {
  const sequence = requireSequence(state, request);
  const { start = 0, end = Number.POSITIVE_INFINITY, limit = DEFAULT_LIMIT, cursor, columns } = request;
  const kind = `rows:${sequence.id}`;
  const from = cursor === undefined ? start : Number(readCursor(kind, cursor));
  const numbers = [...sequence.rows.keys()].filter((number) => number >= from && number < end).sort((a, b) => a - b);
  const next = numbers[limit];
  const page = rowsOf(sequence, numbers.slice(0, limit), columns);
  return next === undefined ? page : { ...page, nextCursor: writeCursor(kind, String(next)) };
}

/** Reads the last row as `POST /sequences/data/latest` does (contract 11.3). */
export function latestRow(state: ProjectState, request: SequenceRowsLatestRequest): SequenceRowsPage {
  const sequence = requireSequence(state, request);
  const { before = Number.POSITIVE_INFINITY, columns } = request;
  const last = [...sequence.rows.keys()].filter((number) => number < before).reduce((a, b) => Math.max(a, b), -1);
  return rowsOf(sequence, last < 0 ? [] : [last], columns);
}

/** Deletes rows as `POST /sequences/data/delete` does (contract 11.3). */
export function deleteRows(state: ProjectState, { items }: SequenceRowsDeleteRequest): object {
  for (const [sequence, { rows }] of requireSequences(state, items)) {
    for (const number of rows) sequence.rows.delete(number);
    state.data.touched?.add(sequence);
  }
  return {};
}

function requireSequences<T extends SequenceId>(
  state: ProjectState,
  items: readonly T[],
  find: (item: T) => StoredSequence | undefined = (item) => findSequence(state, item),
): (readonly [StoredSequence, T])[] {
  const found = items.map((item) => [find(item), item] as const);
  const missing = found.filter(([sequence]) => sequence === undefined).map(([, item]) => idOf(item));
  if (missing.length > 0) throw unknownIds(missing);
  return found.flatMap(([sequence, item]) => (sequence ? [[sequence, item] as const] : []));
}

function requireSequence(state: ProjectState, id: SequenceId): StoredSequence {
  const sequence = findSequence(state, id);
  if (sequence === undefined) throw unknownIds([idOf(id)]);
  return sequence;
}

function findSequence(state: ProjectState, { externalId, id }: SequenceId): StoredSequence | undefined {
  if (externalId !== undefined) return state.data.sequences.get(externalId);
  return [...state.data.sequences.values()].find((sequence) => sequence.id === id);
}

function sequencesToWrite(
  state: ProjectState,
  items: readonly SequenceRowsInsert[],
): (readonly [StoredSequence, SequenceRowsInsert])[] {
  const made = new Map<string, StoredSequence>();
  return requireSequences(state, items, (item) => {
    const { externalId } = item;
    const known = findSequence(state, item) ?? made.get(externalId ?? "");
    if (known || externalId === undefined || !isNamed(state, "sequence", externalId)) return known;
    const id = state.data.sequences.size + made.size + 1;
    const columns = columnsToMake(item);
    const sequence = { id, externalId, name: undefined, columns, rows: new Map(), createdTime: state.now() };
    made.set(externalId, sequence);
    return sequence;
  });
}

/** The columns that rows are written to: of texts where one is among the values, of numbers elsewhere. */
function columnsToMake({ columns, rows }: SequenceRowsInsert): StoredSequence["columns"] {
  return [...new Set(columns)].map((externalId) => {
    const place = columns.indexOf(externalId);
    const hasText = rows.some(({ values }) => typeof values[place] === "string");
    return { externalId, valueType: hasText ? "STRING" : "DOUBLE" };
  });
}

function checkRows(sequence: StoredSequence, { columns, rows }: SequenceRowsInsert): void {
  const types = columnsOf(sequence, columns).map(({ valueType }) => valueType);
  for (const { rowNumber, values } of rows) {
    if (values.length !== columns.length) {
      throw badRequest(`Row ${rowNumber} has ${values.length} values for ${columns.length} columns`);
    }
    for (const [place, value] of values.entries()) {
      if (value === null || fits(types[place], value)) continue;
      throw badRequest(`Expected a ${types[place]} for column '${columns[place]}' in row ${rowNumber}`);
    }
  }
}

function fits(type: string | undefined, value: number | bigint | string): boolean {
  if (type === "STRING") return typeof value === "string";
  if (type === "DOUBLE") return typeof value !== "string";
  return typeof value === "bigint" || Number.isSafeInteger(value);
}

function columnsOf(sequence: StoredSequence, names: readonly string[] | undefined): StoredSequence["columns"] {
  if (names === undefined) return sequence.columns;
  const known = new Map(sequence.columns.map((column) => [column.externalId, column]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw badRequest(`Unknown columns: ${quoted(unknown)}`);
  return names.flatMap((name) => known.get(name) ?? []);
}

function setValue(row: Map<string, number | bigint | string>, column: string, value: SequenceValue): void {
  if (value === null) row.delete(column);
  else row.set(column, value);
}

function rowsOf(
  sequence: StoredSequence,
  numbers: readonly number[],
  names: readonly string[] | undefined,
): SequenceRowsPage {
  const columns = columnsOf(sequence, names);
  const rows = numbers.map((rowNumber): SequenceRow => {
    const row = sequence.rows.get(rowNumber);
    return { rowNumber, values: columns.map(({ externalId }) => row?.get(externalId) ?? null) };
  });
  return { id: sequence.id, externalId: sequence.externalId, columns, rows };
}
