import { availableParallelism } from "node:os";
import { ConfigError } from "../../errors/index.js";
import { type Connection, type Listening, type ListenOptions, listenOn } from "../../server/index.js";
import { createService, type Service, type ServiceOptions } from "../index.js";
import { limitsOf } from "../limits.js";
import { collectMetrics } from "./metrics.js";
import { redisStore } from "./redis-store.js";
import { threadPool } from "./thread-pool.js";

/** Options of {@link serve}. */
export interface ServeOptions extends Omit<ServiceOptions, "workers" | "onServed" | "metrics">, ListenOptions {
  /** Threads that generate. @defaultValue one less than there are processors, at least one */
  readonly threads?: number | undefined;
  /** Megabytes that each of them may use. @defaultValue 1,024 */
  readonly memory?: number | undefined;
  /** The file that they run. @defaultValue that of this package; programs in one file have to say where it is */
  readonly script?: URL | undefined;
  /** Address of a Redis 7 or later that replicas share: `redis://…`. Without it, each keeps its own results in memory. */
  readonly redisUrl?: string | undefined;
  /**
   * How many proxies are in front: so many addresses from the end of `X-Forwarded-For` is where a request comes from.
   * @defaultValue 0, which takes the address of the connection
   */
  readonly proxies?: number | undefined;
  /** Milliseconds to go on for once it is to stop, so that load balancers see that it is not ready. @defaultValue 0 */
  readonly drain?: number | undefined;
  /** Wraps what answers requests, such as `traced` of `pygen/tracing`. */
  readonly around?:
    | ((serve: (request: Request) => Promise<Response>) => (request: Request) => Promise<Response>)
    | undefined;
}

/**
 * Serves generation on a port of this machine, in threads of its own, with metrics for Prometheus at `/metrics`.
 *
 * @throws ConfigError for options that cannot be meant, a port that cannot be had, and a Redis that does not answer
 *
 * @example
 * ```ts
 * import { serve } from "pygen/service/node";
 *
 * const server = await serve({ port: 8080, limits: { perMinute: 60 } });
 * console.log(server.url);
 * await server.close();
 * ```
 */
export async function serve(options: ServeOptions = {}): Promise<Listening> {
  const {
    threads = Math.max(1, availableParallelism() - 1),
    memory = 1_024,
    proxies = 0,
    redisUrl,
    drain = 0,
    logger,
  } = options;
  checkCount("threads", threads, 1, 256);
  checkCount("memory", memory, 64, 65_536);
  checkCount("proxies", proxies, 0, 16);
  const limits = limitsOf(options.limits);
  const shared = redisUrl === undefined ? undefined : await redisStore(redisUrl, logger);
  const workers = threadPool({ threads, queue: limits.concurrent, memory, script: options.script });
  const store = options.store ?? shared;
  const { served, response } = collectMetrics(() => workers.counts());
  const service = createService({ ...options, store, workers, onServed: served, metrics: response });
  const answer = answering(service, options);
  const release = async (): Promise<void> => {
    await workers.close();
    await shared?.close();
  };
  const listening = await listenOn(answer, options).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    service.drain();
    await new Promise((resolve) => setTimeout(resolve, drain));
    await listening.close();
    await release();
  };
  return {
    url: listening.url,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function answering(
  service: Service,
  { around, proxies = 0 }: ServeOptions,
): (request: Request, from: Connection) => Promise<Response> {
  return (request, from) => {
    const address = (proxies === 0 ? undefined : forwardedFor(request, proxies)) ?? from.address;
    const handle = (each: Request) => service.fetch(each, { ...from, address });
    return (around ? around(handle) : handle)(request);
  };
}

function forwardedFor({ headers }: Request, proxies: number): string | undefined {
  const addresses = (headers.get("x-forwarded-for") ?? "").split(",").map((each) => each.trim());
  return addresses.at(-proxies) || undefined;
}

function checkCount(name: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new ConfigError("CONFIG.SERVICE", `Invalid ${name} '${value}'.`, {
    hint: `Use a whole number from ${from} to ${to}.`,
  });
}
