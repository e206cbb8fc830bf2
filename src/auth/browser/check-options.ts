import { ConfigError } from "../../errors/index.js";
import type { EntraSessionOptions, OidcSessionOptions, SessionOptions } from "./options.js";

/** What an option must be: a test, and the words for it. */
type Rule = readonly [test: (value: unknown) => boolean, expected: string];

const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === "string" && pattern.test(value);

const oneOf = (...values: readonly string[]): Rule => [
  (value) => typeof value === "string" && values.includes(value),
  values.map((value) => `"${value}"`).join(" or "),
];

const visible = matches(/^[\x21-\x7e]+$/);

const rules: Readonly<Record<keyof EntraSessionOptions | keyof OidcSessionOptions, Rule>> = {
  clientId: [visible, "the application's id, without spaces"],
  tenantId: [matches(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i), "the id or domain of a tenant"],
  authority: [isIssuer, "an https address without query and fragment"],
  cluster: [matches(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i), "a name such as westeurope-1"],
  scopes: [(value) => Array.isArray(value) && value.every(visible), "a list of names without spaces"],
  audience: [visible, "a name without spaces"],
  redirectUri: [(value) => typeof value === "string" && value !== "", "an address of this page's origin"],
  storage: oneOf("session", "local"),
  mode: oneOf("redirect", "popup"),
  popupBlocked: oneOf("error", "redirect"),
  responseMode: oneOf("fragment", "query"),
};

/** Options that only one kind of identity provider has a use for. */
const onlyWith: ReadonlyMap<string, "tenantId" | "authority"> = new Map([
  ["cluster", "tenantId"],
  ["audience", "authority"],
  ["responseMode", "authority"],
]);

const example =
  'openSession({ tenantId: "...", clientId: "..." }) or openSession({ authority: "https://...", clientId: "..." })';

/**
 * Looks at the options as a program without types may give them.
 *
 * @throws ConfigError that names the first option that is missing, unknown, wrong, or contradicts another
 */
export function checkOptions(options: SessionOptions): void {
  if (typeof options !== "object" || options === null) {
    throw new ConfigError("CONFIG.INVALID", "The options of openSession must be an object.", { hint: example });
  }
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  const { clientId, tenantId, authority } = options;
  if (clientId === undefined) throw missing("clientId");
  if (tenantId === undefined && authority === undefined) throw missing("tenantId (or authority)");
  if (tenantId !== undefined && authority !== undefined) throw conflict("tenantId", "authority");
  const kind = tenantId === undefined ? "authority" : "tenantId";
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && (onlyWith.get(name) ?? kind) !== kind) throw conflict(name, kind);
  }
}

function checkOption(name: string, value: unknown): void {
  const rule = new Map<string, Rule>(Object.entries(rules)).get(name);
  if (rule === undefined) {
    const hint = `There are ${Object.keys(rules).join(", ")}.`;
    throw new ConfigError("CONFIG.UNKNOWN", `The option ${name} does not exist.`, { hint });
  }
  const [test, expected] = rule;
  if (value === undefined || test(value)) return;
  throw new ConfigError("CONFIG.INVALID", `The option ${name} is wrong: expected ${expected}.`);
}

function missing(name: string): ConfigError {
  return new ConfigError("CONFIG.MISSING", `The option ${name} is missing.`, { hint: example });
}

function conflict(one: string, other: string): ConfigError {
  return new ConfigError("CONFIG.CONFLICT", `The options ${one} and ${other} exclude each other.`);
}

function isIssuer(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return protocol === "https:" && `${username}${password}${search}${hash}` === "";
}
