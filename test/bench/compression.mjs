// What packing request bodies costs and saves, by size: node test/bench/compression.mjs [megabits per second]
// Bodies are those of upserts; times are medians. "pays" says whether packing takes less time than sending what it saves.
import { promisify } from "node:util";
import { gunzipSync, gzip, gzipSync } from "node:zlib";

const megabits = Number(process.argv[2] ?? 100);
const words =
  "pump valve turbine north south inlet outlet main spare motor hall level flow rate bearing seal stage".split(" ");
let seed = 1;
const random = () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};
const word = () => words[Math.floor(random() * words.length)];
const source = { type: "view", space: "plant", externalId: "Pump", version: "v1" };
const node = (index) => ({
  instanceType: "node",
  space: "data",
  externalId: `pump_${index}`,
  sources: [
    {
      source,
      properties: {
        name: `${word()} ${word()} ${index}`,
        description: Array.from({ length: 12 }, word).join(" "),
        serialNumber: Math.floor(random() * 1e12).toString(36),
        pressure: random() * 100,
        runHours: Math.floor(random() * 1e6),
        isActive: random() < 0.5,
        installedAt: new Date(1.6e12 + Math.floor(random() * 1e11)).toISOString(),
        facility: { space: "data", externalId: `facility_${Math.floor(random() * 100)}` },
      },
    },
  ],
});
const nodes = Array.from({ length: 2_000 }, (_, index) => node(index));
const bodyOf = (bytes) => {
  let count = 1;
  while (count < nodes.length && JSON.stringify({ items: nodes.slice(0, count) }).length < bytes) count += 1;
  return JSON.stringify({ items: nodes.slice(0, count) });
};

const packers = {
  CompressionStream: async (text) => {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  },
  "zlib level 1": (text) => promisify(gzip)(text, { level: 1 }),
  "zlib level 1, sync": async (text) => gzipSync(text, { level: 1 }),
};

async function median(run, rounds) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

console.log(`packer               body bytes  packed  ratio      ms   saved at ${megabits} Mbit/s   pays`);
for (const size of [300, 1_000, 2_000, 4_000, 8_000, 16_000, 64_000, 256_000, 1_000_000]) {
  const text = bodyOf(size);
  for (const [name, pack] of Object.entries(packers)) {
    const packed = await pack(text);
    if (gunzipSync(packed).toString() !== text) throw new Error(`${name} does not pack what it is given`);
    const rounds = Math.max(15, Math.min(300, Math.round(3_000_000 / text.length)));
    await median(() => pack(text), rounds);
    const ms = await median(() => pack(text), rounds);
    const saved = ((text.length - packed.length) * 8) / (megabits * 1_000);
    console.log(
      [
        name.padEnd(20),
        String(text.length).padStart(10),
        String(packed.length).padStart(7),
        (packed.length / text.length).toFixed(2).padStart(6),
        ms.toFixed(3).padStart(7),
        `${saved.toFixed(3)} ms`.padStart(22),
        saved > ms ? "  yes" : "   no",
      ].join(" "),
    );
  }
}
