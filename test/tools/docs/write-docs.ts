// Writes the pages of docs/ that are made from the code.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { diagnosticsPage } from "./diagnostics-page.js";
import { diagrams } from "./diagrams.js";
import { irSchemaText } from "./ir-page.js";
import { plannerPage, requestCounts } from "./planner/page.js";

const docs = path.resolve(import.meta.dirname, "../../../docs");
writeFileSync(path.join(docs, "diagnostics.md"), diagnosticsPage());
for (const [file, text] of diagrams()) writeFileSync(path.join(docs, "diagrams", file), text);
writeFileSync(path.join(docs, "ir.schema.json"), irSchemaText());
writeFileSync(path.join(docs, "planner.md"), plannerPage(await requestCounts()));
