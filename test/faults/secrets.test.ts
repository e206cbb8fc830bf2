import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { inspect } from "node:util";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { tokenProvider } from "../../src/auth/index.js";
import { PygenClient } from "../../src/client/index.js";
import { tracing } from "../../src/doors/tracing/index.js";
import type { Credentials, Hooks, Logger } from "../../src/http/index.js";
import { type Fault, type FaultPlan, faultServer } from "../tools/fault-server.js";
import { leaks, secrets, textsOf } from "./secrets.js";
import { clientOf, ids, nodes, rejection, sharedServer } from "./setup.js";

const server = sharedServer();

/** Credentials of a server that takes anything. */
const holders: Readonly<Record<string, Credentials>> = {
  "an opaque token": { getToken: async () => ({ token: secrets.token }) },
  "a long token": { getToken: async () => ({ token: secrets.longToken }) },
  "a web token": { getToken: async () => ({ token: secrets.webToken }) },
};

/** A logger and hooks that keep all they are given, as text. */
function overheard(): { readonly logger: Logger; readonly hooks: Hooks; readonly texts: string[] } {
  const texts: string[] = [];
  const keep = (...values: unknown[]) => {
    for (const value of values) texts.push(...textsOf({ value }));
  };
  return {
    texts,
    logger: { debug: keep, info: keep, warn: keep, error: keep },
    hooks: { onStart: keep, onRequest: (event) => keep(event), onResponse: keep, onRetry: keep, onEnd: keep },
  };
}

/** Answers that hold what they were sent, as proxies and gateways write them. */
const echoes: Readonly<Record<string, NonNullable<FaultPlan["custom"]>>> = {
  ...Object.fromEntries(
    [400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503].map((status) => [
      `a ${status} of the service's form`,
      {
        status,
        headers: { "x-request-id": "{authorization}", "retry-after": "0" },
        text: JSON.stringify({
          error: {
            code: status,
            message: "Refused {authorization}",
            missing: [{ externalId: "{authorization}" }],
            duplicated: [{ "{authorization}": 1 }],
            extra: { seen: "{authorization}" },
          },
        }),
      },
    ]),
  ),
  "an HTML page": {
    status: 502,
    headers: { "content-type": "text/html" },
    text: "<html><title>Bad gateway</title><pre>authorization: {authorization}</pre><a href='http://u:{authorization}@p/'></html>",
  },
  "an HTML page cut within the token": {
    status: 502,
    headers: { "content-type": "text/html; {authorization}" },
    text: `<pre>${"x ".repeat(90)}{token}</pre>`,
  },
  "a text that is all tokens": { status: 500, headers: { "content-type": "text/plain" }, text: "{token} ".repeat(6) },
  "a text cut within the token": { status: 403, text: `${"x".repeat(3_980)} {token}` },
  "a message cut within the token": {
    status: 403,
    text: JSON.stringify({ error: { code: 403, message: `${"x".repeat(3_985)} {token}` } }),
  },
  "a plain text": { status: 500, headers: { "content-type": "text/plain" }, text: "sent: {authorization}" },
  "another JSON form": { status: 400, text: '{"message":"{authorization}","error":"{authorization}"}' },
  "a redirect": { status: 302, headers: { location: "https://elsewhere.example/?next={authorization}" }, text: "" },
  "a redirect with an address that holds it": {
    status: 307,
    headers: { location: "https://user:{authorization}@elsewhere.example/{authorization}#{authorization}" },
    text: "",
  },
  "a success that is not JSON": { status: 200, text: "welcome {authorization}" },
  "a success of a wrong form": { status: 200, text: '{"items":"{authorization}"}' },
};

describe.each(Object.entries(holders))("%s", (_holder, credentials) => {
  it.each(Object.entries(echoes))("that %s repeats is in no error, log line or event", async (_name, custom) => {
    const script: Fault[] = Array(60).fill("custom");
    await server.current.configure({ script, custom });
    const { texts, logger, hooks } = overheard();
    for (const logBodies of [false, true]) {
      const retry = { attempts: 2, baseDelay: 1 };
      const client = clientOf(server.current, { credentials, retry, logger, hooks, logBodies, logLevel: "debug" });
      const errors = await Promise.all([
        rejection(client.instances.upsert(nodes(1_001))),
        rejection(client.instances.iterate()[Symbol.asyncIterator]().next()),
        rejection(client.spaces.create([{ space: "s" }])),
      ]);
      for (const error of errors) texts.push(...textsOf(error));
    }
    expect(texts.length).toBeGreaterThan(20);
    expect(leaks(texts)).toEqual([]);
  });

  it("is in no error or log line of connections that fail, stall or are stopped", async () => {
    const { texts, logger, hooks } = overheard();
    const timeout = { attempt: 100, total: 200 };
    const client = clientOf(server.current, {
      credentials,
      timeout,
      logger,
      hooks,
      logBodies: true,
      logLevel: "debug",
    });
    for (const fault of [
      "reset-before",
      "reset-within",
      "stall-headers",
      "stall-body",
      "truncated",
      "length-too-long",
    ] as const) {
      await server.current.configure({ rates: { [fault]: 1 } });
      texts.push(...textsOf(await rejection(client.instances.upsert(nodes(2)))));
      const stopped = client.instances.retrieve(ids(2), {}, { signal: AbortSignal.timeout(30) });
      texts.push(...textsOf(await rejection(stopped)));
    }
    expect(leaks(texts)).toEqual([]);
  });

  it("is in no error when fetch itself fails with an error that holds the request", async () => {
    const { texts, logger, hooks } = overheard();
    const fetch = async (request: Request): Promise<Response> => {
      const authorization = request.headers.get("authorization");
      const inner = Object.assign(new Error(`connect failed for ${authorization}`), {
        code: "ECONNREFUSED",
        config: { headers: { authorization }, url: `http://user:${secrets.password}@proxy.example:3128/` },
        request,
      });
      throw new TypeError(`fetch failed via http://user:${secrets.password}@proxy.example:3128 with ${authorization}`, {
        cause: inner,
      });
    };
    const client = clientOf(server.current, {
      credentials,
      fetch,
      logger,
      hooks,
      retry: { attempts: 2, baseDelay: 1 },
      logLevel: "debug",
    });
    texts.push(...textsOf(await rejection(client.spaces.list())));
    texts.push(...textsOf(await rejection(client.instances.delete(ids(1_001)))));
    expect(leaks(texts)).toEqual([]);
  });

  it("is in no text of a client, nor of what it is made of", () => {
    const client = clientOf(server.current, { credentials: tokenProvider(() => secrets.token) });
    expect(leaks([inspect(client, { depth: 20, showHidden: true }), JSON.stringify(client)])).toEqual([]);
  });
});

describe("a port where nobody listens", () => {
  it("is named without the secrets around it", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, "close");
    const client = new PygenClient({
      baseUrl: `http://127.0.0.1:${port}`,
      project: "acme",
      application: "fault-tests",
      credentials: holders["an opaque token"]!,
      retry: { attempts: 1 },
    });
    const error = await rejection(client.spaces.list());
    expect(error).toMatchObject({ code: "NETWORK.FAILED" });
    expect(leaks(textsOf(error))).toEqual([]);
  });
});

/** Ways in which sign-in libraries fail. */
const failures: Readonly<Record<string, () => unknown>> = {
  "a message with the form sent": () =>
    new Error(
      `POST https://login.example/token failed: grant_type=client_credentials&client_secret=${secrets.clientSecret}&scope=x`,
    ),
  "a proxy address with its password": () =>
    new Error(`tunnel to http://user:${secrets.password}@proxy.example:3128 refused`),
  "a cause that holds the request": () =>
    Object.assign(new Error("sign-in failed", { cause: new Error(`{"client_secret":"${secrets.clientSecret}"}`) }), {
      request: {
        body: `client_secret=${secrets.clientSecret}`,
        headers: { authorization: `Basic ${secrets.password}` },
      },
      response: { data: { access_token: secrets.token } },
    }),
  "an answer with the token": () =>
    new Error(`unexpected answer {"access_token":"${secrets.token}","refresh_token":"${secrets.token}"}`),
  "a bearer token": () => new Error(`rejected: Authorization: Bearer ${secrets.token}`),
  "a web token as a text": () => `invalid token ${secrets.webToken}`,
};

describe("spans", () => {
  it.each(Object.entries(echoes))("of calls that meet %s hold no secret", async (_name, custom) => {
    await server.current.configure({ script: ["503", "custom", "custom"], custom });
    const exporter = new InMemorySpanExporter();
    const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const client = clientOf(server.current, {
      credentials: holders["an opaque token"]!,
      retry: { attempts: 2, baseDelay: 1 },
      hooks: await tracing({ tracerProvider }),
    });
    await rejection(client.instances.upsert(nodes(1)));
    const spans = exporter.getFinishedSpans();
    expect(spans).toHaveLength(1);
    const { name, attributes, events, status, resource } = spans[0]!;
    expect(events.length).toBeGreaterThan(0);
    expect(leaks(textsOf({ name, attributes, events, status, resource }))).toEqual([]);
  });
});

describe("credentials that fail", () => {
  it.each(Object.entries(failures))("with %s leave no secret in the error", async (_name, failure) => {
    const { texts, logger, hooks } = overheard();
    const getToken = async (): Promise<never> => {
      throw failure();
    };
    for (const credentials of [{ getToken }, tokenProvider(getToken)]) {
      const client = clientOf(server.current, { credentials, logger, hooks, logLevel: "debug" });
      const error = await rejection(client.instances.upsert(nodes(1)));
      expect(error).toMatchObject({ name: "CredentialsError" });
      texts.push(...textsOf(error));
    }
    expect(leaks(texts)).toEqual([]);
  });

  it.each([`${secrets.token}\n`, `Bearer ${secrets.token}`, `${secrets.token}\u0000é`])(
    "with a token that no header can carry leave it out of the error",
    async (token) => {
      const client = clientOf(server.current, { credentials: { getToken: async () => ({ token }) } });
      const error = await rejection(client.spaces.list());
      expect(error).toMatchObject({ code: "CREDENTIALS.INVALID" });
      expect(leaks(textsOf(error))).toEqual([]);
    },
  );
});

describe("options", () => {
  it("that are wrong are named without what they hold", () => {
    const wrong = [
      { baseUrl: `http://user:${secrets.password}@127.0.0.1:1/` },
      { baseUrl: `127.0.0.1:1/${secrets.password}` },
      { baseUrl: "http://127.0.0.1:1", credentials: secrets.token },
      { baseUrl: "http://127.0.0.1:1", token: secrets.token },
    ];
    const texts = wrong.flatMap((options) => {
      try {
        const base = { project: "acme", application: "x", credentials: holders["an opaque token"] };
        return textsOf(Reflect.construct(PygenClient, [{ ...base, ...options }]).baseUrl);
      } catch (error) {
        return textsOf(error);
      }
    });
    expect(leaks(texts)).toEqual([]);
  });
});

describe("PYGEN_LOG=debug", () => {
  it.each(["plain", "bodies"])("prints calls, answers and retries but no secret (%s)", async (mode) => {
    const faulty = await faultServer({
      script: ["503", "custom", null],
      custom: { ...echoes["a 503 of the service's form"]!, status: 503 },
    });
    const child = fork(path.join(import.meta.dirname, "log-child.ts"), [faulty.url, mode], {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, PYGEN_LOG: "debug", PLANTED: JSON.stringify(secrets) },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    const [code] = await once(child, "close");
    expect(code, output).toBe(0);
    expect(output).toContain("/models/instances");
    expect(output).toContain("API.SERVER");
    expect(output).toContain("done 1");
    expect(leaks([output])).toEqual([]);
  });
});
