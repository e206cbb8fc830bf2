// A data modeling service that fails as it is told, in a process of its own. `fault-server.ts` starts it and talks to it
// over the channel between the processes; when that closes, however its parent ends, this process ends too.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { beforeApplied, faultOf, overloadText, refusalOf } from "./fault-server-faults.mjs";
import { FaultServerStore } from "./fault-server-store.mjs";

const defaults = {
  seed: 1,
  script: [],
  rates: {},
  faultsPerBody: Number.POSITIVE_INFINITY,
  paths: undefined,
  retryAfter: 1,
  tokens: [],
  expireAfter: Number.POSITIVE_INFINITY,
  admit: Number.POSITIVE_INFINITY,
  serviceTime: 0,
  gather: {},
  itemLimit: Number.POSITIVE_INFINITY,
  drip: { pieces: 20, every: 10 },
  custom: undefined,
};

const store = new FaultServerStore();
let plan = defaults;
let state = fresh();

function fresh() {
  return {
    requests: [],
    attempts: new Map(),
    earliest: new Map(),
    active: {},
    peaks: {},
    admitted: 0,
    token: 0,
    served: 0,
  };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const lanes = [
  ["write", /^\/models\/instances$/],
  ["delete", /^\/models\/instances\/delete$/],
  ["search", /^\/models\/instances\/(search|aggregate)$/],
  ["read", /^\/models\/instances\//],
  ["datapoints", /^\/(timeseries|sequences)\//],
  ["files", /^\/files\//],
];

const laneOf = (path) => lanes.find(([, pattern]) => pattern.test(path))?.[0] ?? "schema";

async function serve(incoming, outgoing) {
  const at = performance.now();
  const url = new URL(incoming.url ?? "/", "http://localhost");
  const path = url.pathname.replace(/^\/api\/v1\/projects\/[^/]+/, "");
  const lane = laneOf(path);
  enter(lane);
  const done = once(() => {
    state.active[lane] -= 1;
  });
  outgoing.on("close", done);
  const text = await read(incoming);
  if (text === undefined) return;
  const body = text === "" ? undefined : JSON.parse(text);
  const hash = createHash("sha1").update(text).digest("base64url").slice(0, 12);
  const key = `${incoming.method} ${path}${url.search} ${hash}`;
  const attempt = (state.attempts.get(key) ?? 0) + 1;
  state.attempts.set(key, attempt);
  const entry = {
    id: state.requests.length + 1,
    at,
    method: incoming.method,
    path,
    lane,
    hash,
    attempt,
    items: body?.items?.length ?? 0,
    limit: body?.limit,
    ids: (body?.items ?? []).slice(0, 3).map(({ externalId }) => externalId),
    bytes: Number(incoming.headers["content-length"] ?? 0),
    call: incoming.headers["x-test-call"],
    early: Math.max(0, (state.earliest.get(key) ?? 0) - at),
    active: state.active[lane],
    fault: undefined,
    status: undefined,
    applied: false,
    closedByClient: false,
  };
  state.requests.push(entry);
  state.earliest.delete(key);
  outgoing.on("close", () => {
    if (!outgoing.writableFinished && entry.endedAt === undefined) entry.closedByClient = true;
    entry.closedAt = performance.now();
  });
  await answer({ entry, incoming, outgoing, body, key, done });
}

async function answer({ entry, incoming, outgoing, body, key, done }) {
  const send = ({ status, headers = {}, text, earliest }, how) => {
    entry.status = status;
    if (earliest !== undefined) state.earliest.set(key, earliest);
    return deliver({ entry, outgoing, status, headers, text, how, done });
  };
  if (!isSignedIn(incoming.headers.authorization)) {
    entry.fault = "401";
    return send({ status: 401, text: JSON.stringify({ error: { code: 401, message: "Unauthorized" } }) });
  }
  if (state.admitted >= plan.admit) {
    entry.fault = "not-admitted";
    return send(refusalOf("429", plan.retryAfter));
  }
  state.admitted += 1;
  try {
    const fault =
      plan.paths === undefined || plan.paths.includes(entry.path) ? faultOf(plan, key, entry.attempt) : undefined;
    entry.fault = fault;
    const custom = fault === "custom" ? custom200(incoming.headers.authorization) : refusalOf(fault, plan.retryAfter);
    if (custom !== undefined) return await send(custom);
    if (Math.max(entry.items, entry.limit ?? 0) > plan.itemLimit) {
      entry.fault = "408";
      return await send({ status: 408, text: JSON.stringify({ error: { code: 408, message: overloadText } }) });
    }
    if (fault?.endsWith("rival-first")) store.overwrite(body.items);
    if (fault !== undefined && beforeApplied.has(fault.replace("-rival-first", ""))) {
      return await deliver({ entry, outgoing, how: fault.replace("-rival-first", ""), done });
    }
    const { status, body: value } = store.answer(entry.path, body, entry.id);
    await gathered(entry.lane);
    const left = plan.serviceTime - (performance.now() - entry.at);
    if (left > 0) await pause(left);
    entry.applied = status === 200;
    if (fault?.endsWith("rival-last")) store.overwrite(body.items);
    return await send({ status, text: JSON.stringify(value) }, fault?.replace("-rival-last", ""));
  } finally {
    state.admitted -= 1;
  }
}

/** Waits until so many requests of a lane have been under way at once as the plan says. */
async function gathered(lane) {
  while ((state.peaks[lane] ?? 0) < (plan.gather[lane] ?? 0)) await pause(1);
}

/** An answer of the test's own; `{authorization}` and `{token}` in it stand for what the client sent. */
function custom200(authorization = "") {
  const { status, headers = {}, text } = plan.custom;
  const token = authorization.replace("Bearer ", "");
  const fill = (value) => value.replaceAll("{authorization}", authorization).replaceAll("{token}", token);
  return {
    status,
    text: fill(text),
    headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, fill(v)])),
  };
}

/** The first token is good for so many requests, then the next one is, for good. */
function isSignedIn(authorization) {
  if (plan.tokens.length === 0) return true;
  const good = authorization === `Bearer ${plan.tokens[state.token]}`;
  if (good) state.served += 1;
  if (good && state.token === 0 && state.served >= plan.expireAfter) state.token = 1;
  return good;
}

/** Sends an answer, whole or in the way of the fault `how`. */
async function deliver({ entry, outgoing, status, headers, text = "", how, done }) {
  const socket = outgoing.socket;
  const end = () => {
    entry.endedAt = performance.now();
    done();
  };
  const bytes = Buffer.from(text);
  const half = Math.floor(bytes.length / 2);
  const head = (length) =>
    outgoing.writeHead(status, {
      "content-type": "application/json",
      "x-request-id": `request-${entry.id}`,
      ...(length === undefined ? {} : { "content-length": String(length) }),
      ...headers,
    });
  const write = (part) => new Promise((resolve) => outgoing.write(part, resolve));
  switch (how) {
    case "reset-before":
    case "reset-after":
      end();
      socket?.resetAndDestroy();
      return;
    case "stall-before":
    case "stall-headers":
      return;
    case "reset-within":
      head(bytes.length);
      await write(bytes.subarray(0, half));
      end();
      socket?.resetAndDestroy();
      return;
    case "stall-body":
      head(bytes.length);
      await write(bytes.subarray(0, half));
      return;
    case "503-after":
      end();
      outgoing.writeHead(503, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ error: { code: 503, message: "Injected 503." } }));
      return;
    case "truncated":
      head();
      end();
      outgoing.end(bytes.subarray(0, half));
      return;
    case "corrupt":
      end();
      head(bytes.length);
      bytes.write("\u0001", half, "latin1");
      bytes.write("}", 0, "latin1");
      outgoing.end(bytes);
      return;
    case "length-too-long":
      head(bytes.length + 100);
      await write(bytes);
      end();
      socket?.end();
      return;
    case "length-too-short":
      end();
      head(half);
      outgoing.end(bytes);
      return;
    case "empty":
      end();
      head(0);
      outgoing.end();
      return;
    case "drip":
      await drip(outgoing, bytes, () => head(bytes.length), end);
      return;
    default:
      end();
      head(bytes.length);
      outgoing.end(bytes);
  }
}

async function drip(outgoing, bytes, head, end) {
  const { pieces, every } = plan.drip;
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  head();
  for (let from = 0; from < bytes.length && !outgoing.destroyed; from += size) {
    outgoing.write(bytes.subarray(from, from + size));
    await pause(every);
  }
  if (outgoing.destroyed) return;
  end();
  outgoing.end();
}

async function read(incoming) {
  try {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    return (incoming.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch {
    return undefined;
  }
}

function enter(lane) {
  state.active[lane] = (state.active[lane] ?? 0) + 1;
  state.peaks[lane] = Math.max(state.peaks[lane] ?? 0, state.active[lane]);
}

function once(work) {
  let due = true;
  return () => {
    if (due) work();
    due = false;
  };
}

const commands = {
  /** Forgets what was recorded, and goes on by another plan; the store stays unless told. */
  configure({ keep = false, ...next }) {
    plan = { ...defaults, ...next };
    state = { ...fresh(), active: state.active, admitted: state.admitted };
    if (!keep) store.clear();
  },
  record: () => ({ requests: state.requests, peaks: state.peaks, now: performance.now() }),
  stored: () => store.all().map(({ externalId, version, by, values }) => ({ externalId, version, by, values })),
  ids: () => store.all().map(({ externalId }) => externalId),
};

// Numbers like Infinity do not survive the channel: what is left out of a plan stands for them.
process.on("message", ({ id, command, argument }) => {
  process.send?.({ id, value: commands[command](argument) ?? null });
});
process.on("disconnect", () => process.exit());

const server = createServer({ keepAliveTimeout: 120_000 }, serve);
server.listen(0, "127.0.0.1", () => process.send?.({ id: 0, value: server.address().port }));
