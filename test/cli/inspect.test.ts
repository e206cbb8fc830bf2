import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { type Ended, pygen, temporaryFolder } from "./fixture.js";

const plant = file({
  Base: { properties: { name: { ...text, nullable: false } } },
  Pump: {
    implements: [view("Base")],
    properties: {
      pressure: { type: { type: "float64", unit: { externalId: "pressure:bar" }, list: true } },
      site: direct(view("Site")),
      links: edges(view("Pump"), { edgeSource: view("Link") }),
    },
  },
  Site: { description: "<script>alert(1)</script>", properties: { pumps: reverse(view("Pump"), "site"), name: text } },
  Link: { usedFor: "edge", properties: { weight: text } },
});

async function inspect(...more: readonly string[]): Promise<Ended & { cwd: string }> {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, "model.json"), JSON.stringify(plant));
  return { ...(await pygen(["inspect", "model.json", ...more], { cwd })), cwd };
}
const lines = (text: string): readonly string[] =>
  text.split("\n").map((line) =>
    line
      .split("│")
      .map((cell) => cell.trim())
      .filter((cell) => cell !== "")
      .join(" | "),
  );

describe("pygen inspect", () => {
  it("prints a table of the views", async () => {
    const { exitCode, stdout } = await inspect();
    expect(exitCode).toBe(0);
    expect(lines(stdout)).toContain("view | for | writable | properties | relations | implements");
    expect(lines(stdout)).toContain("Pump@v1 | nodes | yes | 2 | 2 | Base");
    expect(lines(stdout)).toContain("Link@v1 | edges | yes | 1 | 0");
  });

  it("prints the properties of a view", async () => {
    const { stdout } = await inspect("--view", "Pump");
    expect(lines(stdout)).toContain("name | text | required | Base");
    expect(lines(stdout)).toContain("pressure | float64[] | pressure:bar | Pump");
    expect(lines(stdout)).toContain("links | edge[] Pump | Pump");
    expect(await inspect("--view", "Gone")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("has no view Gone\nhint: There is Base, Link, Pump, Site."),
    });
  });

  it("draws the model as Mermaid text", async () => {
    const { stdout } = await inspect("--format", "mermaid");
    expect(stdout).toBe(`classDiagram
  class v0["Base"] {
    text name
  }
  class v1["Link"] {
    <<edges>>
    text weight
  }
  class v2["Pump"] {
    float64[] pressure
    direct_Site site
  }
  class v3["Site"] {
    text name
  }
  v0 <|-- v2
  v2 ..> "*" v2 : links
  v2 --> v3 : site
  v3 --> "*" v2 : pumps
`);
  });

  it("looks for a view in all data models, and draws one of several alone", async () => {
    const cwd = await temporaryFolder();
    for (const [name, model] of Object.entries({
      a: file({ Pump: {} }),
      b: file({ Site: { properties: { name: text } } }),
    })) {
      await writeFile(path.join(cwd, `${name}.json`), JSON.stringify(model).replace('"Model"', `"${name}"`));
    }
    const inspectBoth = (...more: readonly string[]) => pygen(["inspect", "a.json", "b.json", ...more], { cwd });
    expect((await inspectBoth("--view", "Site")).stdout).toMatch(/^s\/Site@v1\n/);
    expect(await inspectBoth("--view", "Gone")).toMatchObject({
      exitCode: 2,
      stderr: "error: s/a@v1, s/b@v1 have no view Gone\nhint: There is Pump, Site.\n",
    });
    for (const format of ["svg", "mermaid"]) {
      expect(await inspectBoth("--format", format)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("there are 2\nhint: Choose one by --data-model: s/a@v1, s/b@v1.\n"),
      });
    }
    expect(await inspectBoth("--format", "svg", "--data-model", "s/b@v1")).toMatchObject({ exitCode: 0 });
  });

  it("draws the model as SVG, to a file, with nothing of the model as markup", async () => {
    const { cwd, stdout } = await inspect("--format", "svg", "--output", "model.svg");
    expect(stdout).toBe("");
    const svg = await readFile(path.join(cwd, "model.svg"), "utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    expect(svg.match(/<rect /g)).toHaveLength(5);
    expect(svg.match(/<path /g)).toHaveLength(4);
    expect(svg).not.toContain("<script>");
  });

  it("prints the intermediate representation as JSON", async () => {
    const { stdout } = await inspect("--json");
    expect(JSON.parse(stdout)).toMatchObject({ irVersion: 1, views: [{}, {}, { id: { externalId: "Pump" } }, {}] });
  });
});
