/** Tells on stderr what is going on, so that stdout holds results only. */
export class Progress {
  #steps = 0;

  constructor(private readonly write: (text: string) => void) {}

  /** Runs a step and prints its name, what came of it, and how long it took. */
  async step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
    this.#steps += 1;
    const start = performance.now();
    const result = await work();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    this.write(`${String(this.#steps).padStart(2)}  ${name.padEnd(20)} ${describe(result)} (${seconds} s)\n`);
    return result;
  }

  /** Prints a line that belongs to no step. */
  note(text: string): void {
    this.write(`${text}\n`);
  }
}
