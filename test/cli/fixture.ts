import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../../src/cli/run.js";

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function pygen(
  argv: readonly string[],
  around: {
    readonly cwd: string;
    readonly env?: Record<string, string>;
    readonly stdin?: string;
    readonly ask?: (question: string) => Promise<string>;
    readonly onStderr?: (text: string) => void;
    readonly stopped?: () => Promise<void>;
    readonly isTerminal?: boolean;
    readonly isErrorTerminal?: boolean;
    readonly onStdout?: (text: string) => void;
  },
): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const exitCode = await run(argv, {
    stdout: (text) => {
      stdout += text;
      around.onStdout?.(text);
    },
    stderr: (text) => {
      stderr += text;
      around.onStderr?.(text);
    },
    stdin: () => Promise.resolve(around.stdin ?? ""),
    env: around.env ?? {},
    cwd: around.cwd,
    isTerminal: around.isTerminal ?? false,
    isErrorTerminal: around.isErrorTerminal ?? false,
    ...(around.ask ? { ask: around.ask } : {}),
    stopped: around.stopped ?? (() => Promise.resolve()),
  });
  return { exitCode, stdout, stderr };
}
