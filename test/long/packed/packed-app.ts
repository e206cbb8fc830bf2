import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";

/** The project's own folder. */
export const ROOT: string = path.resolve(import.meta.dirname, "../../..");

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** What package.json says of the package. */
export const manifest: {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<
    Record<string, string | Readonly<Record<"import" | "require", Readonly<Record<string, string>>>>>
  >;
} & Readonly<Record<"main" | "module" | "types" | "unpkg" | "jsdelivr", string>> = JSON.parse(
  readFileSync(path.join(ROOT, "package.json"), "utf8"),
);

/** Every door, as one imports it: what package.json exports, but for files that are no modules. */
export const doors: readonly string[] = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target !== "string")
  .map(([name]) => name.replace(/^\./, "pygen"));

/** How a process ended. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end, without a shell; this process goes on serving meanwhile. */
export function end(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, maxBuffer: 64e6, timeout: 1_000_000 };
    execFile(command, [...args], options, (error, out, err) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}

/** What a program that ended well has printed; of another, an error with all it said. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, out, err } = await end(command, args, cwd, env);
  if (code !== 0) throw new Error(`${path.basename(command)} ended with ${code}:\n${out}\n${err}`);
  return out.trim();
}

/** A fresh folder with nothing in it but the package, installed from its tarball and without any network. */
export class PackedApp {
  private constructor(
    readonly folder: string,
    readonly tarball: string,
  ) {}

  static async create(): Promise<PackedApp> {
    const folder = mkdtempSync(path.join(tmpdir(), "pygen-packed-"));
    await run(npm, ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    if (!tarball) throw new Error("npm pack wrote no tarball");
    const app = new PackedApp(folder, path.join(folder, tarball));
    app.write("package.json", JSON.stringify({ name: "app", private: true }));
    await run(npm, ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${tarball}`], folder);
    return app;
  }

  /** The package as it was installed. */
  get installed(): string {
    return path.join(this.folder, "node_modules/pygen");
  }

  path(...parts: readonly string[]): string {
    return path.join(this.folder, ...parts);
  }

  write(name: string, text: string): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Puts the wind farm's generated SDK into a folder, as it stands. */
  copySdk(folder: string): void {
    cpSync(path.join(ROOT, "examples/windfarm/sdk"), this.path(folder), { recursive: true });
  }

  /** The same as JavaScript, for what reads no TypeScript. */
  async compileSdk(folder: string): Promise<void> {
    const source = path.join(ROOT, "examples/windfarm/sdk");
    for (const name of readdirSync(source).filter((file) => file.endsWith(".ts"))) {
      const { code } = await transform(readFileSync(path.join(source, name), "utf8"), { loader: "ts" });
      this.write(path.join(folder, name.replace(/ts$/, "js")), code);
    }
  }

  run(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
    return run(command, args, this.folder, env);
  }

  /** Runs a script, once as a module and once as CommonJS: `load` stands for what gives a door's exports. */
  async bothWays(script: (load: (door: string) => string) => string): Promise<readonly string[]> {
    const module = script((door) => `await import("${door}")`);
    const common = script((door) => `require("${door}")`);
    return Promise.all([
      this.run(process.execPath, ["--input-type=module", "-e", `(async () => { ${module} })()`]),
      this.run(process.execPath, ["-e", `(async () => { ${common} })()`]),
    ]);
  }

  /** A door of the installed package, in this process. */
  async door<Door>(name: string): Promise<Door> {
    const target = manifest.exports[name.replace(/^pygen/, ".")];
    if (typeof target !== "object") throw new Error(`${name} is no door`);
    const file = path.join(this.installed, target.import["default"] ?? "");
    return import(/* @vite-ignore */ pathToFileURL(file).href);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Keeps what was measured, for the end of the run to print: `.reports/measured/NAME.txt`. */
export function measured(name: string, lines: readonly string[]): void {
  const folder = path.join(ROOT, ".reports/measured");
  mkdirSync(folder, { recursive: true });
  const text = `${name}\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
  writeFileSync(path.join(folder, `${name.replace(/\W+/g, "-")}.txt`), text);
  console.log(text);
}

/** Bytes for people. */
export const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
