import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { hashes } from "./integrity.mjs";

it("gives the SHA-384 of each file in base64, by name, and none of maps and of itself", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "pygen-integrity-"));
  try {
    for (const name of ["b.html", "a.min.js", "a.min.js.map", "sri.json"]) {
      writeFileSync(path.join(folder, name), name === "a.min.js" ? "abc" : "");
    }
    expect(Object.entries(hashes(folder))).toEqual([
      ["a.min.js", "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"],
      ["b.html", "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
