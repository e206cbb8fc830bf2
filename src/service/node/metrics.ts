import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ServedEvent } from "../index.js";

/** What Prometheus is told. */
export interface Metrics {
  served(event: ServedEvent): void;
  /** The answer to `GET /metrics`. */
  response(): Promise<Response>;
}

/** Collects what Prometheus is told: requests, times, the cache, jobs, and the process. */
export function collectMetrics(counts: () => { readonly active: number; readonly waiting: number }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "pygen_requests_total",
    help: "Requests by route, method and status.",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "pygen_request_duration_seconds",
    help: "Time to the head of the answer, by route.",
    labelNames: ["route"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const results = new Counter({
    name: "pygen_cache_total",
    help: "Generated SDKs that were kept from before (hit), were made (miss), or came of an equal request's work (shared).",
    labelNames: ["result"],
    registers,
  });
  new Gauge({
    name: "pygen_jobs",
    help: "Jobs by state.",
    labelNames: ["state"],
    registers,
    collect() {
      for (const [state, count] of Object.entries(counts())) this.set({ state }, count);
    },
  });
  return {
    served({ route, method, status, milliseconds, cache }) {
      requests.inc({ route, method, status });
      seconds.observe({ route }, milliseconds / 1_000);
      if (cache !== undefined) results.inc({ result: cache });
    },
    response: async () =>
      new Response(await registry.metrics(), {
        headers: { "content-type": registry.contentType, "cache-control": "no-store" },
      }),
  };
}
