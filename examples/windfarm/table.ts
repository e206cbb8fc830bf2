import Table from "cli-table3";

/** A cell: anything that has a short text. */
export type Cell = string | number | boolean | null | undefined;

/** Rows under a header, as wide as the terminal allows; absent values show as a dash. */
export function formatTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = new Table({
    head: [...header],
    style: { head: [], border: [], compact: true },
    colAligns: header.map((_, column) => (rows.every((row) => typeof row[column] === "number") ? "right" : "left")),
  });
  for (const row of rows) table.push(row.map((cell) => shorten(cell)));
  return table.toString();
}

function shorten(cell: Cell): string {
  const text = cell === null || cell === undefined || cell === "" ? "–" : String(cell);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
