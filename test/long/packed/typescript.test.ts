import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installRuntimes, runtimeFile } from "../../tools/runtimes.mjs";
import { doors, PackedApp, ROOT } from "./packed-app.js";
import { PROJECT, QUERY, ROW_TEXT, ROWS, startWindfarm } from "./windfarm-server.js";

const compilers: Readonly<Record<string, string>> = {
  "6.0": path.join(ROOT, "node_modules/typescript/bin/tsc"),
  "5.7": runtimeFile("typescript-5.7/bin/tsc"),
  "7.0": runtimeFile("typescript-7/bin/tsc"),
};

/** Projects as people have them. */
const projects = {
  nodenext: { type: "module", options: { module: "nodenext", moduleResolution: "nodenext" } },
  "node16 and CommonJS": { type: "commonjs", options: { module: "node16", moduleResolution: "node16" } },
  "nodenext and CommonJS": { type: "commonjs", options: { module: "nodenext", moduleResolution: "nodenext" } },
  bundler: { type: "module", options: { module: "esnext", moduleResolution: "bundler" } },
} as const;

const matrix = Object.keys(projects).flatMap((name) => Object.keys(compilers).map((compiler) => ({ name, compiler })));

/** A small app of the client, the typed runtime and errors; each expected error is one that the declarations must give. */
const source = `import { bind, isApiError, isQueryError, PygenClient, token } from "pygen";
import { Blade, Farm, Turbine } from "./sdk/index.js";

async function main(): Promise<void> {
  const client = new PygenClient({
    baseUrl: process.env["CDF_URL"] ?? "",
    project: "${PROJECT}",
    application: "typescript-app",
    credentials: token("any"),
  });
  const { turbine } = bind(client, { turbine: Turbine, farm: Farm, blade: Blade });
  const rows = await turbine.list(${QUERY});
  const name: string | null | undefined = rows[0]?.name;
  const farm: string | null | undefined = rows[0]?.farm?.name;
  // @ts-expect-error It was not selected.
  rows[0]?.hubHeight;
  // @ts-expect-error There is no such property.
  const misspelt = () => turbine.list({ select: { nmae: true } });
  const problems: string[] = [];
  for (const call of [() => client.spaces.create([{ space: "cdf" }]), () => client.spaces.delete(["no space"])]) {
    try {
      await call();
    } catch (error) {
      if (isApiError(error)) problems.push(error.status + " " + error.code);
      else if (isQueryError(error)) problems.push(error.code);
      else throw error;
    }
  }
  console.log(JSON.stringify(rows.map((row) => ${ROW_TEXT})), problems.length, typeof misspelt, name, farm);
}

main();
`;

let app: PackedApp;
let server: Awaited<ReturnType<typeof startWindfarm>>;

beforeAll(async () => {
  await installRuntimes();
  app = await PackedApp.create();
  server = await startWindfarm(app);
});

afterAll(async () => {
  await server?.stop();
  app.remove();
});

describe("an app in TypeScript", () => {
  it.each(matrix)("compiles as $name by TypeScript $compiler and runs", async ({ name, compiler }) => {
    const { type, options } = projects[name as keyof typeof projects];
    const folder = `${name}-${compiler}`.replaceAll(/\W+/g, "-");
    app.write(`${folder}/package.json`, JSON.stringify({ type }));
    app.write(`${folder}/app.ts`, source);
    app.copySdk(`${folder}/sdk`);
    const compilerOptions = {
      ...options,
      target: "es2022",
      lib: ["es2022", "dom"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      rootDir: ".",
      outDir: "out",
      types: ["node"],
      typeRoots: [path.join(ROOT, "node_modules/@types")],
    };
    app.write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ["app.ts"] }));
    const compiled = await app.run(process.execPath, [compilers[compiler] ?? "", "-p", app.path(folder)]);
    expect(compiled).toBe("");
    const printed = await app.run(process.execPath, [app.path(folder, "out/app.js")], { CDF_URL: server.url });
    expect(printed).toBe(`${ROWS} 2 function A2 Horns Bank`);
  });

  it.each([
    { lib: "es2022,dom", types: [] },
    { lib: "es2022,dom", types: ["node"] },
    { lib: "es2022", types: ["node"] },
  ])("finds declarations of every door that hold by themselves, whatever the libraries: %j", async ({ lib, types }) => {
    const alone = doors.filter((door) => door !== "pygen/react");
    const text = alone.map((door, index) => `export * as door${index} from "${door}";`).join("\n");
    const own = `export async function use(pool: import("pygen/node").ConnectionPool) { await using own = pool; return own; }`;
    const files = ["app.mts", "app.cts"].map((name) => app.write(name, `${text}\n${own}\n`));
    const target = ["--target", "es2022", "--lib", lib, "--module", "nodenext"];
    const typeRoots = ["--typeRoots", path.join(ROOT, "node_modules/@types")];
    const roots = [...typeRoots, ...types.flatMap((name) => ["--types", name])];
    const flags = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--noEmit"];
    const args = [compilers["6.0"] ?? "", ...target, ...roots, ...flags, ...files];
    expect(await app.run(process.execPath, args)).toBe("");
  });

  it("finds declarations of pygen/react that hold with its peer", async () => {
    for (const name of ["@tanstack/react-query", "@types/react"]) {
      const at = app.path("node_modules", name);
      mkdirSync(path.dirname(at), { recursive: true });
      symlinkSync(path.join(ROOT, "node_modules", name), at, "junction");
    }
    const use = `import { useQuery } from "@tanstack/react-query";
      import { listOptions } from "pygen/react";
      import type { ViewApi } from "pygen";
      import type { Turbine } from "./sdk/index.js";
      export function useNames(handle: ViewApi<Turbine, { space: string; views: "wind/Turbine@v1" }>) {
        const names: (string | null)[] | undefined = useQuery(listOptions(handle, { select: { name: true } })).data?.map((row) => row.name);
        // @ts-expect-error It was not selected.
        useQuery(listOptions(handle, { select: { name: true } })).data?.[0]?.capacity;
        return names;
      }\n`;
    app.copySdk("react/sdk");
    app.write("react/package.json", JSON.stringify({ type: "module" }));
    const file = app.write("react/use.ts", use);
    const flags = ["--target", "es2022", "--lib", "es2022,dom", "--module", "nodenext", "--strict", "--noEmit"];
    const args = [compilers["6.0"] ?? "", ...flags, "--exactOptionalPropertyTypes", file];
    expect(await app.run(process.execPath, args)).toBe("");
  });
});
