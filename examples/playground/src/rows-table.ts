import { element } from "./step.js";

/** Rows as a table; what is nested shows as JSON. */
export function rowsTable(rows: readonly Readonly<Record<string, unknown>>[]): HTMLTableElement {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  const body = rows.map((row) => element("tr", {}, ...names.map((name) => element("td", {}, textOf(row[name])))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
