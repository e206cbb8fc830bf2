import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { SourceFile } from "../codegen/index.js";
import { CliError, usage } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";

/** Files that were found where the user said. */
export interface FoundFiles {
  readonly files: readonly SourceFile[];
  /** Whether they are all files of a folder, of which some may hold other things. */
  readonly isFolder: boolean;
}

/** What is read of a folder, by its ending. */
const endings = /\.(json|ya?ml|graphql|gql)$/i;

/** Reads a file that the user named, all files of a folder that may hold models, or what comes in by `-`. */
export async function findFiles(named: string, io: CliIo): Promise<FoundFiles> {
  if (named === "-") return { files: [{ path: "stdin", text: await io.stdin() }], isFolder: false };
  const folder = path.resolve(io.cwd, named);
  if (!(await isFolder(folder))) return { files: await readFiles([named], "model file", io), isFolder: false };
  const found = (await walk(folder)).map((file) => path.join(named, path.relative(folder, file)));
  return { files: await readFiles(found, "model file", io), isFolder: true };
}

/** More than any collection of models has; a folder with more is not one. */
const mostEntries = 20_000;

/** The files of a folder and its folders that may hold models, sorted; links are not followed. */
async function walk(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [root];
  let seen = 0;
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (++seen > mostEntries) {
        const message = `${root} holds more than ${mostEntries} files`;
        throw usage(message, "Name the folder that holds the models.");
      }
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) folders.push(file);
      else if (entry.isFile() && endings.test(entry.name)) found.push(file);
    }
  }
  return found.sort();
}

/** Reads texts that the user named; `kind` is what messages call them. */
export async function readFiles(files: readonly string[], kind: string, io: CliIo): Promise<readonly SourceFile[]> {
  return Promise.all(
    files.map(async (file) => ({ path: file.split(path.sep).join("/"), text: await readText(file, io.cwd, kind) })),
  );
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    // Reading it says why.
    return false;
  }
}

/** Reads a text file that the user named. */
export async function readText(file: string, cwd: string, kind: string): Promise<string> {
  try {
    return await readFile(path.resolve(cwd, file), "utf8");
  } catch (error) {
    throw unreadable(`${kind} ${file}`, error);
  }
}

function unreadable(file: string, error: unknown): CliError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reason = code === "ENOENT" ? "there is no such file" : `it cannot be read (${String(code)})`;
  return new CliError(exitCodes.unreachable, `${file}: ${reason}`, "Check the path.");
}

/** The text of a file that need not be there. */
export async function textIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unreadable(file, error);
  }
}
