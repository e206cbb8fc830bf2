import { element } from "./step.js";

/** Rows as a table, each column with its type; what is nested shows as JSON. */
export function rowsTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  typeOf: (name: string) => string,
): HTMLElement {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = names.map((name) => element("th", { scope: "col" }, name, element("small", {}, typeOf(name))));
  const body = rows.map((row) => element("tr", {}, ...names.map((name) => element("td", {}, textOf(row[name])))));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
  const frame = element("div", { className: "scroll", tabIndex: 0 }, table);
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Rows");
  return frame;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
