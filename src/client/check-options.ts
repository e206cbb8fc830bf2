import { ConfigError } from "../errors/index.js";
import { type Lane, logLevels } from "../http/index.js";
import type { PygenClientOptions } from "./options.js";

type Test = (value: unknown) => boolean;

/** What an option must be: a test and the words for it, or options of its own. */
type Rule = readonly [test: Test, expected: string] | Rules;
interface Rules {
  readonly [name: string]: Rule;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const hasMethods =
  (...names: readonly string[]): Test =>
  (value) =>
    isObject(value) && names.every((name) => typeof value[name] === "function");

const matches =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === "string" && pattern.test(value);

const numberFrom =
  (least: number, test: Test = () => true): Test =>
  (value) =>
    typeof value === "number" && value >= least && test(value);

const oneOf =
  (...values: readonly unknown[]): Test =>
  (value) =>
    values.includes(value);

const isServiceUrl: Test = (text) => {
  if (typeof text !== "string" || !URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === "";
};

const milliseconds: Rule = [numberFrom(1), "a positive number of milliseconds"];
const delay: Rule = [numberFrom(0, Number.isFinite), "a number of milliseconds"];
const count: Rule = [numberFrom(1, Number.isInteger), "a whole number from 1"];
const flag: Rule = [oneOf(true, false), "true or false"];
const lanes: Readonly<Record<Lane, Rule>> = {
  schema: count,
  read: count,
  write: count,
  delete: count,
  search: count,
  datapoints: count,
  files: count,
};

/** The rules of every option. */
const rules = (options: PygenClientOptions): Rules => ({
  cluster: [matches(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i), "a name such as westeurope-1"],
  baseUrl: [isServiceUrl, "an http or https address without credentials, query and fragment"],
  project: [matches(/^[\w-]+$/), "letters, digits and hyphens"],
  application: [matches(/^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/), "printable ASCII characters"],
  credentials: [hasMethods("getToken"), "token(...), tokenProvider(...), or an object with getToken"],
  fetch: [(value) => typeof value === "function", "a function"],
  transport: [hasMethods("fetch"), "an object with fetch"],
  timeout: isObject(options.timeout) ? { attempt: milliseconds, total: milliseconds } : milliseconds,
  retry: { attempts: count, baseDelay: delay, maxDelay: delay },
  concurrency: lanes,
  rateLimit: { perSecond: [numberFrom(Number.MIN_VALUE), "a positive number"], burst: count },
  compression: isObject(options.compression) ? { threshold: [numberFrom(0), "a number of characters"] } : flag,
  validation: [oneOf("strict", "warn", "off"), '"strict", "warn" or "off"'],
  // What is a promise still, as tracing() gives it, would never be told anything.
  hooks: [(value) => isObject(value) && !("then" in value), "an object or a list of objects, not a promise"],
  logger: [hasMethods("debug", "info", "warn", "error"), "an object with debug, info, warn and error"],
  logLevel: [oneOf(...logLevels), logLevels.join(", ")],
  logBodies: flag,
});

/**
 * Checks the options and gives the address of the service.
 *
 * @throws ConfigError that names the first option that is missing, unknown or wrong
 */
export function checkOptions(options: PygenClientOptions): string {
  if (!isObject(options)) {
    throw new ConfigError("CONFIG.INVALID", "The client needs an object of options.", {
      hint: "new PygenClient({ cluster, project, application, credentials })",
    });
  }
  check(options, rules(options), "");
  const { cluster, baseUrl, transport, rateLimit, compression } = options;
  exclude(options, "cluster", "baseUrl");
  exclude(options, "transport", "fetch");
  if (rateLimit) need(rateLimit, "perSecond", "rateLimit.perSecond");
  if (isObject(compression)) need(compression, "threshold", "compression.threshold");
  need(options, "project");
  need(options, "application");
  if (!transport?.signsRequests) need(options, "credentials");
  if (cluster === undefined) need(options, "baseUrl", "cluster (or baseUrl)");
  return baseUrl ?? `https://${cluster}.cognitedata.com`;
}

function check(options: object, rules: Rules, prefix: string): void {
  for (const [key, value] of Object.entries(options)) {
    const name = prefix + key;
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      throw new ConfigError("CONFIG.UNKNOWN", `The option ${name} does not exist.`, { hint: "Check its spelling." });
    }
    if (value === undefined) continue;
    const [test, expected] = isTest(rule) ? rule : [isObject, "an object"];
    if (!test(value)) throw new ConfigError("CONFIG.INVALID", `The option ${name} is wrong: expected ${expected}.`);
    if (!isTest(rule)) check(value, rule, `${name}.`);
  }
}

function isTest(rule: Rule): rule is readonly [Test, string] {
  return Array.isArray(rule);
}

function need<T extends object>(options: T, key: keyof T & string, name: string = key): void {
  if (options[key] !== undefined) return;
  throw new ConfigError("CONFIG.MISSING", `The option ${name} is missing.`, {
    hint: "new PygenClient({ cluster, project, application, credentials })",
  });
}

function exclude(options: PygenClientOptions, one: keyof PygenClientOptions, other: keyof PygenClientOptions): void {
  if (options[one] === undefined || options[other] === undefined) return;
  throw new ConfigError("CONFIG.CONFLICT", `The options ${one} and ${other} exclude each other.`);
}
