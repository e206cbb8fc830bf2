const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that cannot be identifiers in strict mode code, and literals. */
const keywords = words(`
  arguments as async await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected public
  return static super switch this throw true try typeof undefined var void while with yield NaN Infinity`);

/** Members that every object or class has, or that JavaScript calls by itself. */
const ofEveryObject = words(`
  constructor hasOwnProperty isPrototypeOf length propertyIsEnumerable prototype then toJSON toLocaleString toString
  valueOf proto defineGetter defineSetter lookupGetter lookupSetter`);

/** Types and values that JavaScript and TypeScript know everywhere; generated names do not hide them. */
const globals = words(`
  Array ArrayBuffer AsyncIterable AsyncIterator Awaited BigInt Boolean Buffer DataView Date Error Exclude Extract Function
  Generator InstanceType Intl Iterable Iterator JSON Map Math NonNullable Number Object Omit Parameters Partial Pick
  Promise PromiseLike PropertyKey Proxy Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect RegExp Required
  ReturnType Set String Symbol Uint8Array WeakMap WeakRef WeakSet`);

/** What generated files import. */
const imported = words(`
  BindOptions Bound DateString Direct Edge EdgeView Enum FileReference JsonObject NodeView PygenClient Reverse
  SequenceReference TimeSeriesReference ViewOf bind`);

/** Members of what a generated function returns, beside the handles of the views. */
const handleSiblings = words("aggregate client delete list query retrieve search space sync upsert views");

/** Names that a property of a row cannot have (E1 to E4): `type` and `version` are free, ours begin with `$`. */
export const reservedProperties: ReadonlySet<string> = new Set([...keywords, ...ofEveryObject, "space", "externalId"]);

/** Names that the handle of a view cannot have. */
export const reservedHandles: ReadonlySet<string> = new Set([...keywords, ...ofEveryObject, ...handleSiblings]);

/** Names that an interface or a function of a generated SDK cannot have (E20, E22). */
export const reservedIdentifiers: ReadonlySet<string> = new Set([
  ...keywords,
  ...ofEveryObject,
  ...globals,
  ...imported,
]);

/** Names that a file cannot have: the SDK's own, and devices of Windows (E21). */
export const reservedFiles: ReadonlySet<string> = new Set([
  ...words("index aux con nul prn"),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((port) => [`com${port}`, `lpt${port}`]),
]);

/** The name, with `_` after it while it is reserved. */
export function unreserved(name: string, reserved: ReadonlySet<string>): string {
  return reserved.has(name) ? `${name}_` : name;
}
