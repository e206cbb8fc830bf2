import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dataModelsOf, readModelDocument } from "../../src/codegen/index.js";
import { traced, tracing } from "../../src/doors/tracing/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { formatVersionedId } from "../../src/models/index.js";
import { createService } from "../../src/service/index.js";
import { plant, post } from "../service/asking.js";

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const token = "planted-token-0123456789";
const key = "planted-key-0123456789";

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
afterAll(() => {
  context.disable();
  propagation.disable();
  trace.disable();
});
beforeEach(() => exporter.reset());

/** The traced service, over an emulator that takes one token. */
async function tracedService() {
  const emulator = createEmulator({ token });
  emulator.load(plant);
  const service = createService({
    apiKeys: { ci: key },
    baseUrls: ["http://emulator"],
    fetch: (request) => emulator.fetch(request),
    hooks: await tracing({ tracerProvider }),
  });
  return (await traced({ tracerProvider }))((request) => service.fetch(request));
}

const [id] = dataModelsOf(readModelDocument(plant));
const reference = { dataModels: [formatVersionedId(id!)], project: "demo", baseUrl: "http://emulator" };

describe("spans of the service", () => {
  it("go on with the caller's trace, have calls to CDF as children, and hold no token, key or model", async () => {
    const answer = await tracedService();
    const caller = "4bf92f3577b34da6a3ce929d0e0e4736";
    const { status } = await answer(
      post(
        "/generate?access_token=planted-query",
        { model: reference },
        {
          traceparent: `00-${caller}-00f067aa0ba902b7-01`,
          "x-cdf-authorization": `Bearer ${token}`,
          "x-api-key": key,
        },
      ),
    );
    expect(status).toBe(200);
    const spans = exporter.getFinishedSpans();
    const server = spans.find(({ kind }) => kind === SpanKind.SERVER);
    const clients = spans.filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(server).toMatchObject({
      name: "POST",
      parentSpanContext: { spanId: "00f067aa0ba902b7" },
      attributes: { "http.request.method": "POST", "url.path": "/generate", "http.response.status_code": 200 },
    });
    expect(clients.length).toBeGreaterThan(0);
    expect(clients.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
      clients.map(() => server?.spanContext().spanId),
    );
    expect(spans.map((span) => span.spanContext().traceId)).toEqual(spans.map(() => caller));
    const told = JSON.stringify(
      spans.map(({ name, attributes, events, status: of }) => [name, attributes, events, of]),
    );
    for (const secret of [token, key, "planted-query", "Turbine"]) expect(told).not.toContain(secret);
  });

  it("of refusals are no errors, of faults they are", async () => {
    const answer = await tracedService();
    expect((await answer(post("/validate", {}, { "x-api-key": key }))).status).toBe(422);
    expect(exporter.getFinishedSpans()[0]?.status.code).toBe(SpanStatusCode.UNSET);
    const wrap = await traced({ tracerProvider });
    const away = wrap(async () => new Response(null, { status: 503 }));
    await away(new Request("http://service/ready"));
    const failing = wrap(() => Promise.reject(new Error(token)));
    await expect(failing(new Request("http://service/"))).rejects.toThrow();
    const [, unavailable, failed] = exporter.getFinishedSpans();
    expect([unavailable?.status, failed?.status]).toEqual(Array(2).fill({ code: SpanStatusCode.ERROR }));
    expect(JSON.stringify(failed?.events)).not.toContain(token);
  });
});
