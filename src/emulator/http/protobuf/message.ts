/** What a field of a message holds: a number, a text, a truth value, or a message. */
export type FieldType = "int64" | "double" | "string" | "bool" | Message;

/** A field of a message, as the wire knows it. */
export interface Field {
  readonly number: number;
  readonly type: FieldType;
  /** Whether there may be any number of it. */
  readonly repeated?: boolean;
}

/** A kind of message of protocol buffers: its fields, by their names in JSON. */
export type Message = Readonly<Record<string, Field>>;

/** How a value is written: of the wire types that there are, these are in use. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** The wire type of a field. */
export function wireTypeOf(type: FieldType): number {
  if (type === "double") return wireTypes.fixed64;
  return type === "int64" || type === "bool" ? wireTypes.varint : wireTypes.bytes;
}
