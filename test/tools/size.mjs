// Prints what the package costs those who use it, and fails where a limit is passed: `npm run size`, after a build.
// Bundled and minified by esbuild, files of script tags as they are, compressed by gzip -9; kB are 1,000 bytes. The peer is
// measured in the same way.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

const connect = `cluster: "westeurope-1", project: "acme", application: "app",
  credentials: { getToken: async () => ({ token: await (await fetch("/token")).text() }) }`;

/** Apps as people write them, and what they may cost in bytes, gzip. Where that is more than it should be, `aim` says so. */
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
    limit: 39_600,
    aim: 30_000,
    code: `import { bind, PygenClient } from "pygen";
      import { Turbine } from ${JSON.stringify(path.join(root, "examples/windfarm/sdk/index.js"))};
      const { turbine } = bind(new PygenClient({ ${connect} }), { turbine: Turbine });
      for await (const row of turbine.list()) console.log(row.name);`,
  },
  {
    name: "pygen: whole script tag file",
    limit: 51_400,
    aim: 38_000,
    file: "dist/cdn/pygen.min.js",
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

async function bundled(code) {
  const result = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "error",
    // The project's own would lead from the package to its sources.
    tsconfigRaw: {},
  });
  return result.outputFiles[0].contents;
}

/** One line per app: `{name, minified, gzip, limit, aim}`, in bytes. */
export async function measure() {
  return Promise.all(
    apps.map(async ({ name, limit, aim, code, file }) => {
      const output = file === undefined ? await bundled(code) : await readFile(path.join(root, file));
      return { name, minified: output.length, gzip: gzipSync(output, { level: 9 }).length, limit, aim };
    }),
  );
}

const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(7);

/** The lines as a table, and those that pass their limit. */
export function report(sizes) {
  const rows = sizes.map(({ name, minified, gzip, limit, aim }) => {
    const aimed = aim === undefined ? "" : `, aim ${kB(aim).trim()}`;
    const verdict =
      limit === undefined ? "" : `  limit ${kB(limit).trim()}${aimed}${gzip > limit ? "  TOO LARGE" : ""}`;
    return `${name.padEnd(34)} ${kB(minified)} ${kB(gzip)}${verdict}`;
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
