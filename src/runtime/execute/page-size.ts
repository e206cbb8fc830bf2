/** Pages in a row that must go well before they grow again. */
const patience = 8;

/**
 * How many rows the pages of a list have: half as many after the service ran out of time, and twice as many again, up to
 * what was planned, after some that came in time; the oftener it runs out, the later.
 */
export class PageSize {
  readonly #most: number;
  #rows: number;
  #good = 0;
  #wanted: number = patience;

  constructor(most: number) {
    this.#most = most;
    this.#rows = most;
  }

  get rows(): number {
    return this.#rows;
  }

  /** After a page that came. */
  succeeded(): void {
    if (this.#rows === this.#most) return;
    this.#good += 1;
    if (this.#good < this.#wanted) return;
    this.#good = 0;
    this.#rows = Math.min(this.#most, this.#rows * 2);
  }

  /** After a page of so many rows for which the time was too short. Answers whether there are fewer to ask for. */
  halve(rows: number): boolean {
    if (rows <= 1) return false;
    this.#rows = Math.min(this.#rows, Math.floor(rows / 2));
    this.#good = 0;
    this.#wanted *= 2;
    return true;
  }
}
