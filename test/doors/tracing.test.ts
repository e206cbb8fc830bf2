import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { routeOf } from "../../src/doors/tracing/attributes.js";
import { tracing } from "../../src/doors/tracing/index.js";
import { HTTPClient } from "../../src/index.js";
import { type Reply, type ScriptedServer, scriptedServer } from "../tools/scripted-server.js";
import { clientOf } from "../tools/with-server.js";

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = tracerProvider.getTracer("tests");

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

/** A traced client of a server that answers as told. */
async function traced(...replies: Reply[]): Promise<{ http: HTTPClient; server: ScriptedServer }> {
  return clientOf(replies, { retry: { baseDelay: 1, attempts: 3 }, hooks: await tracing({ tracerProvider }) });
}

const list = { method: "POST", path: "/models/instances/list", body: { instanceType: "node" } } as const;
const route = "/api/v1/projects/{project}/models/instances/list";

describe("a span", () => {
  it("is made of every call, by the conventions for HTTP clients, and says nothing of queries", async () => {
    const { http, server } = await traced({ headers: { "x-request-id": "request-1" }, body: { items: [] } });
    await http.request({ method: "GET", path: "/models/spaces", query: { cursor: "planted-cursor" } });
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      name: "GET /api/v1/projects/{project}/models/spaces",
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      events: [],
      attributes: {
        "http.request.method": "GET",
        "url.template": "/api/v1/projects/{project}/models/spaces",
        "url.full": `${server.url}/api/v1/projects/acme/models/spaces`,
        "server.address": "127.0.0.1",
        "server.port": Number(new URL(server.url).port),
        "http.response.status_code": 200,
        "http.response.body.size": 12,
        "pygen.lane": "schema",
        "pygen.request_id": "request-1",
      },
    });
    expect(Object.keys(span?.attributes ?? {})).not.toContain("http.request.resend_count");
    expect(span?.instrumentationScope.name).toBe("pygen");
  });

  it("is a child of what is active where the call is made, and its requests name it", async () => {
    const { http, server } = await traced({});
    await tracer.startActiveSpan("first", async (parent) => {
      await Promise.all([http.request(list), http.request(list)]);
      parent.end();
    });
    await http.request(list);
    const [one, two, parent, alone] = exporter.getFinishedSpans();
    expect([one, two].map((span) => span?.parentSpanContext?.spanId)).toEqual(
      Array.from({ length: 2 }, () => parent?.spanContext().spanId),
    );
    expect(alone?.parentSpanContext).toBeUndefined();
    const sent = server.received.map(({ headers }) => headers["traceparent"]);
    const named = [one, two, alone].map((span) => `00-${span?.spanContext().traceId}-${span?.spanContext().spanId}-01`);
    expect(sent.sort()).toEqual(named.sort());
  });

  it("has an event for each repetition", async () => {
    const { http, server } = await traced({ status: 503 }, { status: 429, headers: { "retry-after": "0.01" } }, {});
    await http.request(list);
    const [span, ...more] = exporter.getFinishedSpans();
    expect(more).toEqual([]);
    expect(span?.name).toBe(`POST ${route}`);
    expect(span?.events).toMatchObject([
      {
        name: "retry",
        attributes: { "http.request.resend_count": 1, "error.type": "503", "pygen.error.code": "API.SERVER" },
      },
      {
        name: "retry",
        attributes: { "http.request.resend_count": 2, "error.type": "429", "pygen.error.code": "API.RATE_LIMITED" },
      },
    ]);
    expect(span?.attributes).toMatchObject({ "http.request.resend_count": 2, "http.response.status_code": 200 });
    expect(span?.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(new Set(server.received.map(({ headers }) => headers["traceparent"])).size).toBe(1);
  });

  it("of a call that is refused has the status as error", async () => {
    const { http } = await traced({ status: 400, body: { error: { code: 400, message: "planted message" } } });
    await expect(http.request(list)).rejects.toThrow();
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        status: { code: SpanStatusCode.ERROR, message: "API.BAD_REQUEST" },
        attributes: { "error.type": "400", "pygen.error.code": "API.BAD_REQUEST", "http.response.status_code": 400 },
      },
    ]);
  });

  it("of a call without an answer has our code as error, and no status of an earlier attempt", async () => {
    const { http } = await traced({ status: 503 }, { cut: "before" });
    await expect(http.request(list)).rejects.toThrow();
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: "NETWORK.FAILED" },
      attributes: { "error.type": "NETWORK.FAILED", "http.request.resend_count": 2 },
    });
    expect(Object.keys(span?.attributes ?? {})).not.toContain("http.response.status_code");
  });

  it("ends when its call is stopped", async () => {
    const { http } = await traced({ delay: 5_000 });
    await expect(http.request({ ...list, signal: AbortSignal.timeout(20) })).rejects.toThrow();
    expect(exporter.getFinishedSpans()).toMatchObject([{ attributes: { "error.type": "ABORT.SIGNAL" } }]);
  });

  it("holds no token, body, query or message", async () => {
    const planted = "planted-secret-42";
    const { http } = await traced(
      { status: 503, body: { error: { code: 503, message: planted } } },
      {
        status: 400,
        body: { error: { code: 400, message: `${planted} planted-token-1`, missing: [{ externalId: planted }] } },
      },
    );
    const call = http.request({ ...list, query: { includeTyping: planted }, body: { externalId: planted } });
    await expect(call).rejects.toThrow(planted);
    const spans = exporter.getFinishedSpans();
    expect(spans).toHaveLength(1);
    const all = JSON.stringify(
      spans.map(({ name, attributes, events, status, links }) => ({ name, attributes, events, status, links })),
    );
    expect(all).not.toContain(planted);
    expect(all).not.toContain("planted-token-1");
  });

  it("is made by the provider that is registered, also after the client", async () => {
    const server = await scriptedServer([{}]);
    onTestFinished(() => server.close());
    const http = new HTTPClient({
      baseUrl: server.url,
      project: "acme",
      application: "tests",
      credentials: { getToken: async () => ({ token: "planted-token-1" }) },
      hooks: await tracing(),
    });
    await http.request(list);
    expect(exporter.getFinishedSpans()).toEqual([]);
    trace.setGlobalTracerProvider(tracerProvider);
    await http.request(list);
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  it("of an upload elsewhere names no path, and its request gets no headers", async () => {
    const { http } = await traced({});
    const storage = await scriptedServer([{}]);
    onTestFinished(() => storage.close());
    await http.transfer({ method: "PUT", url: `${storage.url}/container/planted-path?sig=planted`, body: '"content"' });
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({ name: "PUT", attributes: { "url.full": storage.url } });
    expect(JSON.stringify(span?.attributes)).not.toContain("planted");
    expect(storage.received[0]?.headers).not.toHaveProperty("traceparent");
  });
});

it.each([
  ["/models/instances/byids", "/models/instances/byids"],
  ["/models/statistics/spaces/byids", "/models/statistics/spaces/byids"],
  [
    "/userapis/spaces/wind/datamodels/WindFarm/versions/1/graphql",
    "/userapis/spaces/{space}/datamodels/{externalId}/versions/{version}/graphql",
  ],
  ["/files/8f3a-77/content", "/files/{id}/content"],
])("names of users stay out of the names of spans: %s", (path, template) => {
  const url = new URL(`https://example.com/proxy/api/v1/projects/acme-prod${path}?q=1`);
  expect(routeOf(url)).toBe(`/api/v1/projects/{project}${template}`);
});
