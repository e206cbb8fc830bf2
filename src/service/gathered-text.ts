/** Bytes that are decoded at once, at least. */
const blockSize = 65_536;

/**
 * A text that comes as UTF-8 in pieces of any size. Small ones are gathered before they are decoded: a string put together of
 * each byte takes some twenty times the memory of the text.
 */
export class GatheredText {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #block = new Uint8Array(blockSize);
  #filled = 0;
  #text = "";

  /** @throws TypeError for what is not UTF-8 */
  add(piece: Uint8Array): void {
    if (this.#filled + piece.length > blockSize) this.#decode();
    if (piece.length > blockSize) {
      this.#text += this.#decoder.decode(piece, { stream: true });
    } else {
      this.#block.set(piece, this.#filled);
      this.#filled += piece.length;
    }
  }

  /**
   * The whole text; nothing can be added any more.
   *
   * @throws TypeError for what is not UTF-8, or breaks off within a character
   */
  end(): string {
    this.#decode();
    return this.#text + this.#decoder.decode();
  }

  #decode(): void {
    this.#text += this.#decoder.decode(this.#block.subarray(0, this.#filled), { stream: true });
    this.#filled = 0;
  }
}
