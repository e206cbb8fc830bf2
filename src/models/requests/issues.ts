import * as v from "valibot";
import type { RequestSchema } from "./lazily.js";

/** The part of a valibot issue that its description needs. */
export type RequestIssue = Pick<v.BaseIssue<unknown>, "expected" | "received" | "message" | "path" | "issues">;

/** Most violations that a message lists; the rest are counted. */
const LISTED = 20;

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ["string", "a string"],
  ["number", "a number"],
  ["boolean", "a boolean"],
  ["Object", "an object"],
  ["Array", "an array"],
]);

/**
 * Says what is wrong with a request in the service's words (contract 2.3).
 * Unknown fields come first: `Unexpected field - items[0].nmae`.
 *
 * @param issues - at least one issue of a refused request
 */
export function describeIssues(issues: readonly RequestIssue[]): string {
  const flat = issues.flatMap(innermost);
  const unexpected = flat.find(isUnexpectedField);
  if (unexpected) return `Unexpected field - ${pathOf(unexpected)}`;
  const violations = flat.map(describe);
  const listed = violations.slice(0, LISTED);
  const rest = violations.length - listed.length;
  if (rest > 0) listed.push(`and ${rest} more`);
  return `Request had ${violations.length} constraint violations. Please fix the request and try again. [${listed.join(", ")}]`;
}

/** A request as its schema reads it, or what is wrong with it in the service's words. */
export type CheckedRequest<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Reads a request body with its schema. */
export function checkRequest<T>(schema: RequestSchema<T>, body: unknown): CheckedRequest<T> {
  const result = v.safeParse(schema(), body);
  return result.success ? { ok: true, value: result.output } : { ok: false, message: describeIssues(result.issues) };
}

/** The issues inside a union's issue, with their whole paths, when the union can be narrowed to one option. */
function innermost(issue: RequestIssue): readonly RequestIssue[] {
  if (!issue.issues?.some((inner) => inner.path)) return [issue];
  return issue.issues
    .filter((inner) => inner.path)
    .flatMap((inner) => innermost(withPath(inner, [...(issue.path ?? []), ...(inner.path ?? [])])));
}

function withPath(issue: RequestIssue, path: readonly v.IssuePathItem[]): RequestIssue {
  const [first, ...rest] = path;
  return first ? { ...issue, path: [first, ...rest] } : issue;
}

function isUnexpectedField(issue: RequestIssue): boolean {
  return issue.expected === "never";
}

function describe(issue: RequestIssue): string {
  const path = pathOf(issue);
  const message = issue.received === "undefined" ? "must not be null" : messageOf(issue);
  return path === "" ? `body ${message}` : `${path} ${message}`;
}

function messageOf(issue: RequestIssue): string {
  if (!/^Invalid [a-z ]+: Expected /.test(issue.message)) return issue.message;
  if (issue.received === "null") return "must not be null";
  const expected = issue.expected ?? "something else";
  return `must be ${TYPE_NAMES.get(expected) ?? expected}`;
}

/** `items[0].properties.name`: dots between keys, brackets around positions. */
function pathOf(issue: RequestIssue): string {
  let path = "";
  for (const { key } of issue.path ?? []) {
    if (typeof key === "number") path += `[${key}]`;
    else path += path === "" ? String(key) : `.${String(key)}`;
  }
  return path;
}
