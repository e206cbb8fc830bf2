import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** A folder for what an example builds, gone with the example. */
export async function buildFolder(name: string): Promise<{ readonly path: string; remove(): Promise<void> }> {
  await mkdir(join(ROOT, ".demo"), { recursive: true });
  const path = await mkdtemp(join(ROOT, ".demo", `${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
