import { ConfigError } from "../../errors/index.js";

/** What an option must be: a test, and the words for it. None of them quote the value: it may be a secret. */
type Rule = readonly [test: (value: unknown) => boolean, expected: string];

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const text: Rule = [isText, "a text that is not empty"];
const callback: Rule = [(value) => typeof value === "function", "a function"];
/** What an address of a provider must be. */
export const addressRule = "an https address (or http of this machine), without credentials, query and fragment";
const address: Rule = [isAddress, addressRule];
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const common: Readonly<Record<string, Rule>> = {
  tenantId: [(value) => typeof value === "string" && /^[\w.-]+$/.test(value), "the id or domain name of a tenant"],
  authority: address,
  audience: text,
  clientId: text,
  scopes: [(value) => Array.isArray(value) && value.length > 0 && value.every(isScope), "a list of scopes"],
  fetch: callback,
  timeout: [(value) => typeof value === "number" && value >= 1 && value < 2 ** 31, "a positive number of milliseconds"],
  cache: [
    (value) => isObject(value) && typeof value["load"] === "function",
    "fileCache(), or an object with load and save",
  ],
};

const methods: ReadonlyMap<string, Readonly<Record<string, Rule>>> = new Map<string, Readonly<Record<string, Rule>>>([
  [
    "clientCredentials",
    {
      ...common,
      tokenUrl: address,
      clientSecret: text,
      clientAuthentication: [
        (value) => value === "client_secret_basic" || value === "client_secret_post",
        '"client_secret_basic" or "client_secret_post"',
      ],
      certificate: [
        (value) => isObject(value) && isText(value["privateKey"]) && isText(value["certificate"]),
        "{ privateKey, certificate } in PEM",
      ],
    },
  ],
  ["deviceCode", { ...common, onCode: callback, signal: [isSignal, "an AbortSignal"] }],
  [
    "interactive",
    {
      ...common,
      openBrowser: callback,
      port: [(value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 65_536, "a port"],
      prompt: text,
      signal: [isSignal, "an AbortSignal"],
    },
  ],
]);

/**
 * Looks at the options as a program without types may give them.
 *
 * @throws ConfigError for one that is missing, unknown or wrong, or contradicts another
 */
export function checkOptions(options: object, method: string): void {
  if (!isObject(options)) throw new ConfigError("CONFIG.INVALID", `The options of ${method} must be an object.`);
  const rules = new Map(Object.entries(methods.get(method) ?? {}));
  for (const [name, value] of Object.entries(options)) {
    const rule = rules.get(name);
    if (rule === undefined && value !== undefined) {
      const hint = `There are ${[...rules.keys()].join(", ")}.`;
      throw new ConfigError("CONFIG.UNKNOWN", `The option ${name} does not exist.`, { hint });
    }
    if (rule === undefined || value === undefined || rule[0](value)) continue;
    throw new ConfigError("CONFIG.INVALID", `The option ${name} is wrong: expected ${rule[1]}.`);
  }
  exactlyOne(options, rules.has("tokenUrl") ? ["tenantId", "authority", "tokenUrl"] : ["tenantId", "authority"]);
  exactlyOne(options, ["clientId"]);
  if (method === "clientCredentials") exactlyOne(options, ["clientSecret", "certificate"]);
  if (method === "deviceCode") exactlyOne(options, ["onCode"]);
}

function exactlyOne(options: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  const [first, second] = names.filter((name) => options[name] !== undefined);
  if (first === undefined) {
    throw new ConfigError(
      "CONFIG.MISSING",
      `The option ${names.join(" (or ")}${")".repeat(names.length - 1)} is missing.`,
    );
  }
  if (second !== undefined) {
    throw new ConfigError("CONFIG.CONFLICT", `The options ${first} and ${second} exclude each other.`);
  }
}

function isScope(value: unknown): boolean {
  return typeof value === "string" && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value);
}

function isSignal(value: unknown): boolean {
  return value instanceof AbortSignal;
}

/** Whether it can be the address of a provider. */
export function isAddress(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return isPrivate(value) && `${username}${password}${search}${hash}` === "";
}

/** Whether nobody on the way can read what is sent to an address: https, or http of this machine. */
export function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}
