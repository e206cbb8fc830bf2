import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { generate, readModelDocument } from "../../../src/codegen/index.js";
import { plantModel, plantQueries } from "./plant-model.js";

const door = path.resolve(import.meta.dirname, "../../../dist/index.d.ts");

/** What checking types cost. */
export interface TypeCost {
  readonly instantiations: number;
  /** Of the processor. */
  readonly seconds: number;
  /** Held by the heap. */
  readonly megabytes: number;
}

/**
 * What 50 queries over 50 views add to the checking of a generated SDK of so many views, against the built package: the
 * difference between a program with them and one without.
 */
export async function typeCost(views: number): Promise<TypeCost> {
  return costOf(views, plantQueries(50));
}

/** What code adds to the checking of a program that has a generated SDK of so many views. */
export async function costOf(views: number, code: string): Promise<TypeCost> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-types-"));
  try {
    await mkdir(path.join(folder, "sdk"));
    await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
    const { files } = generate({ document: readModelDocument(plantModel(views)) });
    await Promise.all([...files].map(([name, text]) => writeFile(path.join(folder, "sdk", name), text)));
    const without = await check(folder, plantQueries(0));
    const all = await check(folder, code);
    return {
      instantiations: all.instantiations - without.instantiations,
      seconds: all.seconds - without.seconds,
      megabytes: all.megabytes - without.megabytes,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function check(folder: string, code: string): Promise<TypeCost> {
  await writeFile(path.join(folder, "queries.ts"), code);
  const script = path.join(import.meta.dirname, "check.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, folder, door]);
  const { errors, ...cost } = JSON.parse(stdout) as TypeCost & { readonly errors: readonly string[] };
  if (errors.length > 0) throw new Error(`The queries have errors: ${errors.join(" ")}`);
  return cost;
}
