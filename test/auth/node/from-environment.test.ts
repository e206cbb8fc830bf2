import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { fromEnvironment } from "../../../src/auth/node/index.js";
import { PygenClient } from "../../../src/index.js";
import { scriptedServer } from "../../tools/scripted-server.js";
import { asEntra, provider } from "./provider.js";

const service = { CDF_CLUSTER: "westeurope-1", CDF_PROJECT: "acme" };
const application = { IDP_CLIENT_ID: "service", IDP_CLIENT_SECRET: "secret" };
const tenant = "5f1c4b1e-tenant";

describe("fromEnvironment", () => {
  test.each<[string, Record<string, string>]>([
    [
      "CDF_CLUSTER (or CDF_URL), CDF_PROJECT, IDP_CLIENT_ID, IDP_CLIENT_SECRET, IDP_TENANT_ID (or IDP_TOKEN_URL, or IDP_AUTHORITY_URL)",
      {},
    ],
    ["CDF_PROJECT, IDP_CLIENT_SECRET", { CDF_CLUSTER: "a", IDP_CLIENT_ID: "b", IDP_TENANT_ID: "c", CDF_PROJECT: " " }],
    ["CDF_CLUSTER (or CDF_URL)", { CDF_PROJECT: "a", CDF_TOKEN: "b" }],
    ["IDP_CLIENT_SECRET", { ...service, IDP_CLIENT_ID: "b", IDP_TOKEN_URL: "https://c.test/token" }],
  ])("names all that is missing: %s", (names, environment) => {
    expect(() => fromEnvironment(environment)).toThrow(
      expect.objectContaining({ code: "CONFIG.ENVIRONMENT", message: `The environment lacks ${names}.` }),
    );
  });

  test.each<[string, Record<string, string>]>([
    ["CDF_CLUSTER", { ...service, CDF_CLUSTER: "planted value" }],
    ["CDF_URL", { ...service, CDF_URL: "planted value" }],
    ["CDF_URL", { ...service, CDF_URL: "ftp://planted" }],
    ["IDP_TENANT_ID", { ...service, ...application, IDP_TENANT_ID: "planted/value" }],
    ["IDP_TOKEN_URL", { ...service, ...application, IDP_TOKEN_URL: "http://planted.test" }],
    ["IDP_AUTHORITY_URL", { ...service, ...application, IDP_AUTHORITY_URL: "planted" }],
  ])("names the variable that is wrong, not its value: %s %j", (name, environment) => {
    let error: unknown;
    try {
      fromEnvironment({ CDF_TOKEN: name.startsWith("CDF") ? "t" : "", ...environment });
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code: "CONFIG.ENVIRONMENT", message: expect.stringContaining(`variable ${name} `) });
    expect(inspect(error)).not.toContain("planted");
  });

  test("CDF_TOKEN is enough to sign in with", async () => {
    const { credentials, ...rest } = fromEnvironment({ ...service, CDF_TOKEN: "abc", ...application });
    expect(rest).toEqual({ baseUrl: "https://westeurope-1.cognitedata.com", project: "acme" });
    expect(await credentials.getToken()).toEqual({ token: "abc" });
  });

  test("CDF_URL comes before CDF_CLUSTER", () => {
    const { baseUrl } = fromEnvironment({ ...service, CDF_URL: "http://127.0.0.1:4000/", CDF_TOKEN: "abc" });
    expect(baseUrl).toBe("http://127.0.0.1:4000");
  });

  test("reads the process's own variables, and is what a client takes", async () => {
    const api = await scriptedServer([{ body: { items: [] } }]);
    const before = { ...process.env };
    Object.assign(process.env, { CDF_URL: api.url, CDF_PROJECT: "acme", CDF_TOKEN: "from-the-environment" });
    try {
      const client = new PygenClient({ ...fromEnvironment(), application: "tests" });
      await client.spaces.list();
    } finally {
      process.env = before;
    }
    await api.close();
    expect(api.received[0]?.headers.authorization).toBe("Bearer from-the-environment");
  });

  test.each([
    { IDP_TENANT_ID: tenant },
    { IDP_TENANT_ID: "other", IDP_TOKEN_URL: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token` },
    { IDP_AUTHORITY_URL: `https://login.microsoftonline.com/${tenant}` },
  ])("signs in with Entra ID, without an audience: %j", async (variables) => {
    const server = await provider();
    const environment = { ...service, ...application, IDP_AUDIENCE: "https://x", ...variables };
    const { credentials } = fromEnvironment(environment, { fetch: asEntra(server, tenant) });
    await credentials.getToken({ scopes: ["https://api.test/.default"] });
    expect(server.requests).toMatchObject([{ client_id: "service", scope: "https://api.test/.default", status: 200 }]);
  });

  test.each(["IDP_TOKEN_URL", "IDP_AUTHORITY_URL"])("signs in with another provider by %s", async (name) => {
    const server = await provider();
    const address = name === "IDP_TOKEN_URL" ? `${server.issuer}/token` : server.issuer;
    const environment = { ...service, ...application, [name]: address, IDP_AUDIENCE: "https://x", IDP_SCOPES: "a, b" };
    const { credentials } = fromEnvironment(environment, { fetch: server.fetch });
    await credentials.getToken();
    expect(server.requests).toMatchObject([{ client_id: "service", scope: "a b", status: 200 }]);
  });
});
