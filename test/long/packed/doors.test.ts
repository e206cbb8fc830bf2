import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../../tools/certificate.js";
import { doors, PackedApp, ROOT } from "./packed-app.js";

let app: PackedApp;

beforeAll(async () => {
  app = await PackedApp.create();
});

afterAll(() => app.remove());

describe("the packed package, installed in an empty project", () => {
  it("installs nothing but itself", () => {
    const installed = readdirSync(app.path("node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["pygen"]);
  });

  it.each(doors)("%s loads by import and by require, with the same names", async (door) => {
    const names = `Object.keys(door).filter((name) => name !== "default").sort().join()`;
    const imported = await app.run(process.execPath, [
      "--input-type=module",
      "-e",
      `import * as door from "${door}"; console.log(${names})`,
    ]);
    const required = await app.run(process.execPath, ["-e", `const door = require("${door}"); console.log(${names})`]);
    expect(imported).not.toBe("");
    expect(required).toBe(imported);
  });

  it("tells errors apart also where an application imports and requires it", async () => {
    const script = `import { createRequire } from "node:module";
      import { InputError, isInputError, isPygenError, token } from "pygen";
      const required = createRequire(process.cwd() + "/app.js")("pygen");
      const options = { baseUrl: "http://127.0.0.1:1", project: "acme", application: "tests", credentials: token("t") };
      const error = await new required.PygenClient(options).spaces.create([{}]).catch((error) => error);
      console.log(error instanceof InputError, isInputError(error), isPygenError(error), required.isInputError(error));`;
    expect(await app.run(process.execPath, ["--input-type=module", "-e", script])).toBe("false true true true");
  });

  it("pygen/tracing says which package it misses, and works once it is there", async () => {
    const script = (load: (door: string) => string): string =>
      `const { tracing } = ${load("pygen/tracing")};
       console.log(await tracing().then((hooks) => typeof hooks.onStart, ({ code, hint }) => code + " " + hint));`;
    const missing = "CONFIG.PEER Run: npm install @opentelemetry/api";
    expect(await app.bothWays(script)).toEqual([missing, missing]);
    const peers = app.path("node_modules/@opentelemetry");
    mkdirSync(peers);
    symlinkSync(path.join(ROOT, "node_modules/@opentelemetry/api"), path.join(peers, "api"), "junction");
    try {
      expect(await app.bothWays(script)).toEqual(["function", "function"]);
    } finally {
      rmSync(peers, { recursive: true });
    }
  });

  it("pygen/auth/node says which package it misses", async () => {
    const script = (load: (door: string) => string): string =>
      `const { clientCredentials } = ${load("pygen/auth/node")};
       const credentials = clientCredentials({ tenantId: "tenant", clientId: "app", clientSecret: "planted-secret" });
       await credentials.getToken({ scopes: ["https://127.0.0.1/.default"] })
         .catch((error) => console.log(error.code, error.hint));`;
    const missing = "CREDENTIALS.PACKAGE Run: npm install @azure/msal-node";
    expect(await app.bothWays(script)).toEqual([missing, missing]);
  });

  it("pygen/node sends over its own connections, and lets the process end once they are closed", async () => {
    const script = (load: (door: string) => string): string =>
      `await fetch("data:,the built-in fetch sets its global dispatcher");
       const global = () => [1, 2].map((version) => globalThis[Symbol.for("undici.globalDispatcher." + version)]);
       const before = global();
       const { connectionPool } = ${load("pygen/node")};
       const { PygenClient, token } = ${load("pygen")};
       const { createEmulator } = ${load("pygen/emulator")};
       const { listen } = ${load("pygen/emulator/node")};
       const server = await listen(createEmulator({ limits: { spaces: 250 } }));
       const transport = connectionPool({ connections: 2 });
       const options = { baseUrl: server.url, project: "acme", application: "tests", credentials: token("t") };
       const client = new PygenClient({ ...options, transport });
       await client.spaces.create(Array.from({ length: 250 }, (_, index) => ({ space: "space_" + index })));
       const { length } = await client.spaces.list();
       await client.close();
       await server.close();
       console.log(length, await client.spaces.list().catch(({ code }) => code));
       console.log(global().every((dispatcher, index) => dispatcher === before[index]));`;
    expect(await app.bothWays(script)).toEqual(["250 ABORT.CLOSED\ntrue", "250 ABORT.CLOSED\ntrue"]);
  });

  it("pygen/node speaks HTTP/2 over TLS", async () => {
    const certificate = selfSigned();
    const script = (load: (door: string) => string): string =>
      `const { connectionPool } = ${load("pygen/node")};
       const { createSecureServer } = await import("node:http2");
       const server = createSecureServer(${JSON.stringify(certificate)}, (request, response) => response.end(request.httpVersion));
       await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
       const pool = connectionPool({ http2: true, ca: ${JSON.stringify(certificate.cert)} });
       const answer = await pool.fetch(new Request("https://127.0.0.1:" + server.address().port));
       console.log(await answer.text());
       await pool.close();
       server.close();`;
    expect(await app.bothWays(script)).toEqual(["2.0", "2.0"]);
  });

  it("pygen/cognite-sdk takes a client without having the package", async () => {
    const script = (load: (door: string) => string): string =>
      `const { fromCogniteClient } = ${load("pygen/cognite-sdk")};
       const answer = async () => ({ status: 200, headers: {}, data: { items: [] } });
       const cognite = { project: "acme", getBaseUrl: () => "https://example.com", get: answer, post: answer };
       const { PygenClient } = ${load("pygen")};
       const client = fromCogniteClient(cognite);
       console.log(client instanceof PygenClient, JSON.stringify(await client.spaces.list()));`;
    expect(await app.bothWays(script)).toEqual(["true []", "true []"]);
  });

  it("puts the command pygen in place", async () => {
    const command = app.path("node_modules/.bin", process.platform === "win32" ? "pygen.cmd" : "pygen");
    expect(await app.run(command, ["--help"])).toContain("emulator");
  });
});
