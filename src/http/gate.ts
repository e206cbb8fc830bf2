import { Line } from "./line.js";

/** Lets only so many calls run at once; the others wait in order. */
export class Gate {
  #free: number;
  readonly #waiting = new Line();

  constructor(places: number) {
    this.#free = places;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.add(resolve));
    try {
      return await call();
    } finally {
      const next = this.#waiting.take();
      if (next) next();
      else this.#free += 1;
    }
  }
}
