import { beforeAll, expect, it } from "vitest";
import type { Json } from "./api.js";
import { fuzz, type Recording, recordCases, wrongAnswer } from "./fuzz.js";

const QUERY = "/models/instances/query";
const LIST = "/models/instances/list";
const SYNC = "/models/instances/sync";
const SEARCH = "/models/instances/search";
const AGGREGATE = "/models/instances/aggregate";
const UPSERT = "/models/instances";
const nest = (depth: number, open: string, close: string, inside: string): string =>
  open.repeat(depth) + inside + close.repeat(depth);
const text = (body: Json): string => JSON.stringify(body);
const name = ["m", "Thing/v1", "name"];
const equals = (value: number) => ({ equals: { property: name, value: `${value}` } });
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const thing = { type: "view", space: "m", externalId: "Thing", version: "v1" };
const write = (id: number, properties: Json): Json => ({
  instanceType: "node",
  space: "d",
  externalId: `heavy${id}`,
  sources: [{ source: thing, properties }],
});

/** Wherever a filter can stand, as text around it. */
const filtered: readonly (readonly [path: string, before: string, after: string])[] = [
  [LIST, '{"filter":', "}"],
  [QUERY, '{"with":{"a":{"nodes":{"filter":', '}}},"select":{"a":{}}}'],
  [QUERY, '{"with":{"a":{"edges":{"nodeFilter":', '}}},"select":{"a":{}}}'],
  [SYNC, '{"with":{"a":{"nodes":{"filter":', '}}},"select":{"a":{}}}'],
  [SEARCH, `{"view":${JSON.stringify(thing)},"filter":`, "}"],
  [AGGREGATE, `{"view":${JSON.stringify(thing)},"aggregates":[{"count":{}}],"filter":`, "}"],
  ["/models/views", '{"items":[{"space":"m","externalId":"Deep","version":"v1","properties":{},"filter":', "}]}"],
];

const deep: readonly (readonly [what: string, path: string, body: string])[] = filtered.flatMap(
  ([path, before, after]) =>
    [200, 2_000, 100_000].flatMap((depth): (readonly [string, string, string])[] => [
      [`not of ${depth} levels`, path, before + nest(depth, '{"not":', "}", '{"matchAll":{}}') + after],
      [`and of ${depth} levels`, path, before + nest(depth, '{"and":[', "]}", '{"matchAll":{}}') + after],
    ]),
);

/** Bodies that are hard work: they must be answered or refused, within the time that a test may take. */
const heavy: readonly (readonly [what: string, path: string, body: string])[] = [
  ["100,000 lists in each other", LIST, nest(100_000, "[", "]", "")],
  ["100,000 objects in each other", LIST, nest(100_000, '{"filter":', "}", "1")],
  ["a filter of 100,000 levels", LIST, `{"filter":${nest(100_000, '{"not":', "}", '{"matchAll":{}}')}}`],
  ["a filter as deep as may be", LIST, `{"filter":${nest(240, '{"not":', "}", '{"matchAll":{}}')}}`],
  ["or of 20,000 filters", LIST, text({ filter: { or: numbers(20_000).map(equals) } })],
  ["in of 200,000 values", LIST, text({ filter: { in: { property: name, values: numbers(200_000).map(String) } } })],
  [
    "100,000 instance references",
    LIST,
    text({ filter: { instanceReferences: numbers(100_000).map((id) => ({ space: "d", externalId: `${id}` })) } }),
  ],
  [
    "nested in nested, 60 times",
    LIST,
    text({
      filter: numbers(60).reduce<Json>((filter) => ({ nested: { scope: ["m", "Thing/v1", "friends"], filter } }), {
        matchAll: {},
      }),
    }),
  ],
  [
    "walks of any length in 40 expressions",
    QUERY,
    text({
      with: {
        a: { nodes: {}, limit: 10_000 },
        ...Object.fromEntries(
          numbers(40).map((step) => [
            `e${step}`,
            { edges: { from: step === 0 ? "a" : `e${step - 1}`, maxDistance: Number.MAX_SAFE_INTEGER }, limit: 10_000 },
          ]),
        ),
      },
      select: { e39: {} },
    }),
  ],
  [
    "sets of sets",
    QUERY,
    text({
      with: {
        a: { nodes: {}, limit: 10_000 },
        ...Object.fromEntries(
          numbers(40).map((step) => [
            `s${step}`,
            { unionAll: Array(50).fill(step === 0 ? "a" : `s${step - 1}`), limit: 10_000 },
          ]),
        ),
      },
      select: { s39: {} },
    }),
  ],
  [
    "10,000 expressions",
    QUERY,
    text({ with: Object.fromEntries(numbers(10_000).map((step) => [`e${step}`, { nodes: {} }])), select: { e0: {} } }),
  ],
  ["a search for 20,000 words", SEARCH, text({ view: thing, query: numbers(20_000).join(" ") })],
  ["a sort by 10,000 keys", LIST, text({ sort: numbers(10_000).map(() => ({ property: name })) })],
  [
    "groups by 10,000 properties",
    AGGREGATE,
    text({ view: thing, groupBy: numbers(10_000).map(() => "name"), aggregates: [{ count: {} }] }),
  ],
  [
    "a value of 10,000 levels",
    UPSERT,
    `{"items":[${text(write(0, { info: 0 })).replace(":0", `:${nest(10_000, '{"a":', "}", "1")}`)}]}`,
  ],
  ["a list of 200,000 values", UPSERT, text({ items: [write(1, { tags: numbers(200_000).map(String) })] })],
  [
    "an object of 200,000 keys",
    UPSERT,
    text({ items: [write(2, { info: Object.fromEntries(numbers(200_000).map((key) => [`k${key}`, key])) })] }),
  ],
  ["100,000 items", UPSERT, text({ items: numbers(100_000).map((id) => write(id, { name: "n" })) })],
  [
    "a thousand relations that all are new",
    UPSERT,
    text({ items: numbers(1_000).map((id) => write(id, { parent: { space: "d", externalId: `new${id}` } })) }),
  ],
  ...deep,
];

let recording: Recording;
beforeAll(async () => {
  recording = await recordCases();
});

it("whatever is changed in bodies of the contract's cases, there is an answer, and never a 500", async () => {
  await expect(fuzz(recording, 20_260_101, 250)).resolves.toBeUndefined();
});

it.each(heavy)("hard work is done or refused: %s (%s)", async (what, path, body) => {
  const url = `http://emulator/api/v1/projects/querying${path}`;
  expect(await wrongAnswer(recording.emulator, url, body), what).toBeUndefined();
});
