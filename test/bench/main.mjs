// Compares the built package with its peers: `npm run bench -- --help`. Method and results: docs/benchmarks.md
import { existsSync } from "node:fs";
import path from "node:path";
import { runNode } from "../tools/step.mjs";
import { groups, services } from "./cases.mjs";
import { randomNumbers } from "./data.mjs";
import { measureEmulator } from "./emulator.mjs";
import { mostForOthers, watchLoad } from "./load.mjs";
import { readOptions } from "./options.mjs";
import { prepareModules, runVariant, startServer } from "./processes.mjs";
import { compare, shuffled } from "./statistics.mjs";
import { figureTable, footnote, table, writePage } from "./table.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const random = randomNumbers(Date.now());

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

async function buildIfMissing() {
  if (existsSync(path.join(root, "dist/index.js"))) return;
  progress("building");
  const rollup = path.join(root, "node_modules/rollup/dist/bin/rollup");
  const { ok, output } = await runNode(rollup, ["-c", "rollup.config.mjs"], { cwd: root });
  if (!ok) throw new Error(output);
}

/** Runs the variants of a group once, in any order. */
async function runRound(server, variants, modules) {
  const others = watchLoad();
  const before = await server.cpu();
  const own = process.cpuUsage();
  const round = {};
  let measured = 0;
  for (const [name, variant] of shuffled(Object.entries(variants), random)) {
    round[name] = await runVariant(server, variant, modules);
    measured += round[name].total;
  }
  const after = await server.cpu();
  const { user, system } = process.cpuUsage(own);
  const ours = (after.user + after.system - before.user - before.system + user + system) / 1e6 + measured / 1_000;
  return { round, others: others(ours) };
}

/** Rounds of a group, those that others disturbed once more, within bounds. */
async function runGroup(server, name, variants, { rounds, modules }) {
  const good = [];
  const disturbed = [];
  await runRound(server, variants, modules);
  for (let tries = 0; good.length < rounds && tries < 2 * rounds; tries++) {
    progress(
      `${name}: round ${good.length + 1} of ${rounds}${disturbed.length ? `, ${disturbed.length} disturbed` : ""}`,
    );
    const { round, others } = await runRound(server, variants, modules);
    (others === undefined || others <= mostForOthers ? good : disturbed).push(round);
  }
  const missing = Math.max(0, rounds - good.length);
  return { rounds: [...good, ...disturbed.slice(0, missing)], disturbed: missing };
}

async function measure({ selected, rounds }) {
  if (selected.length === 0) return { results: [], disturbed: 0 };
  const modules = await prepareModules();
  try {
    const results = new Map();
    let disturbed = 0;
    for (const [name, variants] of Object.entries(groups)) {
      const wanted = selected.filter(({ group }) => group === name);
      if (wanted.length === 0) continue;
      const used = new Set(wanted.flatMap(({ ours, peer }) => [ours, peer]));
      const needed = Object.fromEntries(Object.entries(variants).filter(([variant]) => used.has(variant)));
      const server = await startServer(services[name]);
      const done = await runGroup(server, name, needed, { rounds, modules }).finally(server.stop);
      disturbed = Math.max(disturbed, done.disturbed);
      for (const one of wanted) results.set(one.id, { ...one, ...compare(done.rounds, one) });
    }
    return { results: selected.map(({ id }) => results.get(id)), disturbed };
  } finally {
    modules.remove();
    progress("");
  }
}

async function measuredEmulator({ emulator, thousands }) {
  if (emulator.length === 0) return [];
  const measured = await measureEmulator({ thousands, progress });
  progress("");
  return measured.filter(({ id }) => emulator.some((one) => one.id === id));
}

const options = readOptions(process.argv.slice(2));
if (options.usage) {
  console.log(options.usage);
} else {
  // The emulator is measured from its source.
  if (options.selected.length > 0) await buildIfMissing();
  const { results, disturbed } = await measure(options);
  const figures = await measuredEmulator(options);
  const parts = [
    ...(results.length > 0 ? [table(results)] : []),
    ...(figures.length > 0 ? [figureTable(figures)] : []),
    footnote({ rounds: options.rounds, disturbed }),
  ];
  const text = parts.join("\n\n");
  if (options.write) writePage(text);
  if (options.json) {
    const ratios = results.map(({ id, ratio, ours, peer }) => [id, { ratio, ours, peer }]);
    const values = figures.map(({ id, value }) => [id, { value }]);
    console.log(JSON.stringify(Object.fromEntries([...ratios, ...values])));
  } else {
    console.log(text);
  }
}
