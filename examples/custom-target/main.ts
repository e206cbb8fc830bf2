import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { generate, parseJson, readModelDocument } from "pygen/codegen";
import { java } from "./java.js";

/** `tsx main.ts MODEL FOLDER` writes Java records for a model file. */
const [model = "examples/windfarm/model.json", out = ".demo/java"] = process.argv.slice(2);
const document = readModelDocument(parseJson(await readFile(model, "utf8")));
const { files, diagnostics } = generate({ document, target: java });
for (const { severity, code, place, message } of diagnostics) {
  if (severity !== "info") console.error(`${severity} ${code} ${place}: ${message}`);
}
for (const [name, text] of files) {
  await mkdir(path.dirname(path.join(out, name)), { recursive: true });
  await writeFile(path.join(out, name), text);
}
console.log(`${files.size} files in ${out}`);
