import path from "node:path";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installRuntimes, type Runtime, runtimes } from "../../tools/runtimes.mjs";
import { doors, end, manifest, measured, PackedApp } from "./packed-app.js";
import { PROJECT, QUERY, ROW_TEXT, ROWS, startWindfarm } from "./windfarm-server.js";

// Installed before the tests are told apart by what is there.
await installRuntimes().catch((error: Error) => console.log(`npm ci in test/runtimes failed: ${error.message}`));
const found = new Map<string, Runtime>(runtimes().map((runtime) => [runtime.name, runtime]));
const usable = (name: string): boolean => found.get(name)?.missing === undefined;
const nodes = ["node 20", "node 22", "node 24"];

let app: PackedApp;
let server: Awaited<ReturnType<typeof startWindfarm>>;

/** What an app does in every runtime: lists over HTTP by a generated SDK, and speaks to an emulator inside by a `fetch` of its own. */
const work = (options: string): string => `
  const common = { project: "${PROJECT}", application: "runtime-app", credentials: token("any") };
  const client = new PygenClient({ ...common, baseUrl: "${server.url}", ${options} });
  const { turbine } = bind(client, { turbine: Turbine, farm: Farm });
  const rows = await turbine.list(${QUERY});
  await client.close();
  const emulator = createEmulator();
  const inside = new PygenClient({ ...common, baseUrl: "http://emulator", fetch: (request) => emulator.fetch(request) });
  await inside.spaces.create([{ space: "here" }]);
  const spaces = [];
  for await (const { space } of inside.spaces.iterate()) spaces.push(space);
  const said = JSON.stringify(rows.map((row) => ${ROW_TEXT})) + " " + spaces + " " + VERSION;`;

const SAID = `${ROWS} here ${manifest.version}`;

const imports = `import { bind, PygenClient, token } from "pygen";
import { VERSION } from "pygen/codegen";
import { createEmulator } from "pygen/emulator";
import { Farm, Turbine } from "./sdk/index.js";
`;

const programOf = (name: string): string => found.get(name)?.program ?? "";

/** Loads every door and prints the names in it. */
const loadDoors = `const names = {};
for (const door of ${JSON.stringify(doors)}) names[door] = Object.keys(await import(door)).sort();
console.log(JSON.stringify(names));`;

beforeAll(async () => {
  app = await PackedApp.create();
  await app.compileSdk("sdk");
  app.write("sdk/package.json", JSON.stringify({ type: "module" }));
  server = await startWindfarm(app);
  app.write("list.mjs", `${imports}${work("")}\nconsole.log(said);`);
  app.write("doors.mjs", loadDoors);
  measured("runtimes", [
    `node (running): ${process.version}`,
    ...[...found.values()].map(({ name, version, missing }) =>
      missing === undefined ? `${name}: ${version}` : `not installed: ${name} (${missing}); its tests are skipped`,
    ),
  ]);
});

afterAll(async () => {
  await server?.stop();
  app.remove();
});

it.runIf(process.platform === "linux" && process.arch === "x64")("Node 20, 22 and 24 are there to be tried", () => {
  expect(nodes.filter((name) => !usable(name))).toEqual([]);
});

describe.each(nodes)("%s", (name) => {
  const installed = usable(name);

  it.runIf(installed)("is the version that it should be", async () => {
    expect(await app.run(programOf(name), ["--version"])).toMatch(new RegExp(`^v${name.slice(5)}\\.`));
  });

  it.runIf(installed)("lists from a module", async () => {
    expect(await app.run(programOf(name), ["list.mjs"])).toBe(SAID);
  });

  it.runIf(installed)(
    "lists from CommonJS, over connections of the client's own, though modules cannot be required",
    async () => {
      const { outputFiles } = await esbuild.build({
        entryPoints: [app.path("sdk/index.js")],
        bundle: true,
        format: "cjs",
        packages: "external",
        write: false,
      });
      app.write("sdk.cjs", outputFiles[0]?.text ?? "");
      const file = app.write(
        "list.cjs",
        `const { bind, PygenClient, token } = require("pygen");
       const { createEmulator } = require("pygen/emulator");
       const { connectionPool } = require("pygen/node");
       const { VERSION } = require("pygen/codegen");
       const { Farm, Turbine } = require("./sdk.cjs");
       (async () => { ${work("transport: connectionPool()")}; console.log(said); })();`,
      );
      expect(await app.run(programOf(name), ["--no-experimental-require-module", file])).toBe(SAID);
    },
  );

  it.runIf(installed)("loads every door by import and by require, without a warning", async () => {
    const expected = await app.run(process.execPath, ["doors.mjs"]);
    const required = `const names = {};
      for (const door of ${JSON.stringify(doors)}) names[door] = Object.keys(require(door)).sort();
      console.log(JSON.stringify(names));`;
    for (const args of [["doors.mjs"], ["--no-experimental-require-module", "-e", required]]) {
      const { out, err } = await end(programOf(name), args, app.folder);
      expect(JSON.parse(out || "{}"), err).toEqual(JSON.parse(expected));
      expect(err).toBe("");
    }
  });

  it.runIf(installed)("runs the command pygen", async () => {
    const command = path.join(app.installed, manifest.bin["pygen"] ?? "");
    expect(await app.run(programOf(name), [command, "--version"])).toContain(manifest.version);
  });
});

describe("Deno", () => {
  /** Nothing but this machine's network and the files of the app is open to it. */
  const deno = (file: string): Promise<string> =>
    app.run(
      programOf("deno"),
      ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual", "--allow-net=127.0.0.1", file],
      { DENO_DIR: app.path(".deno"), DENO_NO_UPDATE_CHECK: "1", DENO_NO_PACKAGE_JSON: "" },
    );

  it.runIf(usable("deno"))("lists with leave to use the network and nothing else", async () => {
    expect(await deno("list.mjs")).toBe(SAID);
  });
});

describe("Bun", () => {
  it.runIf(usable("bun"))("lists", async () => {
    expect(await app.run(programOf("bun"), ["--no-install", "list.mjs"])).toBe(SAID);
  });
});

describe("workerd", () => {
  it.runIf(usable("workerd"))("lists in a worker, bundled as its tools do", async () => {
    app.write(
      "worker.mjs",
      `${imports}export default { async test() { ${work("")}
        if (said !== ${JSON.stringify(SAID)}) throw new Error("It said " + said);
        console.log(said);
      } };`,
    );
    await esbuild.build({
      entryPoints: [app.path("worker.mjs")],
      outfile: app.path("worker/main.js"),
      bundle: true,
      format: "esm",
      target: "es2022",
      conditions: ["workerd", "worker", "browser"],
      logLevel: "silent",
    });
    const config = app.write(
      "worker/config.capnp",
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = (
    modules = [(name = "main.js", esModule = embed "main.js")],
    compatibilityDate = "2026-01-01",
    globalOutbound = "local",
  )),
  (name = "local", network = (allow = ["private"])),
]);
`,
    );
    const { code, out, err } = await end(programOf("workerd"), ["test", config], app.folder);
    expect(code, out + err).toBe(0);
    expect(out + err).toContain(SAID);
  });
});
