import type { Document, Pair } from "yaml";
import type { Diagnostic } from "../../errors/index.js";
import { isRecord } from "../../models/index.js";
import { sourceProblem } from "./problems.js";

/** Keys whose values are ids: `version: 1` is the text "1", as the toolkit has it. */
const ids: ReadonlySet<unknown> = new Set([
  "space",
  "externalId",
  "version",
  "identifier",
  "containerPropertyIdentifier",
]);

/** Values of the documents of a YAML text; integers too long for a number come as `bigint`. */
export async function readYaml(path: string, text: string, problems: Diagnostic[]): Promise<readonly unknown[]> {
  const { isScalar, parseAllDocuments, visit } = await import("yaml");
  const documents: readonly Document[] = [...parseAllDocuments(text, { intAsBigInt: true })];
  const faults = documents.flatMap(({ errors }) => errors);
  for (const { message, linePos } of faults) {
    const [reason = message] = message.split(/ at line \d+/);
    problems.push(sourceProblem("SOURCE.SYNTAX", path, `it is not YAML: ${reason}`, linePos?.[0].line));
  }
  if (faults.length > 0) return [];
  return documents.map((document) => {
    visit(document, {
      Pair: (_key, { key, value }: Pair) => {
        if (isScalar(key) && ids.has(key.value) && isScalar(value) && value.source && isIdLike(value.value)) {
          value.value = value.source;
        }
      },
    });
    return withNumbers(document.toJS());
  });
}

function isIdLike(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumbers(inner)]));
}
