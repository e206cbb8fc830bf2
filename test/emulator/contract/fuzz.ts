import fc from "fast-check";
import { createEmulator, type Emulator } from "../../../src/emulator/index.js";
import { listen } from "../../../src/emulator/node.js";
import type { Fetch } from "../../../src/http/index.js";
import { isRecord } from "../../../src/models/index.js";
import { apiOf, type Json } from "./api.js";
import { areas } from "./areas.js";

/** A body that a case sent. */
export interface Recorded {
  readonly url: string;
  readonly body: Json;
}

/** An emulator after all cases of the contract, and the bodies that they sent. */
export interface Recording {
  readonly emulator: Emulator;
  readonly recorded: readonly Recorded[];
}

/** Bodies with more text than this are not worth changing. */
const MAX_TEXT = 20_000;

/**
 * Runs the cases of the contract in one emulator: it is full of what they made, and their bodies are recorded. Those of an
 * emulator with other options are left out.
 */
export async function recordCases(): Promise<Recording> {
  let time = 1;
  const emulator = createEmulator({ now: () => time++ });
  const recorded: Recorded[] = [];
  const send: Fetch = async (request) => {
    const text = request.method === "POST" ? await request.clone().text() : "";
    const body: unknown =
      text.length < MAX_TEXT && text.startsWith("{") && text.length > 2 ? JSON.parse(text) : undefined;
    if (isRecord(body)) recorded.push({ url: request.url, body });
    return fetch(request);
  };
  const server = await listen(emulator);
  const later = (milliseconds: number): void => {
    time += milliseconds;
  };
  try {
    for (const { name, world, options, cases } of areas) {
      if (options) continue;
      const api = apiOf({ url: server.url, project: name, whole: send, answersOnly: send, plain: fetch, later });
      await world(api);
      for (const { run } of cases) await run(api);
    }
  } finally {
    await server.close();
  }
  return { emulator, recorded };
}

/** What to do to a body, at a place in it. */
interface Change {
  readonly kind: "replace" | "graft" | "remove" | "rename" | "wrap" | "repeat";
  readonly at: number;
  readonly from: number;
  readonly value: unknown;
  readonly times: number;
  readonly name: string;
}

const NAMES = ["__proto__", "constructor", "toString", "", "space", "filter", "limit", "x".repeat(300)];
const EDGES = [null, "", "\0", "\uD800", -1, 0, 1.5, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, true, [], {}, "x".repeat(2000)];

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("replace", "graft", "graft", "remove", "rename", "wrap", "repeat"),
  at: fc.nat(),
  from: fc.nat(),
  value: fc.oneof(fc.constantFrom(...EDGES), fc.jsonValue({ maxDepth: 3 })),
  times: fc.integer({ min: 1, max: 200 }),
  name: fc.constantFrom(...NAMES),
});

interface Place {
  readonly holder: Json;
  readonly key: string;
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Json;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

function apply(body: Json, { kind, at, from, value, times, name }: Change, other: Json): void {
  const places = placesIn(body);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return;
  const { holder, key } = place;
  const set = (id: string, next: unknown): void => {
    Object.defineProperty(holder, id, { value: next, enumerable: true, configurable: true, writable: true });
  };
  const old: unknown = holder[key];
  if (kind === "remove") delete holder[key];
  else if (kind === "replace") set(key, value);
  else if (kind === "rename") set(name, old);
  else if (kind === "repeat")
    set(
      key,
      Array.from({ length: times }, () => structuredClone(old)),
    );
  else if (kind === "wrap") {
    let wrapped = old;
    for (let depth = 0; depth < times; depth++) wrapped = times % 2 === 0 ? { not: wrapped } : [wrapped];
    set(key, wrapped);
  } else {
    const grafts = placesIn(other);
    const graft = grafts[from % Math.max(1, grafts.length)];
    if (graft) set(key, structuredClone(graft.holder[graft.key]));
  }
}

/** Sends a body; gives what is wrong with the answer, if anything. */
export async function wrongAnswer(emulator: Emulator, url: string, text: string): Promise<string | undefined> {
  const headers = { authorization: "Bearer token", "content-type": "application/json" };
  const answer = await emulator.fetch(new Request(url, { method: "POST", headers, body: text }));
  const body: Json = JSON.parse(await answer.text());
  if (answer.status < 300) return undefined;
  if (answer.status >= 400 && answer.status < 500 && body["error"]?.code === answer.status) return undefined;
  return `${answer.status} ${JSON.stringify(body).slice(0, 300)} to ${url} ${text.slice(0, 1000)}`;
}

/**
 * Changes recorded bodies at random, a few places each, and sends them.
 *
 * @throws Error with the smallest body found that is answered with more than 499
 */
export async function fuzz({ emulator, recorded }: Recording, seed: number, count: number): Promise<void> {
  const one = fc.constantFrom(...recorded);
  const property = fc.asyncProperty(
    one,
    one,
    fc.array(change, { minLength: 1, maxLength: 4 }),
    async (given, other, changes) => {
      const body = structuredClone(given.body);
      for (const next of changes) apply(body, next, other.body);
      const wrong = await wrongAnswer(emulator, given.url, JSON.stringify(body));
      if (wrong !== undefined) throw new Error(wrong);
    },
  );
  await fc.assert(property, { seed, numRuns: count });
}
