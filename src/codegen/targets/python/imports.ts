import type { NamedView } from "../../../ir/index.js";
import { lineWidth } from "./code.js";
import { byKind, natural } from "./order.js";

/** Collects what a module imports: names by the module they come from, in groups as formatters have them. */
export class Imports {
  readonly #names = new Map<string, Set<string>>();

  /** Imports a name, and gives it. */
  use(module: string, name: string): string {
    const names = this.#names.get(module) ?? new Set();
    this.#names.set(module, names.add(name));
    return name;
  }

  /** Imports a name of the runtime. */
  runtime(name: string): string {
    return this.use("._runtime", name);
  }

  /** The lines, a blank one between the standard library, other libraries, the user's modules, and the package. */
  print(): string {
    const groups = [standard, libraries, users, own].map((belongs) =>
      [...this.#names]
        .filter(([module]) => belongs(module))
        .sort(([a], [b]) => natural(a, b))
        .map(([module, names]) => importLine(module, [...names]))
        .join(""),
    );
    return groups.filter((lines) => lines !== "").join("\n");
  }
}

const standard = (module: string): boolean => ["collections.abc", "typing"].includes(module);
const own = (module: string): boolean => module.startsWith(".");
const libraries = (module: string): boolean => module === "pydantic";
const users = (module: string): boolean => ![standard, libraries, own].some((belongs) => belongs(module));

function importLine(module: string, names: readonly string[]): string {
  const sorted = [...names].sort(byKind);
  const line = `from ${module} import ${sorted.join(", ")}`;
  if (line.length <= lineWidth) return `${line}\n`;
  return `from ${module} import (\n${sorted.map((name) => `    ${name},\n`).join("")})\n`;
}

/** The names of other views that a module uses. */
export class Neighbours {
  readonly #names = new Map<string, Set<string>>();
  readonly #own: string;

  constructor(file: string) {
    this.#own = file;
  }

  /** A type of a view: its own name, or what is derived of it. */
  use({ file, type }: NamedView, derived: "" | "Write" | "Where" | "Select" | "Field"): string {
    if (file !== this.#own) {
      const names = this.#names.get(file) ?? new Set();
      this.#names.set(file, names.add(type + derived));
    }
    return type + derived;
  }

  /** The lines for the end of the module: its neighbours lead back to it. */
  print(): string {
    const files = [...this.#names].sort(([a], [b]) => natural(a, b));
    if (files.length === 0) return "";
    const lines = files.map(([file, names]) => importLine(`.${file}`, [...names]));
    return `\n# At the end, since what relations lead to leads back here.\n${lines.join("")}`;
  }
}
