import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { plannerPage, type RequestCounts, requestCounts } from "../tools/docs/planner/page.js";

let counted: readonly RequestCounts[];

beforeAll(async () => {
  counted = await requestCounts();
}, 300_000);

/** Tables are padded by the formatter. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/g, " ").replaceAll(/-{2,}/g, "-");

it("docs/planner.md is what `npm run docs` writes", () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/planner.md"), "utf8");
  expect(unpadded(page)).toBe(unpadded(plannerPage(counted)));
});

it("no shape makes more requests for more rows than there are more pages", () => {
  expect(counted).toHaveLength(30);
  for (const { code, counts } of counted) {
    const [few = 0, page = 0, pages = 0] = counts;
    // 10 turbines and 1,000 are a page alike; nested sets of the second may be larger than one.
    expect(page, code).toBeLessThanOrEqual(few + 4);
    expect(pages, code).toBeLessThanOrEqual(page * 100);
  }
});
