import { VERSION } from "../../models/index.js";
import { openTelemetry } from "./open-telemetry.js";
import type { TracingOptions } from "./tracing.js";

/** What answers requests. */
export type Serving = (request: Request) => Promise<Response>;

/**
 * Wraps what answers requests, so that each has a span by OpenTelemetry's conventions for HTTP servers: a child of the span
 * that its W3C headers name, and active while it is answered. Spans hold no headers, queries or bodies.
 *
 * Resolves when `@opentelemetry/api`, which the application brings, is loaded.
 *
 * @throws ConfigError `CONFIG.PEER` when `@opentelemetry/api` is not installed
 *
 * @example
 * ```ts
 * import { serve } from "pygen/service/node";
 * import { traced, tracing } from "pygen/tracing";
 *
 * await serve({ port: 8080, hooks: await tracing(), around: await traced() });
 * ```
 */
export async function traced(options: TracingOptions = {}): Promise<(serve: Serving) => Serving> {
  const api = await openTelemetry();
  return (serve) => (request) => {
    const source = options.tracerProvider ?? api.trace;
    const tracer = source.getTracer("pygen", VERSION) as ReturnType<typeof api.trace.getTracer>;
    const { pathname } = new URL(request.url);
    const carrier = Object.fromEntries(request.headers);
    const parent = api.propagation.extract(api.context.active(), carrier);
    const attributes = { "http.request.method": request.method, "url.path": pathname };
    const span = tracer.startSpan(request.method, { kind: api.SpanKind.SERVER, attributes }, parent);
    return api.context.with(api.trace.setSpan(parent, span), async () => {
      try {
        const response = await serve(request);
        span.setAttribute("http.response.status_code", response.status);
        if (response.status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
        return response;
      } catch (error) {
        span.setStatus({ code: api.SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  };
}
