import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ModelDocument, parseJson, readModelDocument } from "../codegen/index.js";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";

/**
 * Reads a model file, in any of its forms.
 *
 * @throws CliError when it cannot be read or is not JSON; ModelError when it is not a model
 */
export async function readModelFile(file: string, cwd: string): Promise<ModelDocument> {
  return readModelDocument(jsonOf(await readText(file, cwd, "model file"), file));
}

/** Reads a text file that the user named. */
export async function readText(file: string, cwd: string, kind: string): Promise<string> {
  try {
    return await readFile(path.resolve(cwd, file), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reason = code === "ENOENT" ? "there is no such file" : `it cannot be read (${String(code)})`;
    throw new CliError(exitCodes.unreachable, `${kind} ${file}: ${reason}`, "Check the path.");
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return parseJson(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(exitCodes.problems, `model file ${file} is not JSON: ${reason}`, "Give a JSON file.");
  }
}
