import { badRequest } from "../../engine/fault.js";
import { type FieldType, type Message, wireTypeOf, wireTypes } from "./message.js";

/** Bytes, read from front to end. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #place: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, begin = 0, end: number = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#place = begin;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.#place === this.#end;
  }

  varint(): number {
    let value = 0;
    let factor = 1;
    // Seven bytes fit a number; those that are longer are negative, as a rule.
    for (let at = 0; at < 7; at++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
    let large = BigInt(value);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      large |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, large));
    }
    throw malformed();
  }

  double(): number {
    return this.#view.getFloat64(this.#taken(8), true);
  }

  text(): string {
    const { begin, end } = this.#part();
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(this.#bytes.subarray(begin, end));
    } catch {
      throw badRequest("The body holds text that is not valid UTF-8.");
    }
  }

  nested(): Reader {
    const { begin, end } = this.#part();
    return new Reader(this.#bytes, begin, end);
  }

  /** Passes over a value of a field that is not known. */
  skip(wireType: number): void {
    if (wireType === wireTypes.varint) this.varint();
    else if (wireType === wireTypes.fixed64) this.#taken(8);
    else if (wireType === wireTypes.fixed32) this.#taken(4);
    else if (wireType === wireTypes.bytes) this.#part();
    else throw malformed();
  }

  #byte(): number {
    return this.#view.getUint8(this.#taken(1));
  }

  #part(): { readonly begin: number; readonly end: number } {
    const length = this.varint();
    if (length < 0) throw malformed();
    const begin = this.#taken(length);
    return { begin, end: begin + length };
  }

  #taken(length: number): number {
    const begin = this.#place;
    if (begin + length > this.#end) throw malformed();
    this.#place = begin + length;
    return begin;
  }
}

function malformed(): Error {
  return badRequest("The body is not a valid message of protocol buffers.");
}

/**
 * The bytes of a message as an object: only what they hold, and `undefined` for nothing. Fields that are not known are
 * passed over.
 *
 * @throws Fault 400 for bytes that are no message
 */
export function readMessage(message: Message, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  return readFields(message, new Reader(bytes));
}

function readFields(message: Message, reader: Reader): Readonly<Record<string, unknown>> {
  const names = new Map(Object.entries(message).map(([name, field]) => [field.number, { name, ...field }]));
  const read = new Map<string, unknown>();
  while (!reader.isAtEnd) {
    const key = reader.varint();
    const wireType = key & 7;
    const field = names.get(Math.floor(key / 8));
    if (!field || wireTypeOf(field.type) !== wireType) reader.skip(wireType);
    else if (!field.repeated) read.set(field.name, readValue(field.type, reader));
    else {
      const all = read.get(field.name);
      const value = readValue(field.type, reader);
      if (Array.isArray(all)) all.push(value);
      else read.set(field.name, [value]);
    }
  }
  return Object.fromEntries(read);
}

function readValue(type: FieldType, reader: Reader): unknown {
  if (type === "int64") return reader.varint();
  if (type === "bool") return reader.varint() !== 0;
  if (type === "double") return reader.double();
  return type === "string" ? reader.text() : readFields(type, reader.nested());
}
