/** Called when it gets a place. */
type Waiter = () => void;

/** Those who wait, in order. Anyone may leave, and taking the first costs the same however many have left or been taken. */
export class Line {
  readonly #waiters = new Set<Waiter>();
  #next = this.#waiters.values();

  add(waiter: Waiter): void {
    this.#waiters.add(waiter);
  }

  delete(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  take(): Waiter | undefined {
    let next = this.#next.next();
    if (next.done) {
      this.#next = this.#waiters.values();
      next = this.#next.next();
    }
    if (!next.done) this.#waiters.delete(next.value);
    return next.value;
  }
}
