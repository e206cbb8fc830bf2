import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The root of the project. */
export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

const PYGEN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Runs a command to its end; answers with what it printed, and throws with its error output when it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${errors || output}`);
  return output;
}

/** Runs the command line of the package that was built. */
export function runPygen(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return runCommand(process.execPath, [PYGEN, ...args], env);
}

/** An emulator in a process of its own. */
export interface EmulatorProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `pygen emulator` on a free port and waits until it serves. */
export async function startEmulator(options: {
  readonly project: string;
  readonly load: readonly string[];
}): Promise<EmulatorProcess> {
  const child = spawn(
    process.execPath,
    [
      PYGEN,
      "emulator",
      "--port",
      "0",
      "--json",
      "--project",
      options.project,
      ...options.load.flatMap((file) => ["--load", file]),
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exit = exitOf(child);
  const first = await Promise.race([
    firstLine(child),
    exit.then((code) => {
      throw new Error(`The emulator ended with ${code} before it served:\n${errors}`);
    }),
  ]);
  const { url } = JSON.parse(first) as { readonly url: string };
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The emulator has no output.");
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) return line;
  return new Promise(() => undefined);
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
