/** A hash of a text: 16 hexadecimal digits (FNV-1a, 64 bits). It tells versions of a text apart, and is no signature. */
export function contentHash(text: string): string {
  // Four parts of 16 bits, from the lowest: all that is computed with them are small integers, which is fast.
  let [a, b, c, d] = [0x2325, 0x8422, 0x9ce4, 0xcbf2];
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at++) {
    a ^= bytes[at] ?? 0;
    // Times 2^40 + 0x1b3.
    const low = a * 0x1b3;
    const second = b * 0x1b3 + (low >>> 16);
    const third = c * 0x1b3 + (a << 8) + (second >>> 16);
    d = (d * 0x1b3 + (b << 8) + (third >>> 16)) & 0xffff;
    a = low & 0xffff;
    b = second & 0xffff;
    c = third & 0xffff;
  }
  return [d, c, b, a].map((part) => part.toString(16).padStart(4, "0")).join("");
}
