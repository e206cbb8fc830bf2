import { describe, expect, it } from "vitest";
import { generate, readModelDocument, typescript } from "../../src/codegen/index.js";
import { container, direct, edges, file, reverse, text, view } from "../ir/models.js";
import { compile } from "./compile.js";

const types = [
  "text",
  "boolean",
  "int32",
  "int64",
  "float32",
  "float64",
  "timestamp",
  "date",
  "json",
  "timeseries",
  "file",
  "sequence",
] as const;
const ordinary = file({
  Everything: {
    description: "Every type.",
    properties: Object.fromEntries(
      types.flatMap((type) => [
        [type, { type: { type } }],
        [`${type}_list`, { type: { type, list: true } }],
        [`${type}_required`, { type: { type }, nullable: false }],
      ]),
    ),
  },
  Turbine: {
    implements: [view("Everything")],
    properties: {
      farm: direct(view("Farm")),
      similar: direct(view("Turbine"), true),
      status: {
        type: { type: "enum", values: { running: {}, stopped: {} } },
        nullable: false,
        defaultValue: "running",
      },
      out: edges(view("Farm"), { edgeSource: view("Distance") }),
      back: edges(view("Farm"), { direction: "inwards", connectionType: "single_edge_connection" }),
    },
  },
  Farm: {
    properties: {
      name: text,
      turbines: reverse(view("Turbine"), "farm"),
      by: reverse(view("Turbine"), "farm", container("Turbine_v1")),
    },
  },
  Distance: { usedFor: "edge", properties: { distance: { type: { type: "float64" } } } },
  Describable: { usedFor: "all", properties: { name: text } },
  Empty: {},
});

describe("generated code", () => {
  it.each(["nodenext", "bundler"] as const)(
    "compiles under strict, exactOptionalPropertyTypes and isolatedModules with %s",
    (resolution) => {
      const { files, diagnostics } = generate({ document: readModelDocument(ordinary) });
      expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(compile(files, resolution)).toEqual([]);
    },
  );

  it("design section 3: a program that uses it is typed by what it selects", () => {
    const files = new Map(generate({ document: readModelDocument(ordinary) }).files);
    files.set(
      "program.ts",
      `import type { PygenClient } from "pygen";
import { model } from "./index.js";
export async function main(client: PygenClient): Promise<void> {
  const sdk = model(client, { space: "data" });
  const rows = await sdk.turbine.list({
    where: { farm: { is: { name: { prefix: "Horns" } } } },
    select: { textList: true, timestamp: true, status: true, farm: { select: { name: true } }, out: true },
    limit: 10,
  });
  for (const row of rows) {
    const tags: readonly string[] | null = row.textList;
    const at: Date | null = row.timestamp;
    const farm: string | null | undefined = row.farm?.name;
    // @ts-expect-error not selected
    row.date;
    void [tags, at, farm];
  }
  // @ts-expect-error a misspelt name
  await sdk.turbine.list({ select: { textlist: true } });
  // @ts-expect-error a bare id needs a default space
  await model(client).farm.retrieve("a");
  await sdk.farm.upsert([{ externalId: "a", name: "A" }]);
  // @ts-expect-error a required property is missing
  await sdk.turbine.upsert([{ externalId: "t" }]);
}
`,
    );
    expect(compile(files)).toEqual([]);
  });

  it("E135: compiles with .ts endings, and without any for bundlers", () => {
    const document = readModelDocument(ordinary);
    expect(compile(generate({ document, target: typescript({ importExtension: ".ts" }) }).files)).toEqual([]);
    expect(compile(generate({ document, target: typescript({ importExtension: "" }) }).files, "bundler")).toEqual([]);
  });

  it("the check finds what does not compile", () => {
    const files = new Map(generate({ document: readModelDocument(ordinary) }).files);
    files.set("farm.ts", `${files.get("farm.ts")}export const wrong: number = "text";\n`);
    expect(compile(files)).toEqual([expect.stringContaining("TS2322")]);
  });
});
