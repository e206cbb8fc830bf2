// What is measured: in each group all variants run in every round, one after the other, each in a process of its own.

const link = { latency: 20, bytesPerSecond: 12.5e6 };
const slow = { latency: 5 };

/** Ours as a Node program has it: over connections of its own, by `pygen/node`. */
const ours = (settings, server) => ({
  file: "ours.mjs",
  settings: { node: true, ...settings },
  ...(server && { server }),
});

/** Ours over the built-in fetch, as it is without `pygen/node`. */
const plain = (settings, server) => ours({ ...settings, node: false }, server);

const nested = (by, shape) => ({ file: "nested.mjs", settings: { by, shape } });

/** The services of groups that the stub does not serve. */
export const services = { query: "nested-server.mjs" };

/** How a variant is run: its file in variants/, what it is told, and what the stub is told. */
export const groups = {
  read: {
    fetch: { file: "fetch.mjs", settings: { work: "pages" } },
    sdk: { file: "official.mjs", settings: { work: "pages" } },
    pages: ours({ work: "pages" }),
    query: ours({ work: "query" }),
    items: ours({ work: "items" }),
    iterate: ours({ work: "iterate" }),
    plain: plain({ work: "pages" }),
  },
  async: {
    fetch: { file: "fetch.mjs", settings: { work: "pages", consumer: "async" }, server: slow },
    pages: ours({ work: "pages", consumer: "async" }, slow),
  },
  sync: {
    fetch: { file: "fetch.mjs", settings: { work: "pages", consumer: "busy" }, server: slow },
    pages: ours({ work: "pages", consumer: "busy" }, slow),
  },
  million: {
    short: ours({ work: "pages" }),
    long: ours({ work: "pages", pages: 1_000 }, { pages: 1_000 }),
    fetch: { file: "fetch.mjs", settings: { work: "pages", pages: 1_000 }, server: { pages: 1_000 } },
  },
  query: {
    "sdk.nested": nested("sdk", "nested"),
    "fetch.nested": nested("fetch", "nested"),
    "ours.nested": nested("ours", "nested"),
    "sdk.list": nested("sdk", "list"),
    "fetch.list": nested("fetch", "list"),
    "ours.list": nested("ours", "list"),
  },
  write: {
    fetch: { file: "fetch.mjs", settings: { work: "write" } },
    sdk: { file: "official.mjs", settings: { work: "write" } },
    ours: ours({ work: "write" }),
    plain: plain({ work: "write" }),
  },
  link: {
    sdk: { file: "official.mjs", settings: { work: "write" }, server: link },
    ours: ours({ work: "write", compression: true }, link),
    core: plain({ work: "write", compression: true }, link),
  },
  import: {
    sdk: { file: "import.mjs", settings: { module: "@cognite/sdk" } },
    ky: { file: "import.mjs", settings: { module: "bundled:ky" } },
    ours: { file: "import.mjs", settings: { module: "built:index.js" } },
  },
  call: {
    "fetch.get": { file: "fetch.mjs", settings: { work: "get" } },
    "ours.get": ours({ work: "get" }),
    "plain.get": plain({ work: "get" }),
    "fetch.post": { file: "fetch.mjs", settings: { work: "post" } },
    "ours.post": ours({ work: "post" }),
    "plain.post": plain({ work: "post" }),
  },
  decode: {
    parse: { file: "decode.mjs", source: true, settings: { part: "parse", dates: true } },
    schema: { file: "decode.mjs", source: true, settings: { part: "schema", dates: true } },
    decode: { file: "decode.mjs", source: true, settings: { part: "decode", dates: true } },
    undated: { file: "decode.mjs", source: true, settings: { part: "decode", dates: false } },
  },
};

const nodes = "100,000 nodes";
const pair = (id, group, ours, peer, metric, unit, bar, what) => ({ id, group, ours, peer, metric, unit, bar, what });

/** One line of the table: `ours` divided by `peer`, which should be at most `bar`. */
export const cases = [
  pair("read.cpu.vs-fetch", "read", "pages", "fetch", "cpu", "ms", 1.05, `CPU of reading ${nodes} by pages`),
  pair("read.wall.vs-fetch", "read", "pages", "fetch", "ms", "ms", 1.05, "time of the same"),
  pair("read.wall.vs-sdk", "read", "pages", "sdk", "ms", "ms", 0.9, "time of the same"),
  pair(
    "read.plain.wall.vs-fetch",
    "read",
    "plain",
    "fetch",
    "ms",
    "ms",
    undefined,
    "time of the same, without pygen/node",
  ),
  pair("read.rss.vs-fetch", "read", "pages", "fetch", "rss", "MB", 1.05, "peak memory of the same"),
  pair("read.query.vs-fetch", "read", "query", "fetch", "ms", "ms", 1.05, "time of the same, with a selection"),
  pair(
    "read.iterate.vs-fetch",
    "read",
    "iterate",
    "fetch",
    "ms",
    "ms",
    1.05,
    "time of client.instances.iterate by pages",
  ),
  ...["sdk", "fetch"].flatMap((peer) => [
    pair(
      `query.nested.vs-${peer}`,
      "query",
      "ours.nested",
      `${peer}.nested`,
      "ms",
      "ms",
      1,
      "time of 10,000 turbines with farm, blades and edges to masts, from the emulator",
    ),
    pair(
      `query.nested.requests.vs-${peer}`,
      "query",
      "ours.nested",
      `${peer}.nested`,
      "requests",
      "",
      1,
      "requests of the same",
    ),
    pair(
      `query.through-list.vs-${peer}`,
      "query",
      "ours.list",
      `${peer}.list`,
      "ms",
      "ms",
      1,
      "time of 10,000 turbines with inspections, backwards through a list",
    ),
    pair(
      `query.through-list.requests.vs-${peer}`,
      "query",
      "ours.list",
      `${peer}.list`,
      "requests",
      "",
      1,
      "requests of the same",
    ),
  ]),
  pair("items.wall.vs-fetch", "read", "items", "fetch", "ms", "ms", 1.15, `time of reading ${nodes} one by one`),
  pair(
    "read.prefetch-async.vs-sequential",
    "async",
    "pages",
    "fetch",
    "ms",
    "ms",
    0.62,
    "5 ms away, 5 ms of waiting a page",
  ),
  pair(
    "read.prefetch-sync.vs-sequential",
    "sync",
    "pages",
    "fetch",
    "ms",
    "ms",
    0.7,
    "5 ms away, 5 ms of computing a page",
  ),
  pair("read.rss-1m.vs-fetch", "million", "long", "fetch", "rss", "MB", 1.05, "peak memory of 1,000,000 nodes"),
  pair("read.rss-1m.vs-100k", "million", "long", "short", "rss", "MB", 1.25, "the same, against 100,000 of ours"),
  pair(
    "write.wall.vs-fetch",
    "write",
    "ours",
    "fetch",
    "ms",
    "ms",
    1.1,
    `time of writing ${nodes}, 4 requests at once`,
  ),
  pair("write.wall.vs-sdk", "write", "ours", "sdk", "ms", "ms", 0.55, "time of the same"),
  pair(
    "write.slow-link.vs-sdk",
    "link",
    "ours",
    "sdk",
    "ms",
    "ms",
    0.15,
    "the same, 20 ms away at 100 Mbit/s, packed by pygen/node",
  ),
  pair("write.slow-link-core.vs-sdk", "link", "core", "sdk", "ms", "ms", 0.2, "the same, packed by the core"),
  pair("import.vs-sdk", "import", "ours", "sdk", "ms", "ms", 1, "time of importing the package"),
  pair("import.vs-ky", "import", "ours", "ky", "ms", "ms", undefined, "time of importing ky in one file"),
  pair("write.plain.wall.vs-fetch", "write", "plain", "fetch", "ms", "ms", undefined, "writing without pygen/node"),
  pair("call.get.vs-fetch", "call", "ours.get", "fetch.get", "ms", "ms", undefined, "1,000 small GETs in turn"),
  pair("call.post.vs-fetch", "call", "ours.post", "fetch.post", "ms", "ms", undefined, "1,000 small POSTs in turn"),
  pair("call.plain.post.vs-fetch", "call", "plain.post", "fetch.post", "ms", "ms", undefined, "without pygen/node"),
  pair(
    "decode.row.vs-parse",
    "decode",
    "decode",
    "parse",
    "ms",
    "us",
    0.2,
    "checking and decoding a row of 12 values, one a time",
  ),
  pair("decode.undated-row.vs-parse", "decode", "undated", "parse", "ms", "us", 0.1, "the same without the time"),
  pair("decode.row.vs-schema", "decode", "decode", "schema", "ms", "us", 0.2, "with the time, against valibot"),
];
