import { type CountedFarm, countedFarm, farmSize } from "./farm.js";
import { plannerShapes } from "./shapes.js";

/** Turbines, and how many times smaller the pages are; a hundredth of both is the same number of pages. */
const sizes = [
  { told: 10, farm: farmSize(10, 1) },
  { told: 1_000, farm: farmSize(1_000, 1) },
  { told: 100_000, farm: farmSize(1_000, 100) },
] as const;

/** What was counted of one shape, by the size of the farm. */
export interface RequestCounts {
  readonly code: string;
  readonly counts: readonly number[];
  /** What they are by the number of pages. */
  readonly expected: readonly number[];
}

/** How many requests each shape takes. */
export async function requestCounts(): Promise<RequestCounts[]> {
  const rows = plannerShapes.map(({ code, requests }) => ({
    code,
    counts: [] as number[],
    expected: sizes.map(({ farm }) => requests(farm)),
  }));
  for (const { farm: size } of sizes) {
    const farm = await countedFarm(size);
    for (const [index, { run }] of plannerShapes.entries()) rows[index]?.counts.push(await requestsOf(farm, run));
  }
  return rows;
}

async function requestsOf(farm: CountedFarm, run: (farm: CountedFarm) => Promise<unknown>): Promise<number> {
  const before = farm.count();
  await run(farm);
  return farm.count() - before;
}

/** The page about how many requests queries make. */
export function plannerPage(counted: readonly RequestCounts[]): string {
  const rows = counted.map(({ code, counts }) => [
    `\`${code.replaceAll("|", "\\|")}\``,
    ...counts.map((count) => count.toLocaleString("en-US")),
  ]);
  const header = ["call", ...sizes.map(({ told }) => `${told.toLocaleString("en-US")} turbines`)];
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const lines = [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
  return `# How many requests queries make

The planner packs as much as it can into one request, and reads what the service cannot give in the same one in a further stage per page.
The number of requests so depends on the shape of a query and on the number of pages, and never on the number of rows in a page: there is
no request per row. [\`explain()\`](queries.md#what-a-query-costs) tells it for any query.

Counted on the emulator, over a farm of so many turbines: ten to a farm and to a met mast, and for each turbine three blades, two sensors, a
nacelle, an inspection that covers it and the next, and an edge to a mast and one to the turbine in its wake. A page holds 1,000 rows, a nested
set 10,000, a filter 1,000 ids. For 100,000 turbines, all of these are a hundredth as large, and so are the turbines: the pages are as many. A
\`some\` that asks for more than 100,000 ids is refused (\`QUERY.TOO_BROAD\`); the last call reads as many ids as there are turbines.

${lines.join("\n")}

This page is written by \`npm run docs\`. The long tests hold it against what is counted then, and that against what the sizes of pages come to:
a page that is full is followed by another, be it empty, and nothing else adds a request.
`;
}
