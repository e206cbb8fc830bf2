import { asciiOnly, snakeCase } from "../../../ir/index.js";

/**
 * `snake_case`, of the same words as in other languages and in ASCII alone, as Python people have it. It starts with a
 * letter: what begins with `_` is private, and no field of pydantic's.
 *
 * `windSpeed` gives `wind_speed`, `3d-field` gives `no_3d_field`, `höjd` gives `hojd`.
 */
export const pythonName: (text: string) => string = pythonCasing(snakeCase);

/** Names in another casing, which Python takes all the same: in ASCII alone, and starting with a letter. */
export function pythonCasing(casing: (text: string) => string): (text: string) => string {
  return (text) => {
    const ascii = asciiOnly(text.normalize("NFKD").replace(/\p{M}+/gu, ""));
    const name = casing(ascii).replaceAll("-", "_").replace(/^_+/, "");
    if (name === "") return "unnamed";
    return /^\d/.test(name) ? `no_${name}` : name;
  };
}

/** The same for what is no class: it starts with a small letter, or it would hide the class of that name. */
export function pythonMemberCasing(casing: (text: string) => string): (text: string) => string {
  const cased = pythonCasing(casing);
  return (text) => cased(text).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

/** The usual id of a property, of its name in Python: the same function as `camel` of the runtime. */
export function usualId(name: string): string {
  const [first = "", ...rest] = name.split("_");
  return first + rest.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join("");
}

/** A name for a class. */
export function className(text: string, suffix = ""): string {
  const words = pythonName(text)
    .split("_")
    .filter((word) => word !== "");
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("") + suffix;
}
