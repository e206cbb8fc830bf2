import type { CliIo } from "./io.js";

/** Says what a command is doing now. */
export type Step = (doing: string) => void;

/** Commands that end sooner show nothing, in milliseconds. */
const patience = 1000;

const eraseLine = "\r\u001b[2K";

/**
 * Shows what a command is doing once it takes longer than a second, where people see it: on one line of the terminal
 * that goes away before anything else is printed.
 *
 * @param work - prints through the process that it is given
 */
export async function withProgress<T>(io: CliIo, work: (step: Step, io: CliIo) => Promise<T>): Promise<T> {
  if (!io.isErrorTerminal || io.verbosity === "quiet") return work(() => undefined, io);
  let doing = "";
  let isLate = false;
  let isShown = false;
  const erase = (): void => {
    if (isShown) io.stderr(eraseLine);
    isShown = false;
  };
  const show = (): void => {
    io.stderr(`${eraseLine}${doing} ...`);
    isShown = true;
  };
  const began = performance.now();
  const timer = setTimeout(() => {
    isLate = true;
    show();
  }, patience);
  const step = (next: string): void => {
    doing = next;
    // Work without a pause lets no timer through.
    isLate ||= performance.now() - began >= patience;
    if (isLate) show();
  };
  const after =
    (write: (text: string) => void) =>
    (text: string): void => {
      erase();
      write(text);
    };
  try {
    return await work(step, { ...io, stdout: after(io.stdout), stderr: after(io.stderr) });
  } finally {
    clearTimeout(timer);
    erase();
  }
}

/** What one of several SDKs is called while it is made. */
export function nameOf(name: string, index: number, count: number): string {
  return count === 1 ? name : `${name} (${index + 1} of ${count})`;
}
