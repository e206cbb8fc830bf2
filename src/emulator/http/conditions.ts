import type { Context, MiddlewareHandler } from "hono";
import { Fault } from "../engine/fault.js";
import { randomFrom } from "../random.js";

/** What an emulator makes of calls besides answering them: a network that is slow, a service that is busy or ailing. */
export interface Conditions {
  /**
   * Milliseconds that every call takes longer: always as many, or as many as chance wants from the first to the second.
   * @defaultValue 0
   */
  readonly latency?: number | readonly [least: number, most: number];
  /**
   * The share of calls that fail as calls do on bad days, 0 to 1: a quarter of them each with 429, with 502 and a page of
   * HTML, with 503, and with 504 after the call was served, so that only its answer is lost.
   * @defaultValue 0
   */
  readonly chaos?: number;
  /** Where chance begins, for `latency` and `chaos`: the same calls in the same order fare alike. @defaultValue 1 */
  readonly seed?: number;
  /** Most calls in a second; those beyond are answered with 429. Without it, there is no limit. */
  readonly rateLimit?: number;
  /** Whether answers with 429 say in `Retry-After` how many seconds to wait. @defaultValue false */
  readonly retryAfter?: boolean;
}

/** What a proxy says when the service behind it does not. */
const BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";

/** Lets calls fare as they would under some conditions. */
export function conditioned(conditions: Conditions, now: () => number): MiddlewareHandler {
  const { latency = 0, chaos = 0, seed = 1, rateLimit, retryAfter = false } = conditions;
  const [least, most] = typeof latency === "number" ? [latency, latency] : latency;
  const random = randomFrom(seed);
  const admit = rateLimit === undefined ? () => 0 : admission(rateLimit, now);
  const fateOf = (): number | undefined => (chaos > 0 && random() < chaos ? Math.floor(random() * 4) : undefined);
  return async (context, next) => {
    if (most > 0) await wait(least + random() * (most - least));
    const seconds = admit();
    if (seconds > 0) throw tooMany(context, retryAfter ? seconds : undefined);
    switch (fateOf()) {
      case 0:
        throw tooMany(context, retryAfter ? 1 : undefined);
      case 1:
        return context.html(BAD_GATEWAY, 502);
      case 2:
        throw new Fault(503, "The service is not available: try again later.");
      case 3:
        await next();
        context.res = context.text("The answer took too long.", 504);
        return undefined;
      default:
        return next();
    }
  };
}

/** Gives for each call how many seconds it has come too early; as many as the limit may come at once. */
function admission(limit: number, now: () => number): () => number {
  let left = Math.max(1, limit);
  let last = now();
  return () => {
    const time = now();
    left = Math.min(Math.max(1, limit), left + (Math.max(0, time - last) / 1000) * limit);
    last = time;
    if (left < 1) return (1 - left) / limit;
    left -= 1;
    return 0;
  };
}

function tooMany(context: Context, seconds: number | undefined): Fault {
  if (seconds !== undefined) context.header("retry-after", String(Math.ceil(seconds)));
  return new Fault(429, "Too many requests: slow down, and try again.");
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
