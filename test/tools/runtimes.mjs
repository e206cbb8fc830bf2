// The runtimes and compilers of test/runtimes, installed when first asked for and kept. Installs them when run by itself.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const folder = path.resolve(import.meta.dirname, "../runtimes");
const modules = path.join(folder, "node_modules");
const marker = path.join(modules, ".installed");
const lock = path.join(folder, "node_modules.lock");

/** What is tried, by name: the program inside `node_modules`, and how it tells its version. */
const programs = {
  "node 20": "node20/bin/node",
  "node 22": "node22/bin/node",
  "node 24": "node24/bin/node",
  deno: "@deno/linux-x64-glibc/deno",
  bun: "@oven/bun-linux-x64/bin/bun",
  workerd: "@cloudflare/workerd-linux-64/bin/workerd",
};

const wanted = () =>
  createHash("sha256")
    .update(readFileSync(path.join(folder, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");

const isInstalled = () => existsSync(marker) && readFileSync(marker, "utf8") === wanted();

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether the lock is ours now; one that a dead process left is taken away. */
function locked() {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function install() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync(npm, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 });
  mkdirSync(modules, { recursive: true });
  writeFileSync(marker, wanted());
}

/** Installs what the lockfile says, once; several processes may ask at a time. */
export async function installRuntimes() {
  while (!isInstalled()) {
    if (!locked()) {
      await wait(200);
      continue;
    }
    try {
      if (!isInstalled()) install();
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

/** A file of an installed package. */
export const runtimeFile = (file) => path.join(modules, file);

/** Every runtime: `{name, program, version}`, or with `missing` saying why it cannot be used here. */
export function runtimes() {
  return Object.entries(programs).map(([name, file]) => {
    const program = path.join(modules, file);
    if (!existsSync(program)) {
      return { name, program, missing: `its package is not for ${process.platform} ${process.arch}` };
    }
    const { status, stdout, error } = spawnSync(program, ["--version"], { encoding: "utf8" });
    if (status !== 0)
      return { name, program, missing: `it does not start: ${error?.message ?? `exit code ${status}`}` };
    return {
      name,
      program,
      version: stdout
        .split("\n")[0]
        .replace(/ \(.*$/, "")
        .trim(),
    };
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await installRuntimes().catch((error) => {
    process.stdout.write(`npm ci in test/runtimes failed:\n${error.stderr ?? error.message}\n`);
    process.exitCode = 1;
  });
  for (const { name, version, missing } of runtimes()) {
    process.stdout.write(missing === undefined ? `${name}: ${version}\n` : `not installed: ${name} (${missing})\n`);
  }
}
