import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

// The schemas of answers are functions inside; their type `ResponseSchema` is ours.
test("no library's types are in the public declarations of the client", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const files = new Map<string, string>();
  const program = ts.createProgram([`${root}src/index.ts`], {
    ...options,
    ...{ noEmit: false, emitDeclarationOnly: true, noCheck: true, removeComments: true },
  });
  program.emit(undefined, (name, text) => files.set(name.slice(root.length), text), undefined, true);

  const reached = new Set<string>();
  const foreign: string[] = [];
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, specifier = ""] of (files.get(file) ?? "").matchAll(/(?:from|import\() ?"([^"]+)"/g)) {
      if (specifier.startsWith("."))
        visit(new URL(specifier.replace(/\.js$/, ".d.ts"), `file:///${file}`).pathname.slice(1));
      else foreign.push(`${file}: ${specifier}`);
    }
  };
  visit("src/index.d.ts");
  expect(reached).toContain("src/client/pygen-client.d.ts");
  expect(foreign.filter((line) => !line.startsWith("src/models/responses/"))).toEqual([]);
});
