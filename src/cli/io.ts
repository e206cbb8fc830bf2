import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";

/** What a command needs of the process around it. */
export interface CliIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** All that comes in, until its end. */
  readonly stdin: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the command line says after the program's name. @defaultValue none */
  readonly argv?: readonly string[];
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** Whether what is printed goes to a terminal, so that people see it. */
  readonly isTerminal: boolean;
  /** The same of errors and notes. @defaultValue false */
  readonly isErrorTerminal?: boolean;
  /** How much is told: `quiet` errors and what was asked for, `verbose` notes and single files too. @defaultValue "normal" */
  readonly verbosity?: "quiet" | "normal" | "verbose";
  /** Asks the user, where there is one. */
  readonly ask?: (question: string) => Promise<string>;
  /** Resolves when the process is asked to stop. */
  readonly stopped: () => Promise<void>;
}

/** The process as commands see it. */
export function processIo(): CliIo {
  // A reader that has enough, such as `head`, is no fault; a server goes on without it.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    stdout: (output) => {
      process.stdout.write(output);
    },
    stderr: (output) => {
      process.stderr.write(output);
    },
    stdin: () => text(process.stdin),
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY === true,
    isErrorTerminal: process.stderr.isTTY === true,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
    stopped: () =>
      new Promise((resolve) => {
        process.once("SIGINT", () => resolve());
        process.once("SIGTERM", () => resolve());
      }),
  };
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
