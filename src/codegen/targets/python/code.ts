import { pythonText } from "./literal.js";

/** Columns that a line has, as far as names and texts without blanks let it: what formatters of Python take. */
export const lineWidth = 88;

/** A piece of code that can be broken: as it is, between brackets, or a union. */
export type Python = string | Group | Union;

interface Group {
  /** What stands before the bracket. */
  readonly head: string;
  readonly open: "(" | "[" | "{";
  readonly parts: readonly Part[];
}

/** What stands between brackets, perhaps with `key: ` or `name=` before it. */
interface Part {
  readonly before: string;
  readonly value: Python;
}

interface Union {
  readonly members: readonly Python[];
}

const closing = { "(": ")", "[": "]", "{": "}" } as const;

/** A list, a tuple, or with a name before it a call or a type with arguments. */
export function group(open: "(" | "[", values: readonly Python[], head = ""): Python {
  return { head, open, parts: values.map((value) => ({ before: "", value })) };
}

/** A type with arguments, as `list[str]`. */
export function typed(name: string, ...args: readonly Python[]): Python {
  return group("[", args, name);
}

/** A call; arguments by name come after the others. */
export function call(
  name: string,
  args: readonly Python[],
  named: readonly (readonly [name: string, value: Python])[] = [],
): Python {
  const parts = [
    ...args.map((value) => ({ before: "", value })),
    ...named.map(([name, value]) => ({ before: `${name}=`, value })),
  ];
  return { head: name, open: "(", parts };
}

/** A dict. */
export function dict(entries: readonly (readonly [key: string, value: Python])[]): Python {
  return { head: "", open: "{", parts: entries.map(([key, value]) => ({ before: `${pythonText(key)}: `, value })) };
}

/** One of several types. */
export function union(...members: readonly Python[]): Python {
  return members.length === 1 ? (members[0] ?? "None") : { members };
}

/**
 * Code on one line where it fits, else broken as formatters do it.
 *
 * @param indent - of the line that it stands on
 * @param used - columns of that line that are taken, by what stands before it and after it
 */
export function print(code: Python, indent: number, used: number): string {
  const line = inline(code);
  if (indent + used + line.length <= lineWidth || typeof code === "string") return line;
  if (!("members" in code)) return broken(code, indent, line);
  return `(\n${" ".repeat(indent + 4)}${unionIn(code, indent + 4)}\n${" ".repeat(indent)})`;
}

/**
 * Brackets with each part on a line of its own, and a comma after the last, so that formatters keep it so; but one type
 * with a comma would be a tuple.
 */
function broken({ head, open, parts }: Group, indent: number, line: string): string {
  if (parts.length === 0) return line;
  const comma = parts.length === 1 && open === "[" && head !== "" ? "" : ",";
  const margin = " ".repeat(indent + 4);
  const inner = parts.map(({ before, value }) => {
    const isUnion = typeof value !== "string" && "members" in value;
    const text = isUnion ? unionIn(value, indent + 4) : print(value, indent + 4, before.length + comma.length);
    return `${margin}${before}${text}${comma}\n`;
  });
  return `${head}${open}\n${inner.join("")}${" ".repeat(indent)}${closing[open]}`;
}

/** A union on a line of its own within brackets; where it does not fit, each member on one. */
function unionIn(code: Union, indent: number): string {
  const line = inline(code);
  if (indent + line.length <= lineWidth) return line;
  return code.members.map((member) => print(member, indent, 2)).join(`\n${" ".repeat(indent)}| `);
}

/**
 * An assignment with a type, broken where formatters break it: within the value, around the value, or within the type.
 *
 * @param value - what is assigned, nothing for a bare annotation
 */
export function assignment(name: string, type: Python, value: Python | undefined, indent: number): string {
  const margin = " ".repeat(indent);
  const head = `${margin}${name}: `;
  const flat = `${head}${inline(type)}`;
  if (value === undefined) return `${head}${print(type, indent, name.length + 2)}\n`;
  const line = inline(value);
  if (flat.length + line.length + 3 <= lineWidth) return `${flat} = ${line}\n`;
  const isCall = typeof value !== "string" && "open" in value;
  if (isCall && flat.length + value.head.length + 4 <= lineWidth) return `${flat} = ${broken(value, indent, line)}\n`;
  const isShort = line === "None" || line === "True" || line === "False";
  const isAtom = typeof type === "string";
  if (isAtom || (!isShort && flat.length + 4 <= lineWidth)) {
    if (indent + 4 + line.length <= lineWidth && !isShort) return `${flat} = (\n${margin}    ${line}\n${margin})\n`;
    return `${flat} = ${line}\n`;
  }
  return `${head}${print(type, indent, lineWidth)} = ${line}\n`;
}

/** Code on one line. */
export function inline(code: Python): string {
  if (typeof code === "string") return code;
  if ("members" in code) return code.members.map(inline).join(" | ");
  const { head, open, parts } = code;
  const inner = parts.map(({ before, value }) => before + inline(value)).join(", ");
  const one = open === "(" && head === "" && parts.length === 1 ? "," : "";
  return `${head}${open}${inner}${one}${closing[open]}`;
}

/** Brackets that are broken even where they would fit; but one type alone may stay. */
export function always(code: Python, indent: number, used: number): string {
  const isOneType = typeof code !== "string" && "open" in code && code.open === "[" && code.parts.length === 1;
  if (typeof code === "string" || "members" in code || isOneType) return print(code, indent, used);
  return broken(code, indent, inline(code));
}
