import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { listen, startEmulator } from "../../src/emulator/node.js";
import { isConfigError } from "../../src/errors/index.js";
import { gate } from "../tools/gate.js";

describe("listening", () => {
  it("takes a free port of this machine alone by default", async () => {
    const server = await listen(createEmulator());
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect((await fetch(`${server.url}/api/v1/token/inspect`)).status).toBe(401);
    await server.close();
  });

  it("names the port that is in use, and what to do", async () => {
    const server = await listen(createEmulator());
    const port = Number(new URL(server.url).port);
    const refused: unknown = await listen(createEmulator(), { port }).catch((error: unknown) => error);
    expect(isConfigError(refused) && refused.toJSON()).toMatchObject({
      code: "CONFIG.PORT_IN_USE",
      message: `Port ${port} of 127.0.0.1 is in use by another program.`,
      hint: expect.stringContaining("another port"),
    });
    await server.close();
  });

  it("says why an address cannot be had", async () => {
    const refused: unknown = await listen(createEmulator(), { host: "192.0.2.1" }).catch((error: unknown) => error);
    expect(isConfigError(refused) && refused.code).toBe("CONFIG.LISTEN");
  });

  it.each([70_000, -1, 1.5])("refuses %d, which is no port", async (port) => {
    const refused: unknown = await listen(createEmulator(), { port }).catch((error: unknown) => error);
    expect(isConfigError(refused) && refused.toJSON()).toMatchObject({
      code: "CONFIG.LISTEN",
      message: expect.stringContaining(`Cannot listen on port ${port}`),
    });
  });

  it("ends connections that are kept open when it closes, and closes once", async () => {
    const server = await listen(createEmulator());
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");
    await once(socket, "data");
    const ended = once(socket, "close");
    await Promise.all([server.close(), server.close()]);
    await ended;
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it("lets calls that are under way end when it closes, and cuts off those that take too long", async () => {
    for (const [grace, ends] of [
      [600_000, true],
      [100, false],
    ] as const) {
      const come = gate(1);
      const answers = gate();
      const emulator = createEmulator();
      const slow: Emulator["fetch"] = async (...asked) => {
        await Promise.all([come.pass(), answers.pass()]);
        return emulator.fetch(...asked);
      };
      const server = await listen({ fetch: slow }, { grace });
      const call = fetch(`${server.url}/api/v1/token/inspect`).then(
        ({ status }) => status,
        () => "cut off",
      );
      await come.opened;
      const closed = server.close();
      await expect(fetch(server.url)).rejects.toThrow();
      if (ends) answers.open();
      await closed;
      expect(await call).toBe(ends ? 401 : "cut off");
    }
  });

  it("keeps connections open between calls, for longer than clients do", async () => {
    const server = await listen(createEmulator());
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const portOf = async (): Promise<number | undefined> => {
      const call = get(`${server.url}/api/v1/token/inspect`, { agent });
      const [response] = (await once(call, "response")) as [IncomingMessage];
      expect(response.headers["keep-alive"]).toBe("timeout=75");
      const port = call.socket?.localPort;
      response.resume();
      await once(response, "end");
      return port;
    };
    expect(await portOf()).toBe(await portOf());
    agent.destroy();
    await server.close();
  });

  it("packs long texts for clients that take gzip, and nothing else", async () => {
    const emulator = createEmulator();
    const server = await listen(emulator);
    const plain = await listen(emulator, { gzip: false });
    const views = (url: string, encoding: string) =>
      new Promise<IncomingMessage>((resolve) => {
        const headers = { authorization: "Bearer t", "accept-encoding": encoding };
        get(`${url}/api/v1/projects/demo/models/views?includeGlobal=true&limit=100`, { headers }, resolve);
      });
    const bytesOf = async (message: IncomingMessage) => Buffer.concat(await message.toArray());
    const packed = await views(server.url, "br, gzip;q=0.5");
    expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    const bytes = await bytesOf(packed);
    const whole = await bytesOf(await views(server.url, "identity"));
    expect(gunzipSync(bytes).equals(whole)).toBe(true);
    expect(bytes.length * 5).toBeLessThan(whole.length);
    for (const [url, encoding] of [
      [server.url, "gzip;q=0"],
      [server.url, "br"],
      [plain.url, "gzip"],
    ] as const) {
      const answer = await views(url, encoding);
      expect(answer.headers["content-encoding"]).toBeUndefined();
      expect((await bytesOf(answer)).equals(whole)).toBe(true);
    }
    await Promise.all([server.close(), plain.close()]);
  });

  it("leaves this program's own fetch as it is", async () => {
    const before = [globalThis.Request, globalThis.Response];
    const server = await listen(createEmulator());
    await server.close();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });
});

describe("an emulator for tests", () => {
  const space = { space: "data" };

  it("starts with models, gives everything back as it was at a snapshot, and as it was made", async () => {
    await using emulator = await startEmulator({ models: [{ spaces: [space] }] });
    const call = async (path: string, body?: object) => {
      const response = await fetch(`${emulator.url}/api/v1/projects/${emulator.project}/models${path}`, {
        headers: { authorization: "Bearer t" },
        ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
      });
      return ((await response.json()) as { readonly items: readonly { readonly externalId: string }[] }).items;
    };
    const write = (externalId: string) =>
      call("/instances", { items: [{ instanceType: "node", ...space, externalId }], replace: false });
    const nodes = async () => (await call("/instances/list", { instanceType: "node" })).map((node) => node.externalId);

    await write("a");
    const before = emulator.snapshot();
    await write("b");
    await call("/instances/delete", { items: [{ instanceType: "node", ...space, externalId: "a" }] });
    expect(await nodes()).toEqual(["b"]);
    emulator.restore(before);
    expect(await nodes()).toEqual(["a"]);
    // A snapshot is not what is restored from it: it can be restored again.
    await write("c");
    emulator.restore(before);
    expect(await nodes()).toEqual(["a"]);
    expect(await call("/spaces")).toMatchObject([space]);
    emulator.reset();
    expect(await call("/spaces")).toEqual([]);
    emulator.restore(before);
    expect(await nodes()).toEqual(["a"]);
    expect(() => emulator.restore(createEmulator().snapshot())).toThrow("not of this emulator");
  });
});
