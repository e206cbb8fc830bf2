import { readdirSync, readFileSync } from "node:fs";
import { builtinModules, isBuiltin } from "node:module";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doors, kB, manifest, measured, PackedApp } from "./packed-app.js";
import { PROJECT, startWindfarm } from "./windfarm-server.js";

const peers = Object.keys(manifest.peerDependencies);

let app: PackedApp;

beforeAll(async () => {
  app = await PackedApp.create();
});

afterAll(() => app.remove());

/** What esbuild makes of a script, for browsers unless it is to keep Node's modules. */
async function bundle(text: string, minify = true): Promise<string> {
  const result = await esbuild.build({
    stdin: { contents: text, resolveDir: app.folder, loader: "ts" },
    bundle: true,
    minify,
    write: false,
    format: "esm",
    target: "es2022",
    external: ["node:*", ...builtinModules, ...peers],
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}

/** What rollup makes of a module, whose path may be that of a file. */
async function rolled(input: string, plugins: Parameters<typeof rollup>[0]["plugins"] = []): Promise<string> {
  const isOutside = (id: string): boolean => isBuiltin(id) || peers.some((peer) => id.startsWith(peer));
  const build = await rollup({ input, plugins, external: isOutside, onLog: () => undefined });
  const { output } = await build.generate({ format: "es" });
  await build.close();
  return output.map((chunk) => (chunk.type === "chunk" ? chunk.code.trim() : "")).join("");
}

describe("a bundle", () => {
  it.each(doors)("has nothing of %s when nothing of it is used", async (door) => {
    const text = `import "${door}"; import * as all from "${door}";`;
    expect(await bundle(text)).toBe("");
    expect(await rolled(app.write("unused.mjs", text), [nodeResolve()])).toBe("");
  });

  it("keeps next to nothing of the door pygen even when told that its modules have side effects", async () => {
    // Given by its path, the package's own promise (sideEffects) is not read: what remains is what would run.
    const entry = app.write("honest.mjs", `import "${path.join(app.installed, "dist/index.js")}";`);
    const remains = (await rolled(entry)).length;
    const whole = (
      await rolled(app.write("whole.mjs", `export * from "${path.join(app.installed, "dist/index.js")}";`))
    ).length;
    measured("what of pygen cannot be shaken off", [`${kB(remains)} of ${kB(whole)}, not minified`]);
    expect(remains).toBeLessThan(whole / 50);
  });
});

describe("a generated SDK of 33 views", () => {
  const connect = `import { bind, PygenClient, token } from "pygen";
    const client = new PygenClient({ cluster: "c", project: "p", application: "a", credentials: token("t") });`;
  const two = ["CogniteAsset", "CogniteActivity"];
  const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
  const externalIdOf = (file: string): string =>
    /^ {2}externalId: "(\w+)"/m.exec(readFileSync(app.path("cdm", file), "utf8"))?.[1] ?? "";
  const line = (name: string, text: string): string =>
    `${name.padEnd(9)} ${kB(text.length)}, gzip ${kB(gzipSync(text, { level: 9 }).length)}`;

  it("adds to a bundle the part of the views that are imported, and of no other", async () => {
    const server = await startWindfarm(app);
    try {
      const args = ["generate", "--model", "cdf_cdm/CogniteCore@v1", "--url", server.url, "--project", PROJECT];
      const command = path.join(app.installed, manifest.bin["pygen"] ?? "");
      await app.run(process.execPath, [command, ...args, "--out", "cdm"], { CDF_TOKEN: "any" });
    } finally {
      await server.stop();
    }
    const index = readFileSync(app.path("cdm/index.ts"), "utf8");
    const files = readdirSync(app.path("cdm")).filter((file) => file.endsWith(".ts") && file !== "index.ts");
    expect(files.length).toBeGreaterThanOrEqual(33);
    const start = /^export function (\w+)/m.exec(index)?.[1] ?? "";

    const none = await bundle(`${connect} console.log(bind(client, {}));`);
    const some = await bundle(
      `${connect} import { ${two} } from "./cdm/index.js"; console.log(bind(client, { ${two} }));`,
    );
    const all = await bundle(`${connect} import { ${start} } from "./cdm/index.js"; console.log(${start}(client));`);
    measured("an SDK in a bundle", [
      line("no view", none),
      `${line("2 views", some)}, of which views ${kB(some.length - none.length)}`,
      `${line(`${files.length} views`, all)}, of which views ${kB(all.length - none.length)}`,
    ]);

    const held = (text: string): number =>
      files.filter((file) => text.includes(`"${externalIdOf(file)}",version`)).length;
    expect([none, some, all].map(held)).toEqual([0, 2, files.length]);
    const alone = two.map((view) => readFileSync(app.path("cdm", `${kebab(view)}.ts`), "utf8"));
    const minified = await Promise.all(alone.map((text) => esbuild.transform(text, { loader: "ts", minify: true })));
    const part = minified.reduce((sum, { code }) => sum + code.length, 0);
    expect(some.length - none.length).toBeLessThan(part + 200);
    expect(some.length - none.length).toBeLessThan((all.length - none.length) / 4);
  });
});
