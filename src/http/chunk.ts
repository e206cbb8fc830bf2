import { isAbortError, isPygenError, MultiRequestError, type PygenError } from "../errors/index.js";
import { abortErrorOf } from "./aborted.js";
import type { Batch } from "./batch.js";
import { turn } from "./early-cursor.js";
import { Gate } from "./gate.js";
import { outcomeOf } from "./outcome.js";
import type { PreparedBody } from "./payload.js";
import { isTooMuch } from "./too-much.js";

/** Requests that are made ready before it is their turn. */
const madeReady = 4;

/** What goes in one request. */
interface Part<Item, Result> {
  readonly items: readonly Item[];
  body?: PreparedBody | undefined;
  result?: readonly Result[];
  error?: PygenError;
}

/** Sends a batch, as `runBatch` says. */
export async function sendInChunks<Item, Result>(batch: Batch<Item, Result>): Promise<Result[]> {
  const { signal } = batch;
  const errors: unknown[] = [];
  const stopped = () => errors.length > 0 || signal?.aborted === true;
  const limit = new Gate(batch.concurrency);
  const ahead = new Gate(batch.concurrency + madeReady);
  const making = new Gate(1);
  let { size } = batch;

  const sendPart = async (part: Part<Item, Result>): Promise<void> => {
    const { items, body } = part;
    // Bodies are large, and parts are kept to the end.
    part.body = undefined;
    try {
      part.result = await batch.send(items, body);
    } catch (error) {
      if (items.length > 1 && isTooMuch(error)) size = Math.min(size, half(items));
      else errors.push(error);
      if (isPygenError(error)) part.error = error;
    }
  };
  const prepare = async ([part]: Part<Item, Result>[]): Promise<void> => {
    // One turn for the request before it to reach its connection, one for its bytes to leave: writing takes long.
    await turn();
    await turn();
    if (part && !stopped() && part.items.length <= size) part.body = batch.prepare?.(part.items);
  };
  const sendChunk = async (chunk: Part<Item, Result>[]): Promise<void> => {
    for (let place = 0; place < chunk.length && !stopped(); ) {
      const part = chunk[place] as Part<Item, Result>;
      if (part.items.length > size) chunk.splice(place, 1, ...halvesOf(part));
      else await sendPart(part);
      if (part.result !== undefined) place += 1;
    }
  };

  const chunks: Part<Item, Result>[][] = [];
  for (const [place, items] of batch.stages.entries()) {
    const stage = partsOf<Item, Result>(items, batch.size).map((part) => [part]);
    const needs = batch.waitsFor?.[place] ?? [];
    const runs: Promise<void>[] = [];
    for (const [at, chunk] of stage.entries()) {
      const send = async (): Promise<void> => {
        // Those before it began before it, so whatever it waits for is under way.
        await Promise.all((needs[at] ?? []).map((earlier) => runs[earlier]));
        await sendChunk(chunk);
      };
      const begin = async (): Promise<void> => {
        if (batch.prepare) await making.run(() => prepare(chunk));
        await limit.run(send);
      };
      runs.push(ahead.run(begin));
    }
    chunks.push(...stage);
    await Promise.all(runs);
  }
  const parts = chunks.flat();
  if (errors.length === 0) {
    if (parts.every(({ result }) => result !== undefined)) return parts.flatMap(({ result }) => result ?? []);
    errors.push(abortErrorOf(signal?.reason, { outcome: "unsent" }));
  }
  throw failureOf(batch, parts, errors);
}

/** Both halves may have been applied, where the whole was sent. */
function halvesOf<Item, Result>({ items, error }: Part<Item, Result>): Part<Item, Result>[] {
  return partsOf<Item, Result>(items, half(items)).map((part) => ({ ...part, ...(error && { error }) }));
}

function half(items: readonly unknown[]): number {
  return Math.ceil(items.length / 2);
}

function partsOf<Item, Result>(items: readonly Item[], size: number): Part<Item, Result>[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => ({ items: items.slice(index * size, (index + 1) * size) }));
}

/** What to throw: an error that is none of ours, as it is; the one error there is; or the account of all items. */
function failureOf<Item, Result>(
  { idOf, given }: Batch<Item, Result>,
  parts: readonly Part<Item, Result>[],
  errors: readonly unknown[],
): unknown {
  const ours = errors.filter(isPygenError);
  const nothingSent = parts.every((part) => listOf(part) === "unsent");
  if (ours.length < errors.length) return errors.find((error) => !isPygenError(error));
  if (idOf === undefined || parts.length === 1 || nothingSent) return ours[0];
  const rows = parts.flatMap((part) => part.items.map((item) => ({ item, part })));
  if (given !== undefined) {
    const ranks = new Map(given.map((item, rank) => [item, rank]));
    rows.sort((a, b) => (ranks.get(a.item) ?? 0) - (ranks.get(b.item) ?? 0));
  }
  const lists = { succeeded: [] as unknown[], failed: [] as never[], unknown: [] as never[], unsent: [] as unknown[] };
  const remaining: Item[] = [];
  for (const { item, part } of rows) {
    const list = listOf(part);
    const id = idOf(item);
    if (list !== "succeeded") remaining.push(item);
    const entry = list === "failed" || list === "unknown" ? { id, error: part.error } : id;
    (lists[list] as unknown[]).push(entry);
  }
  return new MultiRequestError({ ...lists, errors: ours, remaining });
}

function listOf({ result, error }: Part<unknown, unknown>): "succeeded" | "failed" | "unknown" | "unsent" {
  if (result !== undefined) return "succeeded";
  if (error === undefined) return "unsent";
  const outcome = outcomeOf(error);
  if (outcome === "unknown") return outcome;
  return outcome === "unsent" && isAbortError(error) ? outcome : "failed";
}
