import { camelCase } from "./casing.js";
import type { MemberRules } from "./rules.js";

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

/** Members of what a generated function returns, beside the handles of the views. */
const handleSiblings = words("aggregate client delete list query retrieve search space sync upsert views");

/** Words that nothing in TypeScript is called. */
export const typescriptWords: readonly string[] = [...keywords, ...ofEveryObject];

/**
 * What TypeScript calls the members of an SDK and of its rows, generated or not. `type` and `version` are free, since
 * what is ours begins with `$` (E1 to E4).
 */
export const typescriptMembers: MemberRules = {
  language: "TypeScript",
  properties: { casing: camelCase, reserved: new Set([...typescriptWords, "space", "externalId"]) },
  handles: { casing: camelCase, reserved: new Set([...typescriptWords, ...handleSiblings]) },
};
