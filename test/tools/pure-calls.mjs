// A rollup plugin: says of what initialises the constants of a module that it does nothing else, so that bundlers leave
// out what an application does not use. package.json says the same of whole files, which is of no use once many of them
// share a chunk.
import { parseAst } from "rollup/parseAst";

const pure = "/* @__PURE__ */ ";

/** What runs at once in an expression: not what is within functions. */
function nodesIn(node) {
  if (Array.isArray(node)) return node.flatMap(nodesIn);
  if (node === null || typeof node !== "object" || /Function|Class/.test(node.type)) return [];
  return [node, ...nodesIn(Object.values(node))];
}

/** Texts to insert. Bundlers take no word on spreading, but on a call of a function that does it. */
function marksOf(init) {
  const nodes = nodesIn(init);
  if (nodes.some(({ type }) => type === "SpreadElement"))
    return [
      [init.start, `${pure}(() => (`],
      [init.end, "))()"],
    ];
  const calls = nodes.filter(({ type }) => /^(Call|New)Expression$/.test(type));
  return [...new Set(calls.map(({ start }) => start))].map((start) => [start, pure]);
}

/** The code with its constants marked. */
export function markPure(code) {
  const declared = parseAst(code).body.map((statement) => statement.declaration ?? statement);
  const constants = declared.filter((node) => node?.type === "VariableDeclaration" && node.kind === "const");
  const marks = constants.flatMap(({ declarations }) => declarations.flatMap(({ init }) => marksOf(init)));
  return marks
    .sort(([a], [b]) => a - b)
    .reduceRight((text, [place, mark]) => text.slice(0, place) + mark + text.slice(place), code);
}

/** The plugin, for modules below a folder; to stand after those that make JavaScript of them. */
export function pureCalls(folder) {
  return {
    name: "pure-calls",
    transform: (code, id) => (id.startsWith(folder) ? { code: markPure(code), map: null } : undefined),
  };
}
