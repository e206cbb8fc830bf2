// Answers the queries of memory-branches.mjs with canned pages: `branches-server.mjs PAGES`. Tells its port over IPC.
import { createServer } from "node:http";
import { pageOf } from "./branches-data.mjs";

const pages = Number(process.argv[2]);
const server = createServer({ keepAliveTimeout: 30_000 }, async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { with: sets, cursors } = JSON.parse(Buffer.concat(chunks).toString());
  const page = Number.parseInt(cursors?.root ?? "0", 10);
  const nextCursor = page + 1 < pages ? { root: String(page + 1) } : {};
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ items: pageOf(page, Object.keys(sets)), nextCursor }));
});
process.on("disconnect", () => process.exit(0));
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
