import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../tools/certificate.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const doors = [
  "pygen",
  "pygen/codegen",
  "pygen/cognite-sdk",
  "pygen/emulator",
  "pygen/emulator/node",
  "pygen/node",
  "pygen/tracing",
];
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

let app: string;

function run(command: string, args: string[]): string {
  return execFileSync(command, args, { cwd: app, encoding: "utf8" });
}

/** Runs a script, once as a module and once as CommonJS: `load` stands for what gives a door's exports. */
function bothWays(script: (load: (door: string) => string) => string): string[] {
  const module = script((door) => `await import("${door}")`);
  const common = script((door) => `require("${door}")`);
  return [
    run(process.execPath, ["--input-type=module", "-e", `(async () => { ${module} })()`]),
    run(process.execPath, ["-e", `(async () => { ${common} })()`]),
  ].map((output) => output.trim());
}

beforeAll(() => {
  app = mkdtempSync(path.join(tmpdir(), "pygen-packed-"));
  execFileSync(npm, ["pack", "--ignore-scripts", "--pack-destination", app], { cwd: root, stdio: "pipe" });
  const tarball = readdirSync(app).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new Error("npm pack wrote no tarball");
  writeFileSync(path.join(app, "package.json"), JSON.stringify({ name: "app", private: true }));
  run(npm, ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`]);
}, 120_000);

afterAll(() => rmSync(app, { recursive: true, force: true }));

describe("the packed package, installed in an empty project", () => {
  it("installs nothing but itself", () => {
    const installed = readdirSync(path.join(app, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["pygen"]);
  });

  it.each(doors)("%s loads by import and by require, with the same names", (door) => {
    const names = `Object.keys(door).filter((name) => name !== "default").sort().join()`;
    const imported = run(process.execPath, [
      "--input-type=module",
      "-e",
      `import * as door from "${door}"; console.log(${names})`,
    ]);
    const required = run(process.execPath, ["-e", `const door = require("${door}"); console.log(${names})`]);
    expect(imported.trim()).not.toBe("");
    expect(required).toBe(imported);
  });

  it.each([
    { lib: "es2022,dom", types: [] },
    { lib: "es2022,dom", types: ["node"] },
    { lib: "es2022", types: ["node"] },
  ])(
    "has declarations that hold by themselves, whatever the libraries: %j",
    ({ lib, types }) => {
      const files = ["app.mts", "app.cts"].map((name) => path.join(app, name));
      const text = doors.map((door, index) => `export * as door${index} from "${door}";`).join("\n");
      for (const file of files)
        writeFileSync(
          file,
          `${text}\nexport async function use(pool: import("pygen/node").ConnectionPool) { await using own = pool; return own; }\n`,
        );
      const compiler = path.join(root, "node_modules/typescript/bin/tsc");
      const target = ["--target", "es2022", "--lib", lib, "--module", "nodenext"];
      const roots = [
        "--typeRoots",
        path.join(root, "node_modules/@types"),
        ...types.flatMap((name) => ["--types", name]),
      ];
      const flags = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--noEmit"];
      expect(run(process.execPath, [compiler, ...target, ...roots, ...flags, ...files])).toBe("");
    },
    60_000,
  );

  it("pygen/tracing says which package it misses, and works once it is there", () => {
    const script = (load: (door: string) => string): string =>
      `const { tracing } = ${load("pygen/tracing")};
       console.log(await tracing().then((hooks) => typeof hooks.onStart, ({ code, hint }) => code + " " + hint));`;
    const missing = "CONFIG.PEER Run: npm install @opentelemetry/api";
    expect(bothWays(script)).toEqual([missing, missing]);
    const peers = path.join(app, "node_modules/@opentelemetry");
    mkdirSync(peers);
    symlinkSync(path.join(root, "node_modules/@opentelemetry/api"), path.join(peers, "api"), "junction");
    try {
      expect(bothWays(script)).toEqual(["function", "function"]);
    } finally {
      rmSync(peers, { recursive: true });
    }
  });

  it("pygen/node sends over its own connections, and lets the process end once they are closed", () => {
    const script = (load: (door: string) => string): string =>
      `await fetch("data:,the built-in fetch sets its global dispatcher");
       const global = () => [1, 2].map((version) => globalThis[Symbol.for("undici.globalDispatcher." + version)]);
       const before = global();
       const { connectionPool } = ${load("pygen/node")};
       const { PygenClient, token } = ${load("pygen")};
       const { createEmulator } = ${load("pygen/emulator")};
       const { listen } = ${load("pygen/emulator/node")};
       const server = await listen(createEmulator());
       const transport = connectionPool({ connections: 2 });
       const options = { baseUrl: server.url, project: "acme", application: "tests", credentials: token("t") };
       const client = new PygenClient({ ...options, transport });
       await client.spaces.create(Array.from({ length: 250 }, (_, index) => ({ space: "space_" + index })));
       const { length } = await client.spaces.list();
       await client.close();
       await server.close();
       console.log(length, await client.spaces.list().catch(({ code }) => code));
       console.log(global().every((dispatcher, index) => dispatcher === before[index]));`;
    expect(bothWays(script)).toEqual(["250 ABORT.CLOSED\ntrue", "250 ABORT.CLOSED\ntrue"]);
  });

  it("pygen/node speaks HTTP/2 over TLS", () => {
    const certificate = selfSigned();
    const script = (load: (door: string) => string): string =>
      `const { connectionPool } = ${load("pygen/node")};
       const { createSecureServer } = await import("node:http2");
       const server = createSecureServer(${JSON.stringify(certificate)}, (request, response) => response.end(request.httpVersion));
       await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
       const pool = connectionPool({ http2: true, ca: ${JSON.stringify(certificate.cert)} });
       const answer = await pool.fetch(new Request("https://127.0.0.1:" + server.address().port));
       console.log(await answer.text());
       await pool.close();
       server.close();`;
    expect(bothWays(script)).toEqual(["2.0", "2.0"]);
  });

  it("pygen/cognite-sdk takes a client without having the package", () => {
    const script = (load: (door: string) => string): string =>
      `const { fromCogniteClient } = ${load("pygen/cognite-sdk")};
       const answer = async () => ({ status: 200, headers: {}, data: { items: [] } });
       const cognite = { project: "acme", getBaseUrl: () => "https://example.com", get: answer, post: answer };
       const { PygenClient } = ${load("pygen")};
       const client = fromCogniteClient(cognite);
       console.log(client instanceof PygenClient, JSON.stringify(await client.spaces.list()));`;
    expect(bothWays(script)).toEqual(["true []", "true []"]);
  });

  it("puts the command pygen in place", () => {
    const command = path.join(app, "node_modules", ".bin", process.platform === "win32" ? "pygen.cmd" : "pygen");
    expect(run(command, ["--help"])).toContain("emulator");
  });
});
