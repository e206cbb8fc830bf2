// Results for people.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { platform } from "./load.mjs";

const page = path.resolve(import.meta.dirname, "../../docs/benchmarks.md");
const [begin, end] = ["<!-- results: begin -->", "<!-- results: end -->"];

function amount(value, unit) {
  const digits = unit === "us" || value < 10 ? 2 : 0;
  return `${value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}

/** A table in Markdown. */
export function table(results) {
  const rows = results.map(({ id, what, unit, bar, ratio, ours, peer }) => [
    `\`${id}\``,
    what,
    amount(ours, unit),
    amount(peer, unit),
    ratio.toFixed(2),
    bar === undefined ? "" : `${bar}${ratio > bar ? " (missed)" : ""}`,
  ]);
  return lined([["id", "what", "ours", "peer", "ratio", "at most"], ...rows]);
}

/** A table of what has no peer. */
export function figureTable(figures) {
  const rows = figures.map(({ id, what, unit, bar, atLeast, value }) => {
    const missed = bar !== undefined && (atLeast ? value < bar : value > bar);
    const wanted = bar === undefined ? "" : `${atLeast ? "at least" : "at most"} ${bar.toLocaleString("en-US")}`;
    return [`\`${id}\``, what, amount(value, unit), `${wanted}${missed ? " (missed)" : ""}`];
  });
  return lined([["id", "what", "measured", "aimed at"], ...rows]);
}

function lined(all) {
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`);
  return [lines[0], `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...lines.slice(1)].join("\n");
}

/** Says how the numbers came about. */
export function footnote({ rounds, disturbed }) {
  const noise = disturbed > 0 ? `; ${disturbed} of the rounds were disturbed by other work on the machine` : "";
  return `${platform()}; medians of ${rounds} rounds${noise}.`;
}

/** Puts the table into the documentation. */
export function writePage(text) {
  const old = readFileSync(page, "utf8");
  const from = old.indexOf(begin) + begin.length;
  const to = old.indexOf(end);
  if (from < begin.length || to < 0) throw new Error(`${page} has no place for results.`);
  writeFileSync(page, `${old.slice(0, from)}\n${text}\n${old.slice(to)}`);
}
