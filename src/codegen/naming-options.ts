import { asciiOnly, camelCase, kebabCase, type NameRule, pascalCase, snakeCase } from "../ir/index.js";
import type { Target } from "./target.js";

/** How names are written. */
export type NameCase = "camel" | "pascal" | "snake" | "kebab";

/** How an SDK writes its names where the language's own way is not wanted (N1 to N4). */
export interface NamingOptions {
  /** Properties of rows: `windSpeed`, `WindSpeed` or `wind_speed`. */
  readonly properties?: Exclude<NameCase, "kebab">;
  /** Members of the SDK, one for each view. */
  readonly handles?: Exclude<NameCase, "kebab">;
  /** Files. */
  readonly files?: NameCase;
  /** More names that properties, members and types cannot have (N9). */
  readonly reserved?: readonly string[];
}

const casings: Readonly<Record<NameCase, (text: string) => string>> = {
  camel: camelCase,
  pascal: pascalCase,
  snake: snakeCase,
  kebab: (text) => kebabCase(camelCase(text)),
};

const same = <T>(value: T): T => value;

/** The same target with names written as asked. */
export function withNaming<Role extends string>(target: Target<Role>, options: NamingOptions): Target<Role> {
  const { naming } = target;
  const more = (reserved: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...reserved, ...(options.reserved ?? [])]);
  const rule = (own: NameRule, asked: NameCase | undefined): NameRule => ({
    ...own,
    casing: asked === undefined ? own.casing : (own.fit ?? same)(casings[asked]),
    reserved: more(own.reserved),
  });
  const ascii: NameRule["casing"] = (text) => casings[options.files ?? "kebab"](asciiOnly(text));
  return {
    ...target,
    naming: {
      ...naming,
      properties: rule(naming.properties, options.properties),
      handles: rule(naming.handles, options.handles),
      files: {
        ...naming.files,
        ...(options.files === undefined ? {} : { casing: (naming.files.fit ?? same)(ascii) }),
      },
      types: { ...naming.types, reserved: more(naming.types.reserved) },
    },
  };
}
