import type { VersionedIdentity } from "../../models/index.js";

/** How a language makes names of one kind. */
export interface NameRule {
  /** A name for a text: the same name for the same text, and an identifier where the language needs one. */
  readonly casing: (text: string) => string;
  /** Makes another casing, which a user chose, fit the language. @defaultValue it fits as it is */
  readonly fit?: (casing: (text: string) => string) => (text: string) => string;
  /** Names that cannot be had; they get `_` after them. */
  readonly reserved: ReadonlySet<string>;
}

/** Names that were chosen in place of ids. They are made into names of the language as the ids would be. */
export interface NameOverrides {
  readonly view?: (id: VersionedIdentity) => string | undefined;
  readonly property?: (view: VersionedIdentity, property: string) => string | undefined;
}

/** How a language names what a user of an SDK types most: the members of it and of its rows. */
export interface MemberRules {
  readonly overrides?: NameOverrides;
  /** What the language is called in messages: `TypeScript`. */
  readonly language: string;
  /** Properties of a view, made from CDF's ids. */
  readonly properties: NameRule;
  /** Members of the SDK, one for each kind of instances of a view; made from its name in Pascal case. */
  readonly handles: NameRule;
}

/** How a language names the types that belong to a view. */
export interface TypeRule {
  /** Names that no type can have: keywords, globals, and what generated files import. */
  readonly reserved: ReadonlySet<string>;
  /** What is put after the name of a view for further types of it, as in `TurbineWrite`; no two views share one of them. */
  readonly derived?: readonly string[];
  /** Whether files and folders are called as types are, as in Java: then no type is called like a device of Windows. */
  readonly areFiles?: boolean;
}

/** How a language makes a name from the external id of the data model. */
export interface ModelRule {
  readonly casing: (externalId: string) => string;
  /** What is put after the name where a view has it already. */
  readonly suffix: string;
}

/**
 * How a language names everything in an SDK. Which of two equal names gives way is the same for all languages:
 * {@link nameModel} decides it.
 *
 * @typeParam Role - the names made from the data model's external id, as `client`
 */
export interface NamingRules<Role extends string = string> extends MemberRules {
  readonly types: TypeRule;
  /** Files, without folder and extension; made from the name of a view in Pascal case, and never a device of Windows (E21). */
  readonly files: NameRule;
  /** In the order in which they are given out. */
  readonly model: Readonly<Record<Role, ModelRule>>;
}

/** The name, with `_` after it while it is reserved. */
export function unreserved(name: string, reserved: ReadonlySet<string>): string {
  return reserved.has(name) ? `${name}_` : name;
}
