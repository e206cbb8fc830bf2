import { readFileSync, writeFileSync } from "node:fs";
import { areas } from "./areas.js";
import { withTable } from "./table.js";

const document = new URL("../../../docs/emulator.md", import.meta.url);
writeFileSync(document, withTable(readFileSync(document, "utf8"), areas));
