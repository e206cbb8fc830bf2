import * as v from "valibot";
import { ConfigError } from "../errors/index.js";
import type { PygenClientOptions } from "./options.js";

const hasMethods =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => name in value && typeof Reflect.get(value, name) === "function");

const isServiceUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === "";
};

/** The rules of every option. Built at the first client. */
function schema() {
  const optional = <T extends v.GenericSchema>(entry: T) => v.optional(entry);
  const milliseconds = v.pipe(v.number(), v.minValue(1, "Expected a positive number of milliseconds"));
  const delay = v.pipe(v.number(), v.minValue(0, "Expected a number of milliseconds"), v.finite());
  const count = v.pipe(v.number(), v.integer(), v.minValue(1, "Expected a whole number from 1"));
  const timeouts = v.strictObject({ attempt: optional(milliseconds), total: optional(milliseconds) });
  return v.strictObject({
    cluster: optional(
      v.pipe(v.string(), v.regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, "Expected a name such as westeurope-1")),
    ),
    baseUrl: optional(
      v.pipe(
        v.string(),
        v.check(isServiceUrl, "Expected an http or https address without credentials, query and fragment"),
      ),
    ),
    project: v.pipe(v.string(), v.regex(/^[\w-]+$/, "Expected letters, digits and hyphens")),
    application: v.pipe(
      v.string(),
      v.regex(/^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/, "Expected printable ASCII characters"),
    ),
    credentials: v.custom(
      hasMethods("getToken"),
      "Expected token(...), tokenProvider(...), or an object with getToken",
    ),
    fetch: optional(v.function()),
    timeout: optional(v.lazy((value) => (typeof value === "object" ? timeouts : milliseconds))),
    retry: optional(
      v.strictObject({ attempts: optional(count), baseDelay: optional(delay), maxDelay: optional(delay) }),
    ),
    concurrency: optional(
      v.strictObject({
        schema: optional(count),
        read: optional(count),
        write: optional(count),
        delete: optional(count),
      }),
    ),
    logger: optional(
      v.custom(hasMethods("debug", "info", "warn", "error"), "Expected an object with debug, info, warn and error"),
    ),
    logLevel: optional(v.picklist(["debug", "info", "warn", "error", "silent"])),
  });
}

let built: ReturnType<typeof schema> | undefined;

/**
 * Checks the options and gives the address of the service.
 *
 * @throws ConfigError that names the first option that is missing, unknown or wrong
 */
export function checkOptions(options: PygenClientOptions): string {
  built ??= schema();
  const result = v.safeParse(built, options, { abortEarly: true });
  const [issue] = result.issues ?? [];
  if (issue !== undefined) throw wrongOption(issue);
  if (options.cluster !== undefined && options.baseUrl !== undefined) {
    throw new ConfigError("CONFIG.CONFLICT", "The options cluster and baseUrl exclude each other.", {
      hint: "Give cluster for the service itself, or baseUrl for an emulator or a proxy.",
    });
  }
  const address = options.cluster === undefined ? options.baseUrl : `https://${options.cluster}.cognitedata.com`;
  if (address === undefined) {
    throw new ConfigError("CONFIG.MISSING", "The option cluster (or baseUrl) is missing.", {
      hint: 'Give the name of the cluster, such as "westeurope-1", or a whole address as baseUrl.',
    });
  }
  return address;
}

function wrongOption(issue: v.BaseIssue<unknown>): ConfigError {
  const name = v.getDotPath(issue);
  if (name === null) {
    return new ConfigError("CONFIG.INVALID", "The client needs an object of options.", {
      hint: "new PygenClient({ cluster, project, application, credentials })",
    });
  }
  if (issue.type === "strict_object" && issue.expected === "never") {
    return new ConfigError("CONFIG.UNKNOWN", `The option ${name} does not exist.`, { hint: "Check its spelling." });
  }
  if (issue.input === undefined) {
    return new ConfigError("CONFIG.MISSING", `The option ${name} is missing.`, { hint: hintFor(name) });
  }
  return new ConfigError("CONFIG.INVALID", `The option ${name} is wrong: ${issue.message}.`, { hint: hintFor(name) });
}

function hintFor(name: string): string | undefined {
  return name === "credentials" ? "Give token(...), tokenProvider(...), or your own object with getToken." : undefined;
}
