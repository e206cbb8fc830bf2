import { inspect } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Reply, type Script, type ScriptedServer, scriptedServer } from "../tools/scripted-server.js";
import { stopClock } from "../tools/stopped-clock.js";
import { clientOf } from "../tools/with-server.js";

async function storageOf(script: Script | readonly Reply[]): Promise<ScriptedServer> {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  return server;
}

const signed = "?sig=planted-signature&expires=2030-01-01";

describe("transfers", () => {
  test("go to another host without the token and the client's own headers", async () => {
    const storage = await storageOf([{ status: 201, body: "stored", headers: { etag: "e1" } }]);
    const { http } = await clientOf([], { hooks: { onRequest: () => ({ "x-trace": "t" }) } });
    const response = await http.transfer({
      method: "PUT",
      url: `${storage.url}/file${signed}`,
      headers: { "content-type": "text/plain" },
      body: "hello",
    });
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([201, "e1", "stored"]);
    const [request] = storage.received;
    expect(request).toMatchObject({ method: "PUT", url: `/file${signed}`, body: "hello" });
    expect(request?.headers).toMatchObject({ "content-type": "text/plain", "content-length": "5" });
    expect(Object.keys(request?.headers ?? {}).filter((name) => /^(authorization|x-)/.test(name))).toEqual([]);
  });

  test("go to the service itself with them, also by an address without a host", async () => {
    const { http, server } = await clientOf([{ body: "data" }]);
    for (const url of [`${server.url}/files/1`, "/files/1"]) {
      const response = await http.transfer({ method: "GET", url });
      expect(await response.text()).toBe("data");
    }
    expect(server.received.map(({ url }) => url)).toEqual(["/files/1", "/files/1"]);
    expect(server.received[1]?.headers).toMatchObject({
      authorization: "Bearer planted-token-1",
      "x-cdp-app": "tests",
    });
  });

  test.each([
    ["bytes", new Uint8Array([49, 50])],
    ["a Blob", new Blob(["12"])],
    ["text", "12"],
  ])("%s are sent again after a failure", async (_name, body) => {
    const storage = await storageOf([{ status: 503, headers: { "retry-after": "0.05" } }, { cut: "before" }, {}]);
    const { http } = await clientOf([]);
    await http.transfer({ method: "PUT", url: storage.url, body });
    expect(storage.received.map((request) => request.body)).toEqual([12, 12, 12]);
  });

  test("a stream is sent once, in pieces", async () => {
    const storage = await storageOf([{ status: 503 }]);
    const { http } = await clientOf([]);
    const body = new Blob(["12"]).stream();
    await expect(http.transfer({ method: "PUT", url: storage.url, body })).rejects.toMatchObject({
      name: "ServerError",
      outcome: "unknown",
    });
    expect(storage.received).toMatchObject([{ body: 12, headers: { "transfer-encoding": "chunked" } }]);
  });

  test("a POST is not repeated", async () => {
    const storage = await storageOf([{ cut: "before" }]);
    const { http } = await clientOf([]);
    await expect(http.transfer({ method: "POST", url: storage.url, body: "x" })).rejects.toMatchObject({
      code: "NETWORK.FAILED",
    });
    expect(storage.received).toHaveLength(1);
  });

  test("a token that was refused is renewed once", async () => {
    let asked = 0;
    const getToken = async () => {
      asked += 1;
      return { token: `planted-${asked}` };
    };
    const { http, server } = await clientOf([{ status: 401 }, { body: "data" }], { credentials: { getToken } });
    await http.transfer({ method: "GET", url: "/x" });
    expect(server.received).toHaveLength(2);
    expect(server.received[1]?.headers.authorization).not.toBe(server.received[0]?.headers.authorization);
  });

  test("an upload is not led elsewhere, a download without a token is, and one with it is not", async () => {
    const target = await storageOf([{ body: "moved" }]);
    const moved = { status: 307, headers: { location: `${target.url}/there` } };
    const storage = await storageOf([moved]);
    const { http } = await clientOf([moved]);
    for (const request of [
      { method: "PUT", url: storage.url, body: "x" },
      { method: "PUT", url: storage.url, body: new Blob(["x"]).stream() },
      { method: "GET", url: "/x" },
    ] as const) {
      await expect(http.transfer(request)).rejects.toMatchObject({ code: expect.stringMatching(/REDIRECT|NETWORK/) });
    }
    expect(target.received).toHaveLength(0);
    expect(await (await http.transfer({ method: "GET", url: storage.url })).text()).toBe("moved");
  });

  test("a refusal of the storage shows neither signature nor token", async () => {
    const xml = "<Error><Code>AuthenticationFailed</Code>Signature planted-signature did not match</Error>";
    const storage = await storageOf([
      { status: 403, body: xml, headers: { "content-type": "application/xml" } },
      { cut: "before" },
    ]);
    const { http } = await clientOf([], { retry: { attempts: 1 } });
    for (const code of ["API.FORBIDDEN", "NETWORK.FAILED"]) {
      const error: unknown = await http
        .transfer({ method: "GET", url: `${storage.url}/f${signed}` })
        .catch((caught) => caught);
      expect(error).toMatchObject({ code, url: `${storage.url}/f` });
      expect(inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error)).not.toContain("planted");
    }
  });

  test("limits of time hold up to the headers; a larger body has longer", async () => {
    const fetch = async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return new Response("late");
    };
    const { http } = await clientOf([], { fetch, timeout: { attempt: 100 }, retry: { attempts: 1 } });
    stopClock();
    const statusOf = async (request: object) => {
      const call = http.transfer({ method: "PUT", url: "https://storage.test", ...request });
      const outcome = call.then(({ status }) => status).catch((error) => error.code);
      await vi.advanceTimersByTimeAsync(1_000);
      return outcome;
    };
    expect(await statusOf({ method: "GET" })).toBe("TIMEOUT.ATTEMPT");
    const body = new Uint8Array(100_000);
    expect(await statusOf({ body })).toBe(200);
    expect(await statusOf({ body: new Blob([body]) })).toBe(200);
    expect(await statusOf({ body: "x".repeat(100_000) })).toBe(200);
    expect(await statusOf({ body: new Blob(["x"]).stream() })).toBe(200);
    expect(await statusOf({ body, timeout: 100 })).toBe("TIMEOUT.TOTAL");
  });

  test("the signal stops the body of the answer too", async () => {
    const storage = await storageOf([{ stall: true, body: "never whole" }]);
    const { http } = await clientOf([]);
    const controller = new AbortController();
    const response = await http.transfer({ method: "GET", url: storage.url, signal: controller.signal });
    const reading = response.text();
    controller.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });

  test("what is no address is refused", async () => {
    const { http } = await clientOf([]);
    await expect(http.transfer({ method: "GET", url: "http://" })).rejects.toMatchObject({ code: "INPUT.URL" });
  });
});
