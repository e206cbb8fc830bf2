import {
  asciiOnly,
  camelCase,
  kebabCase,
  type NamingRules,
  pascalCase,
  typescriptMembers,
  typescriptWords,
} from "../../../ir/index.js";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Types and values that JavaScript and TypeScript know everywhere; generated names do not hide them. */
const globals = words(`
  Array ArrayBuffer AsyncIterable AsyncIterator Awaited BigInt Boolean Buffer DataView Date Error Exclude Extract Function
  Generator InstanceType Intl Iterable Iterator JSON Map Math NonNullable Number Object Omit Parameters Partial Pick
  Promise PromiseLike PropertyKey Proxy Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect RegExp Required
  ReturnType Set String Symbol Uint8Array WeakMap WeakRef WeakSet`);

/** What generated files import. */
const imported = words(`
  BindOptions Bound DateString Direct Edge EdgeView Enum FileReference JsonObject NodeView PygenClient Reverse
  SequenceReference TimeSeriesReference TimestampString ViewOf bind`);

/** What a model is called: the function that gives the SDK, what that returns, and the interface of its views. */
export type TypescriptRole = "type" | "viewsType" | "function";

/** How TypeScript names things (E1 to E38). */
export const typescriptNaming: NamingRules<TypescriptRole> = {
  ...typescriptMembers,
  types: { reserved: new Set([...typescriptWords, ...globals, ...imported]) },
  files: { casing: (name) => kebabCase(camelCase(name)), reserved: new Set(["index"]) },
  model: {
    type: { casing: pascalCase, suffix: "Model" },
    viewsType: { casing: (externalId) => `${pascalCase(externalId)}Views`, suffix: "Map" },
    function: { casing: (externalId) => camelCase(asciiOnly(externalId)), suffix: "Model" },
  },
};
