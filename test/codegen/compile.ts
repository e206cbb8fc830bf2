import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");
/** Where generated files seem to be; nothing is written there. */
const folder = path.join(root, "test/codegen/virtual");

type Resolution = "nodenext" | "bundler";

const resolutions: Readonly<Record<Resolution, ts.CompilerOptions>> = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** Parsed once, however many programs use them: the libraries and our own sources. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Compiles generated files as a strict project would, against the sources of this package; gives the errors. */
export function compile(
  files: ReadonlyMap<string, string>,
  resolution: Resolution = "nodenext",
  more: ts.CompilerOptions = {},
): readonly string[] {
  const options: ts.CompilerOptions = {
    ...resolutions[resolution],
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    isolatedDeclarations: true,
    declaration: true,
    verbatimModuleSyntax: true,
    noUnusedLocals: true,
    forceConsistentCasingInFileNames: true,
    allowImportingTsExtensions: [...files.values()].some((text) => text.includes('.ts";')),
    moduleDetection: ts.ModuleDetectionKind.Force,
    skipLibCheck: true,
    noEmit: true,
    types: [],
    paths: { pygen: [path.join(root, "src/index.ts")] },
    ...more,
  };
  const virtual = new Map([...files].map(([name, text]) => [path.join(folder, name), text]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = virtual.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, languageVersion);
    const key = `${resolution} ${name}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile.call(host, name, languageVersion, ...rest));
    return parsed.get(key);
  };
  host.fileExists = (name) => virtual.has(name) || fileExists.call(host, name);
  host.readFile = (name) => virtual.get(name) ?? readFile.call(host, name);
  host.directoryExists = (name) => name.startsWith(folder) || (directoryExists?.call(host, name) ?? true);
  const program = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual.keys()].flatMap((name) => {
    const source = program.getSourceFile(name);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
      ...program.getDeclarationDiagnostics(source),
    ];
    return found.map((diagnostic) => {
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
      const line =
        source && diagnostic.start !== undefined ? source.getLineAndCharacterOfPosition(diagnostic.start).line + 1 : 0;
      return `${path.relative(folder, name)}:${line} TS${diagnostic.code} ${text}`;
    });
  });
}

/** What a generated file holds beyond declarations and literals: nothing, or model text became code. */
export function executable(text: string): readonly string[] {
  const source = ts.createSourceFile("generated.ts", text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { initializer } of statement.declarationList.declarations) if (initializer) visit(initializer);
    } else if (!isDeclaration(statement)) {
      found.push(statement.getText());
    }
  }
  return found;

  function visit(node: ts.Expression): void {
    if (ts.isObjectLiteralExpression(node)) {
      for (const member of node.properties) {
        if (ts.isPropertyAssignment(member) && isPlainName(member.name)) visit(member.initializer);
        else found.push(member.getText());
      }
    } else if (ts.isArrayLiteralExpression(node)) {
      for (const element of node.elements) visit(element);
    } else if (!isLiteral(node)) {
      found.push(node.getText());
    }
  }
}

/** The names that the code of a file uses; what stands in texts and comments is none of them. */
export function identifiers(text: string): readonly string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("generated.ts", text, ts.ScriptTarget.ES2022, true));
  return [...found];
}

function isDeclaration(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  );
}

function isPlainName(name: ts.PropertyName): boolean {
  return !ts.isComputedPropertyName(name) || name.getText() === '["__proto__"]';
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  const literals = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword];
  return ts.isStringLiteral(node) || ts.isNumericLiteral(node) || literals.includes(node.kind);
}
