// What checking and decoding a row costs, beside reading it from JSON. Reads the source, by tsx.
import * as v from "valibot";
import { compileRow } from "../../../src/runtime/decode/row.ts";
import { Pump, pageItems } from "../data.mjs";
import { report, settings } from "./measure.mjs";

const fields = Object.keys(Pump.properties).filter((name) => settings.dates || name !== "installedAt");
const text = `[${pageItems(0)}]`;
const decode = compileRow("node", Pump, fields);

/** What a library for schemas makes of the same: checked by `looseObject`, times as `Date`. */
const maybe = (schema) => v.nullish(schema);
const values = v.looseObject({
  name: maybe(v.string()),
  description: maybe(v.string()),
  serialNumber: maybe(v.string()),
  tags: maybe(v.array(v.string())),
  pressure: maybe(v.number()),
  maxPressure: maybe(v.number()),
  runHours: maybe(v.pipe(v.number(), v.safeInteger())),
  isActive: maybe(v.boolean()),
  installedAt: maybe(
    v.pipe(
      v.string(),
      v.transform((time) => new Date(time)),
    ),
  ),
  lastServiceDate: maybe(v.string()),
  facility: maybe(v.looseObject({ space: v.string(), externalId: v.string() })),
  metadata: maybe(v.any()),
});
const node = v.looseObject({
  space: v.string(),
  externalId: v.string(),
  properties: v.looseObject({ [Pump.space]: v.looseObject({ [`${Pump.externalId}/${Pump.version}`]: values }) }),
});

const decoders = { decode, schema: (item) => v.parse(node, item) };
const read = decoders[settings.part] ?? decode;
const rounds = 200;
/** Microseconds a row: of the best round, since anything else in a few milliseconds is other work on the machine. */
const best = { parse: Number.POSITIVE_INFINITY, read: Number.POSITIVE_INFINITY };
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  const items = JSON.parse(text);
  const parsed = performance.now();
  const rows = items.map(read);
  const done = performance.now();
  if (rows.length !== items.length) throw new Error("rows are missing");
  best.parse = Math.min(best.parse, parsed - started);
  best.read = Math.min(best.read, done - parsed);
}
report({ ms: settings.part === "parse" ? best.parse : best.read });
