// The emulator over HTTP with the farm of nested-data.mjs in it, in a process of its own. Speaks as server.mjs does, and
// tells how many requests there were.
import { instances, model, turbines } from "./nested-data.mjs";

// Not known by name to whoever looks at imports: it is there once the package is built.
const built = (name) => import(new URL(`../../dist/emulator/${name}.js`, import.meta.url).href);
const { createEmulator } = await built("index");
const { listen } = await built("node");

const emulator = createEmulator({ project: "bench" });
emulator.load(model, { global: false });
const items = instances(turbines);
for (let at = 0; at < items.length; at += 1_000) {
  const body = JSON.stringify({ items: items.slice(at, at + 1_000) });
  const headers = { "content-type": "application/json", authorization: "Bearer bench" };
  const url = "http://emulator/api/v1/projects/bench/models/instances";
  const answer = await emulator.fetch(new Request(url, { method: "POST", headers, body }));
  if (!answer.ok) throw new Error(await answer.text());
}

let requests = 0;
const counted = {
  ...emulator,
  fetch: (request) => {
    requests += 1;
    return emulator.fetch(request);
  },
};
const server = await listen(counted);

process.on("message", (message) => {
  if (message === "cpu") process.send({ cpu: process.cpuUsage() });
  else if (message === "requests") process.send({ requests });
  else process.send({ ready: true });
});
process.on("disconnect", () => process.exit(0));
process.send({ port: Number(new URL(server.url).port) });
