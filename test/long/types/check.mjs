// Checks the types of `queries.ts` in a folder and of all that it imports, and prints what that cost, as JSON:
// { instantiations, seconds, megabytes, errors }. Run with --expose-gc: what is counted is what the heap holds after it.
import path from "node:path";
import ts from "typescript";

const [folder, pygen] = process.argv.slice(2);
const options = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
  paths: { pygen: [pygen] },
};
const program = ts.createProgram([path.join(folder, "queries.ts")], options);
const held = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1e6;
};
const before = held();
const start = process.cpuUsage();
const errors = ts.getPreEmitDiagnostics(program);
const seconds = process.cpuUsage(start).user / 1e6;
console.log(
  JSON.stringify({
    instantiations: program.getInstantiationCount(),
    seconds,
    megabytes: held() - before,
    errors: errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).slice(0, 3),
  }),
);
