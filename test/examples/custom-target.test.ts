import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { java } from "../../examples/custom-target/java.js";
import { generate, readModelDocument } from "../../src/codegen/index.js";
import { direct, file, text, view } from "../ir/models.js";

const EXAMPLE = path.join(import.meta.dirname, "../../examples");

const generated = (json: object) => generate({ document: readModelDocument(json), target: java }).files;

describe("examples/custom-target", () => {
  it("writes a record for each view, and is under 300 lines", () => {
    const files = generated(JSON.parse(readFileSync(path.join(EXAMPLE, "windfarm/model.json"), "utf8")));
    const blade = files.get("windfarm/Blade.java");
    expect(blade).toContain("import java.time.Instant;\nimport java.time.LocalDate;\nimport java.util.List;\n");
    expect(blade).toContain("/** A rotor blade. */\npublic record Blade(\n    String space,\n    String externalId,\n");
    expect(blade).toContain("    NodeId turbine");
    const lines = ["java.ts", "main.ts"].map((name) => readFileSync(path.join(EXAMPLE, "custom-target", name), "utf8"));
    expect(lines.join("").split("\n").length).toBeLessThan(300);
  });

  it("E21: calls neither files nor packages like devices of Windows", () => {
    const json: object = JSON.parse(
      JSON.stringify(file({ NUL: { properties: { name: text } } })).replace('"Model"', '"Aux"'),
    );
    expect([...generated(json).keys()].sort()).toEqual(["aux_/NUL_.java", "aux_/NodeId.java"]);
  });

  it("gets names by the same scheme as other languages", () => {
    const files = generated(
      file({
        String: { properties: { class: text, hashCode: text, to: direct(view("String")) } },
        Both: {
          usedFor: "all",
          properties: { "wind-speed": text, wind_speed: { type: { type: "timestamp", list: true } } },
        },
      }),
    );
    expect([...files.keys()].sort()).toEqual([
      "model/Both.java",
      "model/BothEdge.java",
      "model/NodeId.java",
      "model/String_.java",
    ]);
    for (const name of ["String windSpeed,", "List<Instant> windSpeed_2"]) {
      expect(files.get("model/Both.java")).toContain(`    ${name}\n`);
    }
    for (const name of ["class_,", "hashCode_,", "to"]) expect(files.get("model/String_.java")).toContain(` ${name}\n`);
  });
});
