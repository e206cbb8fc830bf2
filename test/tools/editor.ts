import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");

/** The compiler as editors use it, on one file that is written bit by bit. */
export class Editor {
  readonly #file: string;
  readonly #head: string;
  readonly #service: ts.LanguageService;
  #text = "";
  #version = 0;

  /** @param head - what the file begins with: imports and declarations */
  constructor(folder: string, head: string) {
    const file = path.join(root, folder, "editor-at-work.ts");
    this.#file = file;
    this.#head = head;
    const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile) as { config: object };
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [file] }, ts.sys, root);
    const read = (name: string): string | undefined => (name === file ? this.#text : ts.sys.readFile(name));
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getScriptFileNames: () => [file],
      getScriptVersion: (name) => (name === file ? String(this.#version) : "0"),
      getScriptSnapshot: (name) => {
        const text = read(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: (name) => name === file || ts.sys.fileExists(name),
      readFile: read,
    });
  }

  /** What is offered at the place that `|` marks in the code after the head. */
  offers(code: string): string[] {
    const position = this.#head.length + code.indexOf("|");
    this.#write(code.replace("|", ""));
    const offered = this.#service.getCompletionsAtPosition(this.#file, position, undefined);
    return offered?.entries.map(({ name }) => name) ?? [];
  }

  /** What hovering shows of the name that begins where `|` marks it. */
  hover(code: string): string {
    const position = this.#head.length + code.indexOf("|");
    this.#write(code.replace("|", ""));
    return ts.displayPartsToString(this.#service.getQuickInfoAtPosition(this.#file, position)?.displayParts);
  }

  #write(code: string): void {
    this.#version += 1;
    this.#text = this.#head + code;
  }
}
