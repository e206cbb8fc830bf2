/** A hash of a text: 16 hexadecimal digits (FNV-1a, 64 bits). It tells versions of a text apart, and is no signature. */
export function contentHash(text: string): string {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of new TextEncoder().encode(text)) {
    low = (low ^ byte) >>> 0;
    // Times 2^40 + 0x1b3, by halves that stay exact.
    const product = low * 0x1b3;
    high = (high * 0x1b3 + low * 0x100 + Math.floor(product / 0x1_0000_0000)) % 0x1_0000_0000;
    low = product % 0x1_0000_0000;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
}
