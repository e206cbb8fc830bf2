// The emulator by itself: how fast it takes a million nodes, what they cost, and how fast it answers over them.
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import os from "node:os";
import path from "node:path";
import { bundledEmulator } from "../tools/emulator-process.mjs";
import { nodesPerPage, nodesToWrite, randomNumbers, space, viewId } from "./data.mjs";
import { quantile } from "./statistics.mjs";

const figure = (id, what, unit, bar, atLeast = false) => ({ id, what, unit, bar, atLeast });

/** What is measured, and what it is to be: at most, or at least. */
export const figures = [
  figure("emulator.load", "nodes with 12 properties a second, 1,000 a request, 4 requests at once", "/s", 40_000, true),
  figure("emulator.memory", "heap and external memory of a node", "bytes", 1_500),
  figure("emulator.list", "a page of 1,000 of them by an indexed filter, p95", "ms", 15),
  figure("emulator.sorted", "a page of 1,000 of them in the order of an index, p95", "ms", undefined),
  figure("emulator.page-cost", "a page of 1,000 against one out of 10,000 nodes", "times", 1.5),
  figure("emulator.query", "1,000 roots, 3 children and 9 grandchildren each, 3 properties, p95", "ms", 80),
  figure("emulator.snapshot", "a snapshot of 1,000 nodes and a model, p95", "ms", undefined),
  figure("emulator.restore", "bringing it back, p95", "ms", undefined),
  figure("emulator.reset", "emptying the emulator, p95", "ms", undefined),
  figure("emulator.load-kept", "nodes a second, kept in a folder", "/s", undefined, true),
  figure("emulator.restart", "from killing it to the first answer", "s", 20),
];

const type = (name, more) => ({ type: { type: name, ...more } });
const properties = {
  name: { ...type("text"), nullable: false },
  description: type("text"),
  serialNumber: type("text"),
  tags: type("text", { list: true }),
  pressure: type("float64"),
  maxPressure: type("float32"),
  runHours: type("int64"),
  isActive: type("boolean"),
  installedAt: type("timestamp"),
  lastServiceDate: type("date"),
  facility: type("direct"),
  metadata: type("json"),
};
const indexes = { byHours: { properties: ["runHours"], cursorable: true } };
const partView = { ...viewId, externalId: "Part" };
const partProperties = { name: type("text"), size: type("int32"), parent: type("direct") };

/** So many different requests; later ones have the same values under other ids. */
const DISTINCT = 50;

const agent = new Agent({ keepAlive: true });

/** Sends a body and reads the whole answer, without parsing it. */
function call(url, project, at, body) {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: "Bearer bench",
      "content-type": "application/json",
      "content-length": bytes.length,
    };
    const sent = request(
      `${url}/api/v1/projects/${project}/models${at}`,
      { method: "POST", agent, headers },
      (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks);
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${answer.statusCode} ${text}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(bytes);
  });
}

async function deploy(url, project) {
  const container = (externalId, columns, more) => ({ space, externalId, properties: columns, ...more });
  const mapped = (externalId, columns) => ({
    space,
    externalId,
    version: "v1",
    properties: Object.fromEntries(
      Object.keys(columns).map((id) => [
        id,
        { container: { type: "container", space, externalId }, containerPropertyIdentifier: id },
      ]),
    ),
  });
  await call(url, project, "/spaces", { items: [{ space }] });
  await call(url, project, "/containers", {
    items: [container("Pump", properties, { indexes }), container("Part", partProperties)],
  });
  await call(url, project, "/views", { items: [mapped("Pump", properties), mapped("Part", partProperties)] });
}

/** Loads nodes, and gives how many a second. */
async function load(url, project, requests, progress) {
  const texts = Array.from({ length: Math.min(DISTINCT, requests) }, (_, chunk) =>
    JSON.stringify({ items: nodesToWrite(chunk) }),
  );
  let next = 0;
  const started = performance.now();
  const work = async () => {
    while (next < requests) {
      const at = next;
      next += 1;
      const round = Math.floor(at / texts.length);
      await call(url, project, "/instances", texts[at % texts.length].replaceAll('"pump_', `"pump_${round}_`));
      if (at % 50 === 0) progress(`emulator: ${at} of ${requests} thousand nodes loaded`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return (requests * nodesPerPage * 1_000) / (performance.now() - started);
}

/** Three levels of parts, each with a relation to the one above. */
async function plant(url, project) {
  const part = (externalId, parent) => ({
    instanceType: "node",
    space,
    externalId,
    sources: [
      {
        source: partView,
        properties: {
          name: externalId,
          size: externalId.length,
          ...(parent && { parent: { space, externalId: parent } }),
        },
      },
    ],
  });
  const roots = Array.from({ length: 1_000 }, (_, root) => `root_${root}`);
  const under = (parents) => parents.flatMap((parent) => [0, 1, 2].map((at) => [`${parent}_${at}`, parent]));
  const children = under(roots);
  const items = [
    ...roots.map((root) => part(root)),
    ...[...children, ...under(children.map(([child]) => child))].map(([id, parent]) => part(id, parent)),
  ];
  for (let from = 0; from < items.length; from += 1_000) {
    await call(url, project, "/instances", { items: items.slice(from, from + 1_000) });
  }
}

async function timed(times, run) {
  const taken = [];
  for (let count = 0; count < times; count++) {
    const started = performance.now();
    const { items } = JSON.parse(await run(count, () => taken.push(performance.now() - started)));
    const counts = Array.isArray(items) ? [items.length] : Object.values(items).map(({ length }) => length);
    if (counts.some((length) => length === 0)) throw new Error("an answer is empty");
  }
  return taken;
}

const path3 = (id) => [space, "Pump/v1", id];
const sources = [{ source: viewId }];

/** A page of a thousand: so many nodes in all that a range of this width has somewhat more. */
function pageRequest(random, nodes) {
  const width = (1e6 * 1_500) / nodes;
  const gte = Math.floor(random() * Math.max(0, 1e6 - width));
  return { sources, limit: 1_000, filter: { range: { property: path3("runHours"), gte, lt: Math.ceil(gte + width) } } };
}

const chain = (from) => ({
  nodes: { from, through: { source: partView, identifier: "parent" }, direction: "inwards" },
  limit: 10_000,
});
const levels = {
  with: {
    roots: {
      nodes: {
        filter: {
          and: [{ hasData: [partView] }, { not: { exists: { property: [space, "Part/v1", "parent"] } } }],
        },
      },
      limit: 1_000,
    },
    children: chain("roots"),
    grandchildren: chain("children"),
  },
  select: Object.fromEntries(
    ["roots", "children", "grandchildren"].map((name) => [
      name,
      { sources: [{ source: partView, properties: ["*"] }] },
    ]),
  ),
};

/** Measures all figures; `thousands` of nodes are loaded. */
export async function measureEmulator({ thousands = 1_000, times = 200, progress }) {
  const values = {};
  const folder = mkdtempSync(path.join(os.tmpdir(), "pygen-bench-data-"));
  const emulator = await bundledEmulator();
  try {
    const server = emulator.start();
    const url = await server.ready;
    await deploy(url, "large");
    values["emulator.load"] = await load(url, "large", thousands, progress);
    values["emulator.memory"] = (await server.memory()) / (thousands * nodesPerPage);
    await deploy(url, "small");
    await load(url, "small", 10, progress);
    await plant(url, "large");
    progress("emulator: pages");
    Object.assign(values, await measureReads(url, thousands * nodesPerPage, times));
    await server.kill();
    progress("emulator: snapshots");
    Object.assign(values, await measureSnapshots(emulator.start(), progress));

    const kept = emulator.start({ data: folder });
    await deploy(await kept.ready, "large");
    values["emulator.load-kept"] = await load(await kept.ready, "large", thousands, progress);
    await kept.kill();
    progress("emulator: restart");
    const started = performance.now();
    const again = emulator.start({ data: folder });
    await call(await again.ready, "large", "/instances/list", { sources, limit: 1 });
    values["emulator.restart"] = (performance.now() - started) / 1_000;
    await again.kill();
  } finally {
    emulator.remove();
    rmSync(folder, { recursive: true, force: true });
    agent.destroy();
  }
  return figures.map((one) => ({ ...one, value: values[one.id] }));
}

/** What a test needs for a state of its own: as much as tests hold. */
async function measureSnapshots(server, progress) {
  const url = await server.ready;
  await deploy(url, "test");
  await load(url, "test", 1, progress);
  const rounds = await server.snapshots();
  await server.kill();
  return Object.fromEntries(
    ["snapshot", "restore", "reset"].map((name) => [
      `emulator.${name}`,
      quantile(
        rounds.map((one) => one[name]),
        0.95,
      ),
    ]),
  );
}

async function measureReads(url, nodes, times) {
  const random = randomNumbers(1);
  const page = (project, count) => async (_at, done) => {
    const text = await call(url, project, "/instances/list", pageRequest(random, count));
    done();
    return text;
  };
  const sorted = async (_at, done) => {
    const sort = [{ property: path3("runHours"), direction: "descending" }];
    const text = await call(url, "large", "/instances/list", { sources, limit: 1_000, sort });
    done();
    return text;
  };
  const tree = async (_at, done) => {
    const text = await call(url, "large", "/instances/query", levels);
    done();
    return text;
  };
  await timed(10, page("large", nodes));
  await timed(10, page("small", 10_000));
  const large = [];
  const small = [];
  // In turns, so that what slows the machine down slows both down.
  for (let round = 0; round < times; round++) {
    large.push(...(await timed(1, page("large", nodes))));
    small.push(...(await timed(1, page("small", 10_000))));
  }
  await timed(3, sorted);
  await timed(3, tree);
  return {
    "emulator.list": quantile(large, 0.95),
    "emulator.page-cost": quantile(large, 0.5) / quantile(small, 0.5),
    "emulator.sorted": quantile(await timed(times / 4, sorted), 0.95),
    "emulator.query": quantile(await timed(times / 4, tree), 0.95),
  };
}
