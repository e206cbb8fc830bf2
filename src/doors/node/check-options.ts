import { ConfigError } from "../../errors/index.js";
import type { ConnectionPoolOptions } from "./options.js";

/** What an option must be: a test, the words for it, and what may help. None of them quote it: it may be a secret. */
type Rule = readonly [test: (value: unknown) => boolean, expected: string, hint?: string];

const count: Rule = [(value) => Number.isSafeInteger(value) && Number(value) > 0, "a whole number from 1"];
const isText = (value: unknown): boolean => typeof value === "string" || value instanceof Uint8Array;
const proxyHint =
  'Such as "http://proxy.example.com:8080"; special characters of a user name or password must be percent-encoded.';

const rules: Readonly<Record<keyof ConnectionPoolOptions, Rule>> = {
  connections: count,
  http2: [(value) => typeof value === "boolean", "true or false"],
  proxy: [isProxy, 'an http or https address, { url, token }, or "environment"', proxyHint],
  ca: [(value) => isText(value) || (Array.isArray(value) && value.every(isText)), "PEM as text or bytes, or a list"],
  connectTimeout: count,
};

/**
 * Looks at the options as a program without types may give them.
 *
 * @throws ConfigError for one that does not exist or is not what it must be
 */
export function checkOptions(options: ConnectionPoolOptions): void {
  if (typeof options !== "object" || options === null) {
    throw new ConfigError("CONFIG.INVALID", "The options of connectionPool must be an object.");
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const rule = new Map<string, Rule>(Object.entries(rules)).get(name);
    if (rule === undefined) {
      const hint = `There are ${Object.keys(rules).join(", ")}.`;
      throw new ConfigError("CONFIG.UNKNOWN", `The option ${name} does not exist.`, { hint });
    }
    const [test, expected, hint] = rule;
    if (test(value)) continue;
    const details = hint === undefined ? {} : { hint };
    throw new ConfigError("CONFIG.INVALID", `The option ${name} is wrong: expected ${expected}.`, details);
  }
}

function isProxy(value: unknown): boolean {
  if (value === "environment") return true;
  if (typeof value === "string") return isProxyAddress(value);
  if (typeof value !== "object" || value === null || !("url" in value)) return false;
  // A header with line breaks would fail at the first call.
  const token = "token" in value ? value.token : undefined;
  const sendable = token === undefined || (typeof token === "string" && /^[\x20-\x7e]+$/.test(token));
  return sendable && typeof value.url === "string" && isProxyAddress(value.url);
}

function isProxyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && isEncoded(username) && isEncoded(password);
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
