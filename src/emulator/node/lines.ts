import { Buffer } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";

/** Bytes read at a time. */
const BLOCK = 4 * 1024 * 1024;
const NEWLINE = 10;
/** Eight digits and a space. */
const MARK = 9;

/** A line of a file: what was written, behind its checksum, by which one that is torn is told. */
export function lineOf(text: string): Buffer {
  const body = Buffer.from(text);
  const mark = crc32(body)
    .toString(16)
    .padStart(MARK - 1, "0");
  return Buffer.concat([Buffer.from(`${mark} `), body, Buffer.of(NEWLINE)]);
}

/** A line that was read: without a text, it is not as it was written. */
export interface ReadLine {
  readonly text: string | undefined;
  /** Where it ends, in bytes from the beginning of the file. */
  readonly end: number;
}

/** The lines of a file, one after the other; the last one may be without its end. */
export function* readLines(file: string): Generator<ReadLine, void, undefined> {
  const descriptor = openSync(file, "r");
  try {
    const block = Buffer.allocUnsafe(BLOCK);
    let parts: Buffer[] = [];
    let end = 0;
    for (let size = readSync(descriptor, block); size > 0; size = readSync(descriptor, block)) {
      let from = 0;
      for (let at = block.indexOf(NEWLINE); at >= 0 && at < size; at = block.indexOf(NEWLINE, from)) {
        const line = Buffer.concat([...parts, block.subarray(from, at)]);
        parts = [];
        end += line.length + 1;
        yield { text: checked(line), end };
        from = at + 1;
      }
      if (from < size) parts.push(Buffer.from(block.subarray(from, size)));
    }
    const rest = Buffer.concat(parts);
    if (rest.length > 0) yield { text: undefined, end: end + rest.length };
  } finally {
    closeSync(descriptor);
  }
}

function checked(line: Buffer): string | undefined {
  const body = line.subarray(MARK);
  const mark = line.toString("latin1", 0, MARK);
  return mark ===
    `${crc32(body)
      .toString(16)
      .padStart(MARK - 1, "0")} `
    ? body.toString("utf8")
    : undefined;
}
