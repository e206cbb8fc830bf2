import { ConfigError } from "../errors/index.js";

/** What one request may cost; each has a bound. */
export interface ServiceLimits {
  /** Bytes of a body. @defaultValue 10,000,000 */
  readonly bodyBytes: number;
  /** Milliseconds for a body to come in. @defaultValue 30,000 */
  readonly bodyMilliseconds: number;
  /** Levels of a body. @defaultValue 100 */
  readonly depth: number;
  /** Views of a model, with those it builds on. @defaultValue 5,000 */
  readonly views: number;
  /** Milliseconds of work, and before it of waiting for its turn. @defaultValue 30,000 */
  readonly milliseconds: number;
  /** Milliseconds for models to be fetched. @defaultValue 30,000 */
  readonly fetchMilliseconds: number;
  /** Milliseconds for an answer to be taken; then the rest of it is not sent. @defaultValue 60,000 */
  readonly sendMilliseconds: number;
  /**
   * Requests under way, from the first byte of their bodies to the last of their answers; further ones are refused with 503.
   * @defaultValue 64
   */
  readonly concurrent: number;
  /** Requests of a client in a minute; further ones are refused with 429. @defaultValue 600 */
  readonly perMinute: number;
}

export const defaultLimits: ServiceLimits = {
  bodyBytes: 10_000_000,
  bodyMilliseconds: 30_000,
  depth: 100,
  views: 5_000,
  milliseconds: 30_000,
  fetchMilliseconds: 30_000,
  sendMilliseconds: 60_000,
  concurrent: 64,
  perMinute: 600,
};

/**
 * Limits with the defaults of those left out.
 *
 * @throws ConfigError `CONFIG.LIMIT` for one that is unknown, or is no number above 0
 */
export function limitsOf(given: Partial<ServiceLimits> = {}): ServiceLimits {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaultLimits, name)) {
      throw new ConfigError("CONFIG.LIMIT", `There is no limit '${name}'.`, {
        hint: `There is ${Object.keys(defaultLimits).join(", ")}.`,
      });
    }
    if (!(Number.isInteger(value) && value > 0)) {
      throw new ConfigError("CONFIG.LIMIT", `Invalid limit ${name} '${value}'.`, {
        hint: "Use a whole number above 0.",
      });
    }
  }
  return { ...defaultLimits, ...given };
}
