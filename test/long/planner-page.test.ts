import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { plannerPage, requestCounts } from "../tools/docs/planner/page.js";

it("docs/planner.md is what `npm run docs` writes", async () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/planner.md"), "utf8");
  expect(page).toBe(await plannerPage());
});

it("no shape makes more requests for more rows than there are more pages", async () => {
  const rows = await requestCounts();
  expect(rows).toHaveLength(30);
  for (const { code, counts } of rows) {
    const [few = 0, page = 0, pages = 0] = counts;
    // 10 turbines and 1,000 are a page alike; nested sets of the second may be larger than one.
    expect(page, code).toBeLessThanOrEqual(few + 4);
    expect(pages, code).toBeLessThanOrEqual(page * 100);
  }
});
