// The service as far as the benchmarks go: canned answers over HTTP, in a process of its own, so that what is measured
// is the client. Started by main.mjs, which tells it over IPC how slow to be.
import { createServer } from "node:http";
import { gunzipSync, constants as zlib } from "node:zlib";
import { cursorOf, nodesPerPage, pageItems, pageOfCursor, writtenItems } from "./data.mjs";

/** So many pages differ; longer walks go round. */
const distinct = 25;
const pages = Array.from({ length: distinct }, (_, page) => pageItems(page));
const listed = pages.map((items) => Buffer.from(`{"items":[${items}]`));
const queried = pages.map((items) => Buffer.from(`{"items":{"root":[${items}]}`));
const written = Array.from({ length: 100 }, (_, chunk) => Buffer.from(JSON.stringify({ items: writtenItems(chunk) })));
const spaces = Buffer.from(
  JSON.stringify({ items: [{ space: "plant", createdTime: 1, lastUpdatedTime: 2, isGlobal: false }] }),
);

let settings = { latency: 0, bytesPerSecond: Number.POSITIVE_INFINITY, pages: 100 };
let linkFreeAt = 0;

/** When a body of so many bytes has passed the one link that all requests share. */
function arrival(bytes) {
  const now = performance.now();
  linkFreeAt = Math.max(now, linkFreeAt) + (bytes / settings.bytesPerSecond) * 1_000;
  return linkFreeAt - now + settings.latency;
}

function send(response, parts, delay) {
  const respond = () => {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": parts.reduce((sum, part) => sum + part.length, 0),
    });
    for (const part of parts.slice(0, -1)) response.write(part);
    response.end(parts.at(-1));
  };
  if (delay < 1) respond();
  else setTimeout(respond, delay);
}

function tail(page, name) {
  if (page + 1 >= settings.pages) return Buffer.from(name ? ',"nextCursor":{}}' : "}");
  const cursor = JSON.stringify(cursorOf(page + 1));
  return Buffer.from(name ? `,"nextCursor":{"${name}":${cursor}}}` : `,"nextCursor":${cursor}}`);
}

function read(body, first, name, cursor) {
  const page = pageOfCursor(cursor(JSON.parse(body)));
  return [first[page % distinct], tail(page, name)];
}

/** The chunk that a write begins with: its first node is at the beginning of the body. */
function chunkOf(body, packed) {
  const start = packed ? gunzipSync(body.subarray(0, 4_096), { finishFlush: zlib.Z_SYNC_FLUSH }) : body;
  const id = /"pump_(\d+)"/.exec(start.subarray(0, 2_048).toString("latin1"));
  return id === null ? 0 : Number(id[1]) / nodesPerPage;
}

function answer(path, request, body) {
  if (path.endsWith("/instances/list")) return read(body, listed, "", ({ cursor }) => cursor);
  if (path.endsWith("/instances/query")) return read(body, queried, "root", ({ cursors }) => cursors?.root);
  if (path.endsWith("/instances")) {
    return [written[chunkOf(body, request.headers["content-encoding"] === "gzip") % written.length]];
  }
  return [spaces];
}

const server = createServer({ keepAliveTimeout: 30_000, noDelay: true }, (request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const path = request.url.split("?")[0];
    send(response, answer(path, request, body), arrival(body.length));
  });
});

process.on("message", (message) => {
  if (message === "cpu") {
    process.send({ cpu: process.cpuUsage() });
    return;
  }
  if (message === "requests") {
    process.send({});
    return;
  }
  settings = { latency: 0, bytesPerSecond: Number.POSITIVE_INFINITY, pages: 100, ...message };
  process.send({ ready: true });
});
process.on("disconnect", () => process.exit(0));
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
