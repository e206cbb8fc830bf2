import { isRecord } from "../../models/index.js";

/** Line separators that end a line of code, and marks that change the direction in which code is shown. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A string literal: the text can neither end it nor show as something it is not (E14, B12). */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A key of an object literal or an interface; `__proto__` is computed in literals, where it would set the prototype. */
export function propertyKey(name: string, place: "literal" | "type"): string {
  if (name === "__proto__" && place === "literal") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** A value as an expression; objects and lists break over several lines where they would pass the width. */
export function expression(value: unknown, indent: number, width: number, used = 0): string {
  const line = inline(value);
  if (indent + used + line.length <= width) return line;
  const inner = " ".repeat(indent + 2);
  const end = `\n${" ".repeat(indent)}`;
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item) => `${inner}${expression(item, indent + 2, width, 1)},\n`);
    return `[\n${items.join("")}${end.slice(1)}]`;
  }
  if (isRecord(value) && Object.keys(value).length > 0)
    return `{\n${members(value, indent + 2, width)}${end.slice(1)}}`;
  return line;
}

/** The members of an object, each on lines of its own. */
export function members(value: Readonly<Record<string, unknown>>, indent: number, width: number): string {
  return defined(value)
    .map(([name, member]) => {
      const key = `${propertyKey(name, "literal")}: `;
      return `${" ".repeat(indent)}${key}${expression(member, indent, width, key.length + 1)},\n`;
    })
    .join("");
}

function inline(value: unknown): string {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "bigint") return `${value}n`;
  if (!isRecord(value)) return JSON.stringify(value);
  const inner = defined(value).map(([name, member]) => `${propertyKey(name, "literal")}: ${inline(member)}`);
  return inner.length === 0 ? "{}" : `{ ${inner.join(", ")} }`;
}

function defined(value: Readonly<Record<string, unknown>>): readonly [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
