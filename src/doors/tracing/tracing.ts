import type { Context, Span, Tracer } from "@opentelemetry/api";
import type { Hooks } from "../../http/index.js";
import { VERSION } from "../../models/index.js";
import { answerFacts, endFacts, type Facts, retryFacts, routeOf, startFacts } from "./attributes.js";
import { openTelemetry } from "./open-telemetry.js";

/** What gives tracers: a `TracerProvider` of OpenTelemetry. */
export interface TracerSource {
  getTracer(name: string, version?: string): object;
}

/** Options of {@link tracing}. */
export interface TracingOptions {
  /** @defaultValue the provider that is registered globally */
  readonly tracerProvider?: TracerSource;
}

/** A call under way, and the context that its requests belong to. */
interface Traced {
  readonly span: Span;
  readonly context: Context;
  /** Of the last attempt, if it had an answer. */
  answer: Facts;
}

/**
 * Hooks that make a span of every call of a client, by OpenTelemetry's conventions for HTTP clients: a child of what is
 * active where the call is made, with an event for each repetition, and with the W3C headers (whatever propagator is
 * registered) on requests to the configured service. Spans hold no headers, queries, bodies or messages of errors.
 *
 * Resolves when `@opentelemetry/api`, which the application brings, is loaded: only then is it known whether it is there,
 * and no call goes untraced.
 *
 * @throws ConfigError `CONFIG.PEER` when `@opentelemetry/api` is not installed
 *
 * @example
 * ```ts
 * import { PygenClient, tokenProvider } from "pygen";
 * import { tracing } from "pygen/tracing";
 *
 * const client = new PygenClient({
 *   cluster: "westeurope-1",
 *   project: "acme",
 *   application: "turbine-report",
 *   credentials: tokenProvider(() => fetchToken()),
 *   hooks: await tracing(),
 * });
 * ```
 */
export async function tracing(options: TracingOptions = {}): Promise<Hooks> {
  const api = await openTelemetry();
  // Asked for at each call: the provider may be registered after the client is made.
  const tracer = (): Tracer => (options.tracerProvider ?? api.trace).getTracer("pygen", VERSION) as Tracer;
  const calls = new Map<string, Traced>();
  return {
    onStart(call) {
      const url = new URL(call.url);
      const route = routeOf(url);
      const parent = api.context.active();
      const attributes = startFacts(call, url, route);
      const name = route === undefined ? call.method : `${call.method} ${route}`;
      const span = tracer().startSpan(name, { kind: api.SpanKind.CLIENT, attributes }, parent);
      calls.set(call.id, { span, context: api.trace.setSpan(parent, span), answer: {} });
    },
    onRequest({ call }) {
      const headers: Record<string, string> = {};
      const traced = calls.get(call.id);
      if (traced !== undefined) api.propagation.inject(traced.context, headers);
      return headers;
    },
    onResponse(event) {
      const traced = calls.get(event.call.id);
      if (traced !== undefined) traced.answer = answerFacts(event);
    },
    onRetry(event) {
      const traced = calls.get(event.call.id);
      if (traced === undefined) return;
      traced.answer = {};
      traced.span.addEvent("retry", retryFacts(event));
    },
    onEnd(event) {
      const traced = calls.get(event.call.id);
      if (traced === undefined) return;
      calls.delete(event.call.id);
      traced.span.setAttributes({ ...traced.answer, ...endFacts(event) });
      if (event.error !== undefined) {
        traced.span.setStatus({ code: api.SpanStatusCode.ERROR, message: event.error.code });
      }
      traced.span.end();
    },
  };
}
