import { isRecord } from "../../../models/index.js";
import { type Field, type FieldType, type Message, wireTypeOf } from "./message.js";

const utf8 = new TextEncoder();

/** Bytes, with room to grow. */
class Bytes {
  #all: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  #view = new DataView(this.#all.buffer);
  #length = 0;

  get written(): Uint8Array<ArrayBuffer> {
    return this.#all.subarray(0, this.#length);
  }

  /** Whole numbers take as few bytes as they need; negative ones take ten. */
  varint(value: number): void {
    this.#reserve(10);
    if (value < 0) {
      let left = BigInt.asUintN(64, BigInt(value));
      for (; left > 0x7fn; left >>= 7n) this.#byte(Number(left & 0x7fn) | 0x80);
      this.#byte(Number(left));
      return;
    }
    let left = value;
    for (; left > 0x7f; left = Math.floor(left / 0x80)) this.#byte((left % 0x80) | 0x80);
    this.#byte(left);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  text(value: string): void {
    const bytes = utf8.encode(value);
    this.varint(bytes.length);
    this.#reserve(bytes.length);
    this.#all.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What `write` adds, after its length, which is known only then: most fit into one byte, others are moved. */
  nested(write: () => void): void {
    this.#reserve(1);
    const begin = this.#length;
    this.#length += 1;
    write();
    const size = this.#length - begin - 1;
    let more = 0;
    for (let left = size; left > 0x7f; left >>= 7) more += 1;
    this.#reserve(more);
    if (more > 0) this.#all.copyWithin(begin + 1 + more, begin + 1, this.#length);
    this.#length = begin;
    this.varint(size);
    this.#length += size;
  }

  #byte(value: number): void {
    this.#all[this.#length] = value;
    this.#length += 1;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#all.length) return;
    const larger = new Uint8Array(Math.max(this.#all.length * 2, this.#length + more));
    larger.set(this.#all);
    this.#all = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** An object as the bytes of a message. What the message has no field for is left out. */
export function writeMessage(message: Message, value: object): Uint8Array<ArrayBuffer> {
  const bytes = new Bytes();
  writeFields(bytes, message, value);
  return bytes.written;
}

function writeFields(bytes: Bytes, message: Message, value: object): void {
  for (const [name, given] of Object.entries(value)) {
    const field = Object.hasOwn(message, name) ? message[name] : undefined;
    if (!field || given === undefined || given === null) continue;
    const all: readonly unknown[] = field.repeated && Array.isArray(given) ? given : [given];
    for (const one of all) writeField(bytes, field, one);
  }
}

function writeField(bytes: Bytes, { number, type }: Field, value: unknown): void {
  bytes.varint(number * 8 + wireTypeOf(type));
  writeValue(bytes, type, value);
}

function writeValue(bytes: Bytes, type: FieldType, value: unknown): void {
  if (type === "int64" || type === "bool") bytes.varint(Number(value));
  else if (type === "double") bytes.double(Number(value));
  else if (type === "string") bytes.text(String(value));
  else if (isRecord(value)) bytes.nested(() => writeFields(bytes, type, value));
}
