/** Where a demo tells what it does. */
export interface ProgressOutput {
  /** Takes a line for each step that is done. */
  readonly done: (line: string) => void;
  /** Takes what is going on right now; only where somebody watches. */
  readonly live?: (text: string) => void;
}

const ERASE_LINE = "\r\u001b[K";

/** Tells each step of the demo: what came of it, and how long it took. */
export class Progress {
  #steps = 0;

  constructor(private readonly output: ProgressOutput) {}

  async step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
    this.#steps += 1;
    const { done, live } = this.output;
    const title = `${String(this.#steps).padStart(2)}  ${name.padEnd(10)}`;
    const start = performance.now();
    live?.(`${title} ...`);
    try {
      const result = await work();
      live?.(ERASE_LINE);
      done(`${title} ${describe(result)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      return result;
    } catch (error) {
      live?.(ERASE_LINE);
      throw error;
    }
  }
}
