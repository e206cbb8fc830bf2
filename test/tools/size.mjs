// Prints what the package costs those who use it, and fails where a limit is passed: `npm run size`, after a build.
// Applications are bundled by Vite, and run: what counts is each file that is loaded when they do.
// Files of script tags are taken as they are. Compressed by gzip -9, file by file; kB are 1,000 bytes.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { loadedCode } from "./loaded-code.mjs";

const root = path.resolve(import.meta.dirname, "../..");

const connect = `cluster: "westeurope-1", project: "acme", application: "app",
  credentials: { getToken: async () => ({ token: await (await fetch("/token")).text() }) }`;

/** Apps as people write them, and what they may cost in bytes, gzip. */
const apps = [
  {
    name: "pygen: lists spaces",
    limit: 24_000,
    code: `import { PygenClient } from "pygen";
      const client = new PygenClient({ ${connect} });
      for await (const space of client.spaces.iterate()) console.log(space.space);`,
  },
  {
    name: "pygen: lists one generated view",
    limit: 30_000,
    code: `import { bind, PygenClient } from "pygen";
      import { Turbine } from ${JSON.stringify(path.join(root, "examples/windfarm/sdk/index.ts"))};
      const { turbine } = bind(new PygenClient({ ${connect} }), { turbine: Turbine });
      for await (const row of turbine.list()) console.log(row.name);`,
  },
  {
    name: "pygen: whole script tag file",
    limit: 38_000,
    file: "dist/cdn/pygen.min.js",
    more: ["dist/cdn/pygen.more.min.js"],
  },
  {
    name: "pygen: script tag file of sign-in",
    limit: 68_000,
    file: "dist/cdn/pygen.auth.min.js",
  },
  {
    name: "@cognite/sdk: lists instances",
    code: `import { CogniteClient } from "@cognite/sdk";
      const client = new CogniteClient({ appId: "app", project: "acme", oidcTokenProvider: async () => "token" });
      console.log(await client.instances.list({ instanceType: "node" }));`,
  },
];

/** One line per app, in bytes: `{name, minified, gzip, limit}`, and in `later` what it loads on first use of more. */
export async function measure() {
  return Promise.all(
    apps.map(async ({ name, limit, code, file, more = [] }) => {
      if (file === undefined) return { name, limit, ...(await loadedCode(code, root)) };
      const later = more.map((part) => ({ name: path.basename(part), ...sizeOf(part) }));
      return { name, limit, ...sizeOf(file), later };
    }),
  );
}

function sizeOf(file) {
  const text = readFileSync(path.join(root, file));
  return { minified: text.length, gzip: gzipSync(text, { level: 9 }).length };
}

const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(7);

const line = (name, { minified, gzip }) => `${name.padEnd(34)} ${kB(minified)} ${kB(gzip)}`;

/** The lines as a table, and those that pass their limit. */
export function report(sizes) {
  const rows = sizes.flatMap(({ name, limit, later, ...size }) => {
    const verdict = limit === undefined ? "" : `  limit ${kB(limit).trim()}${size.gzip > limit ? "  TOO LARGE" : ""}`;
    return [`${line(name, size)}${verdict}`, ...later.map((part) => line(`  and with ${part.name}`, part))];
  });
  return {
    text: [`${"kB".padEnd(34)} minified    gzip`, ...rows].join("\n"),
    tooLarge: sizes.filter(({ gzip, limit }) => limit !== undefined && gzip > limit).map(({ name }) => name),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync(path.join(root, "dist/index.js"))) {
    process.stderr.write("There is no dist/: run npm run build first.\n");
    process.exit(2);
  }
  const { text, tooLarge } = report(await measure());
  process.stdout.write(`${text}\n`);
  process.exitCode = tooLarge.length === 0 ? 0 : 1;
}
