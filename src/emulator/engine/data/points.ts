/** A data point as stored: `status` is a code of OPC UA, 0 for good. */
export interface StoredPoint {
  readonly timestamp: number;
  readonly value: number | string;
  readonly status: number;
}

/** The data points of one series, in the order of their times. */
export class Points {
  #times: number[] = [];
  #values: (number | string)[] = [];
  #statuses: number[] = [];
  #convert: ((value: number) => number) | undefined;

  get size(): number {
    return this.#times.length;
  }

  /** The time of the point at a place, which must be one of the series. */
  time(place: number): number {
    return this.#times[place] as number;
  }

  /** The value of the point at a place, which must be one of the series. */
  value(place: number): number | string {
    const value = this.#values[place] as number | string;
    return this.#convert && typeof value === "number" ? this.#convert(value) : value;
  }

  /** The status of the point at a place, which must be one of the series. */
  status(place: number): number {
    return this.#statuses[place] as number;
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
  insert(points: readonly StoredPoint[]): void {
    const byTime = new Map(points.map((point) => [point.timestamp, point]));
    const added = [...byTime.values()].sort((a, b) => a.timestamp - b.timestamp);
    const first = added[0]?.timestamp ?? 0;
    // Points mostly come in order: only what is not older than the first new one has to be merged.
    const old = this.#cut(this.from(first));
    let place = 0;
    for (const point of added) {
      for (; place < old.size && old.time(place) < point.timestamp; place += 1) this.#push(old.at(place));
      if (place < old.size && old.time(place) === point.timestamp) place += 1;
      this.#push(point);
    }
    for (; place < old.size; place += 1) this.#push(old.at(place));
  }

  /** Deletes the points of a range, whose end is not included. */
  delete(begin: number, end: number): void {
    const from = this.from(begin);
    const count = Math.max(0, this.from(end) - from);
    this.#times.splice(from, count);
    this.#values.splice(from, count);
    this.#statuses.splice(from, count);
  }

  /** The point at a place, which must be one of the series. */
  at(place: number): StoredPoint {
    return { timestamp: this.time(place), value: this.value(place), status: this.status(place) };
  }

  /** The points that a rule on statuses lets through; all of them are these very points. */
  where(admits: (status: number) => boolean): Points {
    if (this.#statuses.every(admits)) return this;
    const some = new Points();
    for (let place = 0; place < this.size; place += 1) if (admits(this.status(place))) some.#push(this.at(place));
    return some;
  }

  /** The same points, to be read only, with their numbers converted. */
  converted(convert: (value: number) => number): Points {
    const view = new Points();
    view.#times = this.#times;
    view.#values = this.#values;
    view.#statuses = this.#statuses;
    view.#convert = convert;
    return view;
  }

  /** The same points, to go their own way. */
  copy(): Points {
    const copy = new Points();
    copy.#times = [...this.#times];
    copy.#values = [...this.#values];
    copy.#statuses = [...this.#statuses];
    return copy;
  }

  /** Takes away the points from a place on, and gives them. */
  #cut(place: number): Points {
    const rest = new Points();
    rest.#times = this.#times.splice(place);
    rest.#values = this.#values.splice(place);
    rest.#statuses = this.#statuses.splice(place);
    return rest;
  }

  #push({ timestamp, value, status }: StoredPoint): void {
    this.#times.push(timestamp);
    this.#values.push(value);
    this.#statuses.push(status);
  }
}
