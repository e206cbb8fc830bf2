import type { ConstDirectiveNode, ConstValueNode } from "graphql";
import { isRecord } from "../../models/index.js";

/** Arguments of a directive by name, as JSON; those of one that is not there are empty. */
export type Arguments = Readonly<Record<string, unknown>>;

/** The directive of this name, or `undefined`. */
export function directiveOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): Arguments | undefined {
  const found = node.directives?.find((directive) => directive.name.value === name);
  return found && Object.fromEntries((found.arguments ?? []).map(({ name: key, value }) => [key.value, jsonOf(value)]));
}

function jsonOf(node: ConstValueNode): unknown {
  if ("fields" in node) return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, jsonOf(value)]));
  if ("values" in node) return node.values.map(jsonOf);
  if (!("value" in node)) return null;
  if (node.kind !== "IntValue" && node.kind !== "FloatValue") return node.value;
  const number = Number(node.value);
  return node.kind === "FloatValue" || Number.isSafeInteger(number) ? number : BigInt(node.value);
}

/** A text argument, or what stands for it where it is not given. */
export function textOf<T>(given: Arguments | undefined, name: string, otherwise: T): string | T {
  const value = given?.[name];
  return typeof value === "string" ? value : otherwise;
}

/** An argument that is an object with texts of these names. */
export function textsOf<Name extends string>(
  given: Arguments | undefined,
  name: string,
  keys: readonly Name[],
): Readonly<Record<Name, string>> | undefined {
  const value = given?.[name];
  if (!isRecord(value) || !keys.every((key) => typeof value[key] === "string")) return undefined;
  return value as Readonly<Record<Name, string>>;
}

/** Name and description of a comment: lines that begin with `@name` or another mark are no part of the description. */
export function commentOf(comment: { readonly value: string } | undefined): {
  readonly name?: string;
  readonly description?: string;
} {
  if (!comment) return {};
  const lines = comment.value.split("\n").map((line) => line.trim());
  const tagged = (tag: string): string | undefined =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${tag} `))
      ?.slice(tag.length)
      .trim();
  const rest = lines
    .filter((line) => !/^@\w+/.test(line))
    .join("\n")
    .trim();
  const name = tagged("@name");
  const description = rest || tagged("@description");
  return { ...(name ? { name } : {}), ...(description ? { description } : {}) };
}
