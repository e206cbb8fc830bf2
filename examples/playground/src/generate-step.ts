import { formatVersionedId } from "pygen";
import { choice, offer, outcome, textBlock } from "./form.js";
import { element, type Step, section } from "./step.js";
import type { Loaded } from "./world.js";

const languages = ["TypeScript", "Python"];

/** Generates the SDK of the model, and shows its files. */
export const generateStep: Step = (world) => {
  const told = outcome();
  const language = choice("Language", languages);
  const file = choice("File", []);
  const shown = element("div");
  let files: ReadonlyMap<string, string> = new Map();
  const show = () => {
    const path = file.select.value;
    shown.replaceChildren(...(files.has(path) ? [textBlock(`Text of ${path}`, files.get(path) ?? "")] : []));
  };
  const generate = () =>
    told.during(async () => {
      files = await filesOf(world.opened(), language.select.value);
      offer(file.select, [...files.keys()]);
      show();
      return `${files.size} files of ${language.select.value}, of the model alone: what you write changes none of them.`;
    });
  world.onLoad(() => void generate());
  language.select.addEventListener("change", () => void generate());
  file.select.addEventListener("change", show);
  const row = element("div", { className: "row" }, language.element, file.element);
  return section("generate", "2. Look at the SDK", row, told.element, shown);
};

/** The files of an SDK. The generator is loaded with the first model. */
async function filesOf({ source, id }: Loaded, language: string): Promise<ReadonlyMap<string, string>> {
  const { generate, python, readModelDocument, typescript } = await import("pygen/codegen");
  const { files, diagnostics } = generate({
    document: readModelDocument(source),
    dataModel: formatVersionedId(id),
    target: language === "Python" ? python() : typescript(),
  });
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  if (error) throw new Error(`${error.place}: ${error.message} (${error.code})`);
  return files;
}
