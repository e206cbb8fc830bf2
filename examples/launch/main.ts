/**
 * Starts an example with what it needs on this machine, a data service with the wind farm in it and an identity provider,
 * tells where it is, and stops all of it on Ctrl+C. `--json` tells in one line of JSON.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { cdn } from "./cdn.js";
import type { Example } from "./example.js";
import { startFarm } from "./farm.js";
import { nodeService } from "./node-service.js";
import { playground } from "./playground.js";
import { ssr } from "./ssr.js";
import { webApp } from "./web-app.js";

const examples = new Map<string, Example>([
  ["web-app", webApp],
  ["node-service", nodeService],
  ["cdn", cdn],
  ["playground", playground],
  ["ssr", ssr],
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false } },
});
const [name = ""] = positionals;
const example = examples.get(name);
if (!example) throw new Error(`There is no example '${name}': choose one of ${[...examples.keys()].join(", ")}.`);

const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
const running = await example(startFarm);
process.stdout.write(
  values.json
    ? `${JSON.stringify({ url: running.url })}\n`
    : ["", `Example   ${name}`, `Open      ${running.url}`, ...running.notes, "Ctrl+C stops it.", ""].join("\n"),
);
await stopped;
await running.stop();
