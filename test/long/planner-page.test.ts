import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { plannerPage, type RequestCounts, requestCounts } from "../tools/docs/planner/page.js";

let counted: readonly RequestCounts[];

beforeAll(async () => {
  counted = await requestCounts();
});

/** Tables are padded by the formatter. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/g, " ").replaceAll(/-{2,}/g, "-");

it("docs/planner.md is what `npm run docs` writes", () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/planner.md"), "utf8");
  expect(unpadded(page)).toBe(unpadded(plannerPage(counted)));
});

it("every shape makes exactly as many requests as its pages come to", () => {
  expect(counted).toHaveLength(30);
  for (const { code, counts, expected } of counted) expect(counts, code).toEqual(expected);
});
