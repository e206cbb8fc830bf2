/** Separators of words: everything that letters, digits and marks are not, and `_`. */
const separators = /[^\p{ID_Continue}]+|_+/u;

function wordsOf(text: string): readonly string[] {
  if (/^[A-Za-z0-9]+$/.test(text)) return [text];
  return text.split(separators).filter((word) => word !== "");
}

/** Only ASCII letters change case: the result is the same everywhere. */
function capitalised(word: string): string {
  return word.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** `HTTPServer` to `httpServer`, `APM` to `apm`, `CogniteAsset` to `cogniteAsset`; inner capitals stay. */
function uncapitalised(word: string): string {
  return word.replace(/^[A-Z]+(?![a-z])|^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (letters) => letters.toLowerCase());
}

/** An identifier cannot start with a digit or a mark, nor be empty. */
function startable(name: string): string {
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}

/**
 * `camelCase`: words are what `_`, `-`, blanks and signs separate; capitals and digits within words stay.
 * The one function for every use of such a name (E27). The result is an identifier, though perhaps a reserved one.
 *
 * `wind_speed` gives `windSpeed`, `APM_Activity` gives `apmActivity`, `object3D` stays, `3d-field` gives `_3dField`.
 */
export function camelCase(text: string): string {
  const [first = "", ...rest] = wordsOf(text);
  return startable(uncapitalised(first) + rest.map(capitalised).join(""));
}

/**
 * `PascalCase`, of the same words as {@link camelCase}: `APM_Activity` to `APMActivity`. Letters beyond ASCII do not
 * occur in ids of views and data models (contract 3.6) and are dropped, so that names fit every file system and tool.
 */
export function pascalCase(text: string): string {
  return startable(wordsOf(asciiOnly(text)).map(capitalised).join(""));
}

/** `kebab-case` of a name in camel or Pascal case: `Cognite360ImageModel` to `cognite360-image-model`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z])([A-Z])|([A-Z\d])([A-Z][a-z])/g, (_all, a = "", b = "", c = "", d = "") => `${a}${c}-${b}${d}`)
    .toLowerCase();
}

/** `snake_case` of any text, of the words of its camel case: `windSpeed` and `APM_Activity` to `wind_speed`, `apm_activity`. */
export function snakeCase(text: string): string {
  return startable(kebabCase(camelCase(text)).replaceAll("-", "_"));
}

/** The text without characters beyond ASCII; each leaves a separator of words. */
export function asciiOnly(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, " ");
}
