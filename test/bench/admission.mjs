// What it costs to find out how many requests a server works on at once: npm run build && node test/bench/admission.mjs
// The server (test/tools/fault-server-process.mjs) works on 2, 4 or 8 requests at once and answers 429 to more; the client's lane
// is set to 16 and does not know. 100,000 items go in 100 requests; ideal is ceil(requests / admitted) x service time.
// "x informed" is the time against a client whose lane is set to what the server admits, in the same run: what is lost by
// not knowing, without what the machine itself costs.
// With --json: one object `{ id: { ratio, ours, peer } }`, where the peer is the ideal.
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const dist = new URL("../../dist/index.js", import.meta.url);
const { PygenClient } = await import(dist.href);

const [serviceTime = 100, rounds = 3] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
const count = 100_000;
const needed = count / 1_000;
const source = { type: "container", space: "faults", externalId: "Item" };
const ids = Array.from({ length: count }, (_, index) => ({
  instanceType: "node",
  space: "faults",
  externalId: `n${index}`,
}));
const items = ids.map((id, value) => ({ ...id, sources: [{ source, properties: { value } }] }));

const child = fork(path.resolve(import.meta.dirname, "../tools/fault-server-process.mjs"), { execArgv: [] });
const [{ value: port }] = await once(child, "message");

async function ask(command, argument) {
  child.send({ id: 1, command, argument });
  const [{ value }] = await once(child, "message");
  return value;
}

/** Requests, wall time and what is stored after one run. */
async function measure(work, admit, lane) {
  await ask("configure", { admit, serviceTime, keep: true });
  const client = new PygenClient({
    baseUrl: `http://127.0.0.1:${port}`,
    project: "bench",
    application: "admission",
    credentials: { getToken: async () => ({ token: "any" }) },
    concurrency: { write: lane, delete: lane },
  });
  const started = performance.now();
  await work(client);
  const time = performance.now() - started;
  const { requests } = await ask("record");
  return { time, requests: requests.length, stored: (await ask("ids")).length };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const works = {
  upsert: { run: (client) => client.instances.upsert(items), left: count },
  delete: { run: (client) => client.instances.delete(ids), left: 0 },
};
const results = {};
const rows = [];
for (const admit of [2, 4, 8]) {
  const runs = { upsert: [], delete: [] };
  const informed = { upsert: [], delete: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { run, left }] of Object.entries(works)) {
      runs[name].push(await measure(run, admit, 16));
      if (runs[name].at(-1).stored !== left) throw new Error(`${name}: not all items were applied`);
    }
    for (const [name, { run }] of Object.entries(works)) informed[name].push(await measure(run, admit, admit));
  }
  const ideal = Math.ceil(needed / admit) * serviceTime;
  for (const [name, list] of Object.entries(runs)) {
    const time = median(list.map((run) => run.time));
    const requests = median(list.map((run) => run.requests));
    results[`admission.${name}.${admit}.requests`] = { ratio: requests / needed, ours: requests, peer: needed };
    results[`admission.${name}.${admit}.wall`] = { ratio: time / ideal, ours: time, peer: ideal };
    rows.push({
      call: name,
      admitted: admit,
      requests,
      "x requests": (requests / needed).toFixed(2),
      ms: Math.round(time),
      "ideal ms": ideal,
      "x time": (time / ideal).toFixed(2),
      "x informed": (time / median(informed[name].map((run) => run.time))).toFixed(2),
    });
  }
}
child.disconnect();
if (process.argv.includes("--json")) console.log(JSON.stringify(results));
else console.table(rows);
