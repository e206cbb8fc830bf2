import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openApiChecker } from "../../tools/openapi-checker.js";
import { areas } from "./areas.js";
import { withTable } from "./table.js";

const document = readFileSync(new URL("../../../docs/emulator.md", import.meta.url), "utf8");
const checker = openApiChecker();

describe("docs/emulator.md", () => {
  it("has the table of the cases as they are: else run npm run contract-table", () => {
    expect(withTable(document, areas)).toBe(document);
  });
});

describe.skipIf(checker === null)("the service's own document", () => {
  const operations = [...(checker?.operations() ?? [])];

  it.each(operations)("%s: has a case for every option, and one each for success and refusal", (operation, options) => {
    const cases = areas.flatMap((area) => area.cases).filter((item) => item.operation === operation);
    const known = new Set(cases.map(({ option }) => option));
    expect([...options].filter((option) => !known.has(option))).toEqual([]);
    const refusable = options.size > 0;
    expect([cases.some(({ status }) => status < 300), !refusable || cases.some(({ status }) => status >= 400)]).toEqual(
      [true, true],
    );
  });
});
