const mark = "[redacted]";

/** The longest text an error keeps: messages of the service can name thousands of items. */
const maxLength = 4_000;

/** A known secret shorter than this is left in text: replacing it would destroy the message and hide nothing. */
const minSecretLength = 6;

/** What has the form of a secret. Texts may be long, and of anyone: each pattern goes through them once. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer)\s+(?!(?:tokens?|authentication|authorization|auth|scheme)\b)[^\s"',;]+/gi, `$1 ${mark}`],
  [
    /((?:access_token|refresh_token|id_token|client_secret|client_assertion|password)[\\"']*\s*[=:]\s*[\\"']*)[^\s"'&\\]+/gi,
    `$1${mark}`,
  ],
  [/:\/\/[^\s/@"']+@/g, `://${mark}@`],
];

/** A JSON web token; or what begins like one, so that nothing within that is tried again. */
const webToken = /\beyJ[\w-]{5,}(\.[\w.-]+)?/g;

const secretParameter = /token|secret|sig|key|pass|auth|credential|session|^code$/i;

/**
 * Takes bearer tokens, JSON web tokens, passwords in URLs and form fields, and the given secrets out of a text, and
 * bounds its length.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < minSecretLength) continue;
    result = result.replaceAll(secret, mark).replaceAll(encodeURIComponent(secret), mark);
  }
  for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
  result = result.replace(webToken, (match, rest) => (rest ? mark : match));
  return result.length > maxLength ? `${result.slice(0, maxLength)}... (${result.length} characters)` : result;
}

/** An address without user name, password, fragment and the values of query parameters that look like secrets. */
export function redactUrl(text: string, secrets: readonly string[] = []): string {
  if (!URL.canParse(text)) return redact(text, secrets);
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) {
    if (secretParameter.test(name)) url.searchParams.set(name, mark);
  }
  return redact(url.href.replaceAll(encodeURIComponent(mark), mark), secrets);
}

/** A copy of a JSON value with {@link redact} applied to every string in it, names of fields included. */
export function redactJson(value: unknown, secrets: readonly string[] = []): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((entry) => redactJson(entry, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [redact(key, secrets), redactJson(entry, secrets)]),
  );
}
