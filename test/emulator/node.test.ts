import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { isConfigError } from "../../src/errors/index.js";

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

  it("leaves this program's own fetch as it is", async () => {
    const before = [globalThis.Request, globalThis.Response];
    const server = await listen(createEmulator());
    await server.close();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });
});
