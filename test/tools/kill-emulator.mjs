// Kills an emulator in the middle of writes, again and again, and looks whether all that was answered is there, and
// nothing by halves: `node test/tools/kill-emulator.mjs --count 1000 [--seed n]`
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { randomNumbers } from "../bench/data.mjs";
import { bundledEmulator, caller, deployThing, view } from "./emulator-process.mjs";

const WRITERS = 8;
/** Most answers before a kill. */
const MOST_ANSWERS = 100;
/** What one request writes, all of it or nothing: so many nodes, and an edge. */
const GROUP = 4;

const node = (externalId, value) => ({
  instanceType: "node",
  space: "s",
  externalId,
  sources: [{ source: view, properties: { value, name: `${externalId} ${value}`, tags: [String(value % 7)] } }],
});

/** One that writes numbers one after the other, and knows which were answered. */
class Writer {
  constructor(name) {
    this.ids = Array.from({ length: GROUP }, (_, at) => `${name}_${at}`);
    this.edge = `${name}_edge`;
    /** The last number that was answered, and the one that is on its way; a negative one deletes. */
    this.answered = 0;
    this.sent = 0;
    this.next = 1;
  }

  body(value) {
    const ids = [
      ...this.ids.map((externalId) => ({ instanceType: "node", space: "s", externalId })),
      { instanceType: "edge", space: "s", externalId: this.edge },
    ];
    if (value < 0) return { items: [], delete: ids };
    const [start, end] = this.ids.map((externalId) => ({ space: "s", externalId }));
    const type = { space: "s", externalId: `t${value}` };
    const edge = { instanceType: "edge", space: "s", externalId: this.edge, type, startNode: start, endNode: end };
    return { items: [...this.ids.map((id) => node(id, value)), edge] };
  }

  async run(call, url, random, answered) {
    for (;;) {
      const value = random() < 0.15 ? -this.next : this.next;
      this.next += 1;
      this.sent = value;
      const { status } = await call(url, "/instances", this.body(value));
      if (status === 0) return;
      if (status !== 200) throw new Error(`a write was answered with ${status}`);
      this.answered = value;
      answered();
    }
  }

  /** The number that a project holds for this writer: 0 or less when there is nothing. */
  check(values, edges, place) {
    const held = new Set(this.ids.map((id) => values.get(id)));
    if (held.size !== 1) throw new Error(`${place}: half a write is there: ${JSON.stringify([...held])}`);
    const [value] = held;
    if (edges.get(this.edge) !== (value === undefined ? undefined : `t${value}`)) {
      throw new Error(`${place}: an edge is not of the write of its nodes: ${edges.get(this.edge)} at ${value}`);
    }
    const possible = [this.answered, this.sent].map((number) => (number > 0 ? number : undefined));
    if (!possible.includes(value)) {
      throw new Error(`${place}: ${value} is there, ${this.answered} was answered and ${this.sent} on its way`);
    }
    this.answered = value ?? 0;
  }
}

async function check(call, url, writers, place) {
  const nodes = await call(url, "/instances/list", { sources: [{ source: view }], limit: 1_000 });
  const edges = await call(url, "/instances/list", { instanceType: "edge", limit: 1_000 });
  const values = new Map(
    nodes.body.items.map(({ externalId, properties }) => [externalId, properties.s["Thing/v1"].value]),
  );
  const types = new Map(edges.body.items.map(({ externalId, type }) => [externalId, type.externalId]));
  for (const writer of writers) writer.check(values, types, place);
}

/** Kills so many times; gives how many writes were answered. Throws at the first one that is lost or torn. */
export async function killEmulator({ count, seed = Date.now(), progress = () => undefined }) {
  const random = randomNumbers(seed);
  const folder = mkdtempSync(path.join(os.tmpdir(), "pygen-kill-"));
  const emulator = await bundledEmulator();
  const writers = Array.from({ length: WRITERS }, (_, at) => new Writer(`w${at}`));
  let written = 0;
  try {
    for (let run = 0; run <= count; run++) {
      const place = `run ${run} of seed ${seed}`;
      const server = emulator.start({ data: folder, compactAfter: 50_000 });
      // Some do not even come to listen.
      const early = run > 0 && run < count && random() < 0.05;
      if (early) await wait(random() * 150);
      const url = early ? undefined : await server.ready;
      if (!early && url === undefined) throw new Error(`${place}: the emulator did not start`);
      if (url !== undefined) {
        const { call, close } = caller(WRITERS);
        if (run === 0) await deployThing(call, url);
        await check(call, url, writers, place);
        const before = writers.reduce((sum, { next }) => sum + next, 0);
        if (run < count) {
          let writing = [];
          // After some answers, and somewhere within the next ones.
          let left = Math.floor(random() * MOST_ANSWERS);
          await new Promise((resolve) => {
            const answered = () => {
              left -= 1;
              if (left < 0) setTimeout(resolve, random() * 10);
            };
            writing = writers.map((writer) => writer.run(call, url, random, answered));
          });
          await server.kill();
          await Promise.all(writing);
        }
        written += writers.reduce((sum, { next }) => sum + next, 0) - before;
        close();
      }
      await server.kill();
      progress(`${run} of ${count} kills, ${written} writes`);
    }
    return written;
  } finally {
    emulator.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { count: { type: "string", default: "1000" }, seed: { type: "string", default: String(Date.now()) } },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  const written = await killEmulator({ count, seed, progress: (text) => process.stderr.write(`\r${text}`) });
  console.log(`\n${count} kills with seed ${seed}: none of ${written} writes was lost or torn.`);
}
