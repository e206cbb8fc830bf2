import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { diagrams } from "../tools/docs/diagrams.js";

const folder = join(import.meta.dirname, "../../docs/diagrams");

it("the pictures of docs/ are what the generator draws of the wind farm", () => {
  const there = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  expect(there).toEqual(new Map(diagrams()));
});
