import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { createService, type ServiceOptions } from "../../src/service/index.js";
import { thisThread } from "../../src/service/this-thread.js";
import { stopClock } from "../tools/stopped-clock.js";
import { plant, post, refusalOf } from "./asking.js";

const document = { document: plant };
const views = (count: number) => ({
  views: Array.from({ length: count }, (_, index) => ({ space: "s", externalId: `V${index}`, version: "1" })),
});
const deep = (levels: number) => `{"model":{"document":${"[".repeat(levels)}${"]".repeat(levels)}}}`;
const get = (path: string, method = "GET") => new Request(`http://service${path}`, { method });

const cases: readonly (readonly [string, Request, number, string, ServiceOptions?])[] = [
  ["an unknown path", get("/nothing"), 404, "REQUEST.PATH"],
  ["a wrong method", get("/generate"), 405, "REQUEST.METHOD"],
  ["a wrong method of a read", get("/health", "DELETE"), 405, "REQUEST.METHOD"],
  [
    "a body that is no JSON by its type",
    post("/generate", "{}", { "content-type": "text/plain" }),
    415,
    "REQUEST.MEDIA_TYPE",
  ],
  [
    "a body in another character set",
    post("/generate", "{}", { "content-type": 'application/json; charset="utf-16"' }),
    415,
    "REQUEST.MEDIA_TYPE",
  ],
  ["a body packed otherwise", post("/generate", "{}", { "content-encoding": "br" }), 415, "REQUEST.ENCODING"],
  ["a body that is not the gzip it says", post("/generate", "{}", { "content-encoding": "gzip" }), 400, "REQUEST.JSON"],
  [
    "a body whose gzip is cut off",
    post("/generate", "", { "content-encoding": "gzip" }, { body: gzipSync('{"model":1}').subarray(0, -9) }),
    400,
    "REQUEST.JSON",
  ],
  [
    "a body that is too large without its gzip",
    post("/generate", "", { "content-encoding": "gzip" }, { body: gzipSync(Buffer.alloc(50_000_000, 0x20)) }),
    413,
    "LIMIT.BODY",
  ],
  ["a body that is no JSON", post("/generate", "{"), 400, "REQUEST.JSON"],
  [
    "a body that is not UTF-8",
    post("/generate", {}, {}, { body: new Uint8Array([0x22, 0xff, 0x22]) }),
    400,
    "REQUEST.JSON",
  ],
  ["no body", post("/generate", ""), 400, "REQUEST.JSON"],
  ["a body of the wrong type", post("/generate", [1]), 422, "REQUEST.BODY"],
  ["an unknown member", post("/generate", { model: document, lang: "go" }), 422, "REQUEST.BODY"],
  ["an unknown language", post("/generate", { model: document, config: { language: "go" } }), 422, "REQUEST.BODY"],
  ["a target, which is a program", post("/generate", { model: document, config: { target: {} } }), 422, "REQUEST.BODY"],
  ["a model of two kinds", post("/generate", { model: { ...document, files: [] } }), 422, "REQUEST.BODY"],
  ["no files", post("/generate", { model: { files: [] } }), 422, "REQUEST.BODY"],
  ["a document that is no model", post("/generate", { model: { document: 1 } }), 422, "MODEL.INVALID"],
  [
    "a file that cannot be read",
    post("/validate", { model: { files: [{ path: "a.yaml", text: "{" }] } }),
    422,
    "MODEL.INVALID",
  ],
  ["a body with too many levels", post("/generate", deep(101)), 422, "LIMIT.DEPTH"],
  ["100,000 levels", post("/generate", deep(100_000)), 422, "LIMIT.DEPTH"],
  [
    "a text of millions of characters, with quotes and backslashes",
    post("/generate", { model: { document: `\\"[{`.repeat(1_500_000) } }),
    422,
    "MODEL.INVALID",
  ],
  [
    "a text with too many levels inside",
    post("/generate", { model: { files: [{ path: "a.json", text: "[".repeat(50_000) }] } }),
    422,
    "MODEL.INVALID",
  ],
  [
    "YAML with too many levels",
    post("/generate", { model: { files: [{ path: "a.yaml", text: "[".repeat(50_000) }] } }),
    422,
    "MODEL.INVALID",
  ],
  [
    "a body that is too large",
    post("/generate", { model: document, padding: "x".repeat(2_000) }),
    413,
    "LIMIT.BODY",
    { limits: { bodyBytes: 1_000 } },
  ],
  [
    "too many views",
    post("/validate", { model: { document: views(11) } }),
    422,
    "LIMIT.VIEWS",
    { limits: { views: 10 } },
  ],
  ["10,000 views", post("/generate", { model: { document: views(10_000) } }), 422, "LIMIT.VIEWS"],
];

describe("is refused with a problem that tells what is wrong", () => {
  test.for(cases)("%s", async ([, request, status, code, options]) => {
    const answer = await createService(options).fetch(request);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const problem = (await answer.json()) as Readonly<Record<string, unknown>>;
    expect([answer.status, problem["code"]]).toEqual([status, code]);
    expect(problem).toMatchObject({ type: "about:blank", status, requestId: answer.headers.get("x-request-id") });
    expect(JSON.stringify(problem).length).toBeLessThan(100_000);
  });

  test("a wrong method is told which there are, and another packing which is taken", async () => {
    const headerOf = async (request: Request, name: string) => (await createService().fetch(request)).headers.get(name);
    expect(await headerOf(get("/health", "DELETE"), "allow")).toBe("GET, HEAD");
    expect(await headerOf(get("/generate"), "allow")).toBe("POST");
    expect(await headerOf(post("/generate", "{}", { "content-encoding": "br" }), "accept-encoding")).toBe("gzip");
  });

  test("a wrong member is named by its path", async () => {
    const answer = await createService().fetch(
      post("/generate", { model: document, config: { exclude: { views: "a" } } }),
    );
    const { errors } = (await answer.json()) as { readonly errors: readonly { readonly path: string }[] };
    expect(errors.map(({ path }) => path)).toEqual(["config.exclude.views"]);
  });

  test("millions of wrong values and names of millions of characters, in few words and little memory", async () => {
    const service = createService();
    const zeros = (count: number) => `[${"0,".repeat(count)}0]`;
    const long = "k".repeat(1_000_000);
    const bodies = [
      `{"model":{"files":${zeros(4_000_000)}}}`,
      `{"model":{"project":"a","dataModels":${zeros(4_000_000)}}}`,
      `{"model":{"document":{}},"config":{"exclude":{"views":${zeros(4_000_000)}}}}`,
      `{"model":{"document":{}},"format":"${long}"}`,
      `{"model":{"document":{}},"${long}":1}`,
    ];
    for (const body of bodies) {
      const answer = await service.fetch(post("/generate", body));
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).code]).toEqual([422, "REQUEST.BODY"]);
      expect(text.length).toBeLessThan(10_000);
    }
    const few = await service.fetch(
      post("/generate", `{"model":{"document":{}},"config":{"exclude":{"views":${zeros(50)}}}}`),
    );
    expect(((await few.json()) as { readonly errors: readonly unknown[] }).errors).toHaveLength(51);
  });

  test("a description of 10 MB by the size of the body, before it is read whole", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100_000;
        controller.enqueue(new Uint8Array(100_000).fill(0x20));
        if (sent >= 50_000_000) controller.close();
      },
    });
    const request = post("/generate", "", {}, { body, duplex: "half" } as RequestInit);
    expect(await refusalOf(await createService().fetch(request))).toEqual([413, "LIMIT.BODY"]);
    expect(sent).toBeLessThan(11_000_000);
  });

  test("a body that comes too slowly", async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("{")),
    });
    const request = post("/generate", "", {}, { body, duplex: "half" } as RequestInit);
    const answer = await createService({ limits: { bodyMilliseconds: 50 } }).fetch(request);
    expect(await refusalOf(answer)).toEqual([408, "LIMIT.BODY_TIME"]);
  });
});

describe("limits of clients", () => {
  test("one that asks too often is told when to come back, and others are not concerned", async () => {
    const service = createService({ limits: { perMinute: 2 } });
    const ask = (address: string) => service.fetch(post("/validate", { model: document }), { address });
    expect((await ask("10.0.0.1")).status).toBe(200);
    expect((await ask("10.0.0.1")).status).toBe(200);
    const refused = await ask("10.0.0.1");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusalOf(refused)).toEqual([429, "LIMIT.RATE"]);
    expect((await ask("10.0.0.2")).status).toBe(200);
    expect((await service.fetch(get("/health"), { address: "10.0.0.1" })).status).toBe(200);
  });

  test.for([
    ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", 429],
    ["2001:db8:0:1::1", "[2001:DB8::1:0:0:0:2]:443", 429],
    ["2001:db8:0:1::1", "2001:db8:0:2::1", 200],
    ["fe80::1%eth0", "fe80::2%eth1", 429],
    ["::ffff:10.0.0.1", "10.0.0.1", 429],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.2", 200],
    ["10.0.0.1:5001", "10.0.0.1:5002", 429],
    ["::1", "::2", 429],
    ["a:b", "a:c", 200],
  ] as const)("after %s, %s is answered with %s: IPv6 counts by /64, and ports do not count", async (given) => {
    const [first, second, status] = given;
    const service = createService({ limits: { perMinute: 1 } });
    const ask = async (address: string) =>
      (await service.fetch(post("/validate", { model: document }), { address })).status;
    expect([await ask(first), await ask(second)]).toEqual([200, status]);
  });

  test("work beyond what may wait is refused", async () => {
    const service = createService({ limits: { concurrent: 1 } });
    const ask = () => service.fetch(post("/validate", { model: document }));
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503]);
  });

  test("work that waits for its turn longer than it may is refused, and never done", async () => {
    const workers = thisThread(4);
    const files = [{ path: "a.json", text: JSON.stringify(document) }];
    const job = { kind: "validate", model: { files, dependsOn: [], variables: {} }, config: {}, maxViews: 9 } as const;
    const run = (milliseconds: number) => workers.run(job, { signal: new AbortController().signal, milliseconds });
    const [first, late, third] = await Promise.allSettled([run(60_000), run(0), run(60_000)]);
    expect([first, third]).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
    expect(late).toMatchObject({
      reason: { status: 503, code: "LIMIT.CONCURRENT", details: { headers: { "retry-after": "1" } } },
    });
  });

  test("bodies that never end take no more places than there are, and give them back", async () => {
    stopClock();
    const service = createService({ limits: { concurrent: 2, bodyMilliseconds: 200 } });
    const endless = () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array([0x20])),
      });
      return service.fetch(post("/validate", "", {}, { body, duplex: "half" } as RequestInit));
    };
    const [first, second] = [endless(), endless()];
    expect(await refusalOf(await service.fetch(post("/validate", { model: document })))).toEqual([
      503,
      "LIMIT.CONCURRENT",
    ]);
    await vi.advanceTimersByTimeAsync(200);
    expect([(await first).status, (await second).status]).toEqual([408, 408]);
    expect((await service.fetch(post("/validate", { model: document }))).status).toBe(200);
  });

  test("answers that nobody takes hold their places, until it is time to drop them", async () => {
    stopClock();
    const service = createService({ limits: { concurrent: 1, sendMilliseconds: 300 } });
    const ask = () => service.fetch(post("/generate", { model: document }));
    const first = await ask();
    expect(first.status).toBe(200);
    expect(await refusalOf(await ask())).toEqual([503, "LIMIT.CONCURRENT"]);
    await vi.advanceTimersByTimeAsync(300);
    await expect(first.arrayBuffer()).rejects.toThrow(/300 ms/);
    const second = await ask();
    expect((await second.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    const third = await ask();
    await third.body?.cancel();
    expect((await ask()).status).toBe(200);
  });

  test.for([
    [{ nothing: 1 }, "nothing"],
    [{ views: 0 }, "views"],
    [{ views: 1.5 }, "views"],
  ] as const)("%j is no limit", ([limits, name]) => {
    expect(() => createService({ limits: limits as object })).toThrow(name);
  });
});
