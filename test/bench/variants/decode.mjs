// What checking and decoding a row costs, beside reading it from JSON. Reads the source, by tsx.
import { compileRow } from "../../../src/runtime/decode/row.ts";
import { Pump, pageItems } from "../data.mjs";
import { report, settings } from "./measure.mjs";

const fields = Object.keys(Pump.properties).filter((name) => settings.dates || name !== "installedAt");
const text = `[${pageItems(0)}]`;
const decode = compileRow("node", Pump, fields);
const rounds = 200;
/** Microseconds a row: of the best round, since anything else in a few milliseconds is other work on the machine. */
const best = { parse: Number.POSITIVE_INFINITY, decode: Number.POSITIVE_INFINITY };
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  const items = JSON.parse(text);
  const parsed = performance.now();
  const rows = items.map(decode);
  const done = performance.now();
  if (rows.length !== items.length) throw new Error("rows are missing");
  best.parse = Math.min(best.parse, parsed - started);
  best.decode = Math.min(best.decode, done - parsed);
}
report({ ms: settings.part === "decode" ? best.decode : best.parse });
