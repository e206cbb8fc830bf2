import type { ContractArea, ContractCase, Verdict } from "./case.js";

/** What stands around the table in docs/emulator.md. */
export const BEGIN = "<!-- The table below is written by `npm run contract-table`. -->";
export const END = "<!-- End of the table. -->";

/** A document with the table of these areas between its marks. */
export function withTable(document: string, areas: readonly ContractArea[]): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The document has no place for the table: ${BEGIN} and ${END}`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${tableOf(areas)}\n\n${document.slice(end)}`;
}

/** One row per operation and option: how the emulator stands to it, and how many cases show it. */
function tableOf(areas: readonly ContractArea[]): string {
  const rows = new Map<string, ContractCase[]>();
  for (const item of areas.flatMap(({ cases }) => cases)) {
    // By path first, so that the calls of a resource stand together.
    const [method = "", path = ""] = item.operation.split(" ");
    const key = `${path} ${method} ${item.option}`;
    rows.set(key, [...(rows.get(key) ?? []), item]);
  }
  const cells = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cases]) => row(cases));
  return aligned([["operation", "option", "emulator", "taken", "refused", "differs in"], ...cells]);
}

function row(cases: readonly ContractCase[]): readonly string[] {
  const { operation, option } = cases[0] as ContractCase;
  const taken = cases.filter(({ status }) => status < 400).length;
  const notes = [...new Set(cases.flatMap(({ note }) => note ?? []))].join("; ");
  return [`\`${operation}\``, `\`${option}\``, worst(cases), `${taken}`, `${cases.length - taken}`, notes];
}

/** A table whose columns are as wide as their widest cell, which is how documents are formatted here. */
function aligned(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

function worst(cases: readonly ContractCase[]): Verdict {
  const order: readonly Verdict[] = ["refused", "differs"];
  return order.find((verdict) => cases.some((item) => item.verdict === verdict)) ?? "supported";
}
