// Names the source files that are longer than the house allows without a reason in ARCHITECTURE.md.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const limit = 400;

function lines(file) {
  return readFileSync(file, "utf8").split("\n").length - 1;
}

/** One message per file of src/ or legacy/ that is over the limit and that ARCHITECTURE.md does not name. */
export function tooLong(root) {
  const house = path.join(root, "ARCHITECTURE.md");
  const reasons = existsSync(house) ? readFileSync(house, "utf8") : "";
  return ["src", "legacy"]
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.join(folder, name)),
    )
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => !reasons.includes(name))
    .map((name) => ({ name, count: lines(path.join(root, name)) }))
    .filter(({ count }) => count > limit)
    .map(
      ({ name, count }) =>
        `${name} has ${count} lines: split it, or give the reason in ARCHITECTURE.md (limit ${limit})`,
    );
}
