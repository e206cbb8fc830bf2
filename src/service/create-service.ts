import { isPygenError, redact } from "../errors/index.js";
import { checkAccess, identifier } from "./access.js";
import { admission } from "./admission.js";
import { allowOrigin, preflight } from "./cors.js";
import { type Call, handlers } from "./handlers.js";
import { limitsOf } from "./limits.js";
import type { Caller, Service, ServiceOptions } from "./options.js";
import { Problem, problemResponse } from "./problem.js";
import { memoryStore } from "./store.js";
import { busy, thisThread } from "./this-thread.js";
import { untilSent } from "./until-sent.js";

/**
 * Makes generation over HTTP: a handler for `Request`s that runs wherever such handlers do.
 *
 * `POST /generate`, `/validate`, `/diff`; `GET /health`, `/ready`, `/version`, `/openapi.json`, and a page at `/`. Refusals are
 * `application/problem+json` (RFC 9457). The caller's token for CDF, in `x-cdf-authorization`, is passed on to CDF and kept nowhere.
 *
 * @throws ConfigError `CONFIG.LIMIT`, `CONFIG.API_KEY` for options that cannot be meant
 *
 * @example
 * ```ts
 * import { createService } from "pygen/service";
 *
 * const service = createService({ apiKeys: { ci: process.env["CI_KEY"] ?? "" } });
 * const answer = await service.fetch(new Request("http://service/version"));
 * ```
 */
export function createService(options: ServiceOptions = {}): Service {
  const limits = limitsOf(options.limits);
  checkAccess(options);
  const store = options.store ?? memoryStore();
  const context = {
    limits,
    store,
    workers: options.workers ?? thisThread(limits.concurrent),
    baseUrls: new Set((options.baseUrls ?? []).map((url) => new URL(url).origin)),
    fetch: options.fetch,
    hooks: options.hooks,
    isDraining: () => draining,
    metrics: options.metrics,
  };
  const routes = handlers(context);
  const admit = admission(identifier(options, Date.now), store, limits.perMinute);
  const origins = new Set(options.cors);
  let draining = false;
  let underWay = 0;

  const answer = async (request: Request, call: Call, { address, disconnect }: Caller): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const route = routes.get(pathname);
    if (!route)
      throw new Problem(404, "REQUEST.PATH", "There is nothing at this path.", { hint: "See /openapi.json." });
    call.route = pathname;
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (route.method !== method) {
      throw new Problem(405, "REQUEST.METHOD", `This path takes ${route.method}.`, {
        headers: { allow: route.method === "GET" ? "GET, HEAD" : route.method },
      });
    }
    if (route.method === "GET") return route.handle(request, call);
    await admit(request, call, address);
    // From before its body is read until its answer is taken: what is still coming, waits or goes out is in memory too.
    if (underWay >= limits.concurrent) throw busy();
    underWay += 1;
    const over = (isLate: boolean): void => {
      underWay -= 1;
      if (isLate) options.logger?.warn("cut off", { requestId: call.requestId, route: pathname, client: call.client });
    };
    try {
      const response = await route.handle(request, call);
      return untilSent(response, { milliseconds: limits.sendMilliseconds, over, disconnect });
    } catch (error) {
      over(false);
      throw error;
    }
  };

  const serve = async (request: Request, caller: Caller): Promise<Response> => {
    const started = performance.now();
    const call: Call = { requestId: crypto.randomUUID(), route: "other" };
    let response: Response;
    try {
      response = preflight(request, origins) ?? (await answer(request, call, caller));
    } catch (error) {
      const problem = problemOf(error, request);
      call.code = problem.code;
      response = problemResponse(problem, call.requestId);
      if (problem.status === 500) options.logger?.error("failed", { requestId: call.requestId, error: told(error) });
    }
    response.headers.set("x-request-id", call.requestId);
    response.headers.set("x-content-type-options", "nosniff");
    allowOrigin(request, response, origins);
    const { requestId, route, client, code, cache } = call;
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    const fields = {
      requestId,
      method: request.method,
      route,
      status: response.status,
      milliseconds,
      client,
      code,
      cache,
    };
    options.logger?.info("served", fields);
    options.onServed?.(fields);
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
  return {
    fetch: (request, caller = {}) => serve(request, caller),
    drain: () => {
      draining = true;
    },
  };
}

function problemOf(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  if (request.signal.aborted) return new Problem(408, "REQUEST.GONE", "The request was given up.");
  return new Problem(500, "SERVICE.FAILED", "Something went wrong here, and is logged with this request's id.");
}

/** Stacks of our own errors say where; those of others may show what they were given. */
function told(error: unknown): string {
  if (isPygenError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? redact(error.stack ?? error.message) : "not an error";
}
