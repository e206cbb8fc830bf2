import type { DatapointItem } from "../../../models/index.js";

/** The data points of one series, in the order of their times. */
export class Points {
  #times: number[] = [];
  #values: (number | string)[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** The time of the point at a place, which must be one of the series. */
  time(place: number): number {
    return this.#times[place] as number;
  }

  /** The value of the point at a place, which must be one of the series. */
  value(place: number): number | string {
    return this.#values[place] as number | string;
  }

  /** The place of the first point at a time or after it; `size` when there is none. */
  from(time: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds points; one at a time that has one replaces it, and of several at a time the last one counts. */
  insert(points: readonly DatapointItem[]): void {
    const byTime = new Map(points.map(({ timestamp, value }) => [timestamp, value]));
    const added = [...byTime].sort(([a], [b]) => a - b);
    const first = added[0]?.[0] ?? 0;
    // Points mostly come in order: only what is not older than the first new one has to be merged.
    const kept = this.from(first);
    const times = this.#times.splice(kept);
    const values = this.#values.splice(kept);
    let old = 0;
    for (const [time, value] of added) {
      for (let next = times[old]; next !== undefined && next < time; next = times[old]) {
        this.#push(next, values[old] as number | string);
        old += 1;
      }
      if (times[old] === time) old += 1;
      this.#push(time, value);
    }
    for (; old < times.length; old += 1) this.#push(times[old] as number, values[old] as number | string);
  }

  /** Deletes the points of a range, whose end is not included. */
  delete(begin: number, end: number): void {
    const from = this.from(begin);
    const count = Math.max(0, this.from(end) - from);
    this.#times.splice(from, count);
    this.#values.splice(from, count);
  }

  #push(time: number, value: number | string): void {
    this.#times.push(time);
    this.#values.push(value);
  }
}
