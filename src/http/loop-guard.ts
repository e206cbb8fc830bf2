import { ResponseError } from "../errors/index.js";

/** Notices cursors that go round in circles, of any length, in constant memory (Brent's method; E118). */
export class LoopGuard {
  #anchor: string | undefined;
  #steps = 0;
  #span = 1;

  /** @param start - the cursor to begin at, where it is not the first page's */
  constructor(start?: string) {
    this.#anchor = start;
  }

  /** Answers with the cursor, or throws when it was met before. */
  check(cursor: string): string {
    if (cursor === this.#anchor) {
      throw new ResponseError("RESPONSE.PAGING", "The service gave the same cursor twice; the list would never end.");
    }
    this.#steps += 1;
    if (this.#steps >= this.#span) {
      this.#anchor = cursor;
      this.#span *= 2;
      this.#steps = 0;
    }
    return cursor;
  }
}
