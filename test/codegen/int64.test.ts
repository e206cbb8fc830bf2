import { describe, expect, it } from "vitest";
import { generate, parseJson, readModelDocument, typescript } from "../../src/codegen/index.js";
import { file } from "../ir/models.js";

const document = readModelDocument(
  file({
    Signal: {
      filter: { equals: { property: ["s", "Signal_v1", "key"], value: 8238506972502594227n } },
      properties: {
        key: { type: { type: "int64" }, nullable: false, defaultValue: 8238506972502594227n },
        keys: { type: { type: "int64", list: true } },
        count: { type: { type: "int32" } },
      },
    },
  }),
);
const textOf = (int64?: "number" | "bigint"): string =>
  generate({ document, ...(int64 && { target: typescript({ int64 }) }) }).files.get("signal.ts") ?? "";

describe("E104: the type of int64 values", () => {
  it("is number unless asked otherwise", () => {
    const text = textOf();
    expect(text).toContain("  key: number;\n  keys: number[] | null;\n");
    expect(text).not.toContain("bigint");
    expect(text).toBe(textOf("number"));
  });

  it("is bigint in interfaces, and marked in the metadata, where asked for", () => {
    const text = textOf("bigint");
    expect(text).toContain("  key: bigint;\n  keys: bigint[] | null;\n");
    expect(text).toContain("  count: number | null;\n");
    expect(text).toContain('key: { type: "int64", required: true, hasDefault: true, bigint: true }');
    expect(text).toContain('keys: { type: "int64", list: true, bigint: true }');
  });

  it("leaves every digit of default values and filters", () => {
    expect(textOf()).toContain("/** Default: 8238506972502594227. */");
    expect(textOf()).toContain("value: 8238506972502594227n");
  });

  it("tells two containers of one id apart by the last digit of a default value", () => {
    const container = (digits: string): string =>
      `{"space":"s","externalId":"C","properties":{"key":{"type":{"type":"int64"},"defaultValue":${digits}}}}`;
    const read = (digits: string) =>
      readModelDocument(parseJson(`{"containers":[${container("8238506972502594227")},${container(digits)}]}`));
    expect(read("8238506972502594227").containers).toHaveLength(1);
    expect(() => read("8238506972502594226")).toThrow(expect.objectContaining({ code: "MODEL.INVALID" }));
  });
});
