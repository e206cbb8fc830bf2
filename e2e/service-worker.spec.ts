import { expect, test } from "@playwright/test";
import { servePage } from "./page-server.js";

/** A service worker that answers what the page sends to the service, as docs/emulator.md says. */
const worker = `
  import { createEmulator } from "/dist/emulator/index.js";
  const emulator = createEmulator();
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    const { hostname } = new URL(event.request.url);
    if (hostname.endsWith(".cognitedata.com")) event.respondWith(emulator.fetch(event.request));
  });
`;

/** What the page does, once the worker is in charge: it calls the service as if it were there. */
const script = `
  (async () => {
    const { PygenClient, model, token, isApiError } = window.Pygen;
    const claimed = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    await navigator.serviceWorker.register("/worker.js", { type: "module" });
    if (!navigator.serviceWorker.controller) await claimed;
    const baseUrl = "https://westeurope-1.cognitedata.com";
    const client = new PygenClient({ baseUrl, project: "page", application: "e2e", credentials: token("any") });
    await client.spaces.create([{ space: "wind" }]);
    const graphQlDml = "type Farm { name: String! } type Turbine { name: String! capacity: Float farm: Farm }";
    const dml = { space: "wind", externalId: "WindFarm", version: "v1", graphQlDml };
    const call = async (path, body) => {
      const headers = { authorization: "Bearer any", "content-type": "application/json" };
      const answer = await fetch(baseUrl + "/api/v1/projects/page" + path, {
        method: "POST", headers, body: JSON.stringify(body),
      });
      return answer.json();
    };
    const uploaded = await call("/dml/graphql", {
      query: "mutation ($dml: GraphQlDmlVersionUpsert!) {"
        + " upsertGraphQlDmlVersion(graphQlDmlVersion: $dml) { errors { message } } }",
      variables: { dml },
    });
    const wind = await model(client, { space: "wind", externalId: "WindFarm", version: "v1" }, { space: "wind" });
    await wind.upsert({ turbine: [{ externalId: "A1", name: "A1", capacity: 5, farm: { externalId: "F", name: "Farm" } }] });
    const rows = await wind.turbine.list({ select: { name: true, farm: { select: { name: true } } }, limit: 10 });
    await client.instances.upsert([{
      instanceType: "node", space: "wind", externalId: "file",
      sources: [{
        source: { type: "view", space: "cdf_cdm", externalId: "CogniteFile", version: "v1" },
        properties: { name: "Report", mimeType: "text/plain" },
      }],
    }]);
    const items = [{ instanceId: { space: "wind", externalId: "file" } }];
    await fetch((await call("/files/uploadlink", { items })).items[0].uploadUrl, { method: "PUT", body: "content" });
    const content = await (await fetch((await call("/files/downloadlink", { items })).items[0].downloadUrl)).text();
    const refused = await client.spaces.delete([{ space: "wind" }]).catch((error) => [isApiError(error), error.status]);
    window.seen = { uploaded, rows, content, refused };
  })().catch((error) => { window.seen = { error: String(error.stack ?? error) }; });
`;

test("a service worker answers for the service: the page finds it at the service's own address, offline", async ({
  page,
  context,
}) => {
  const outside: string[] = [];
  const server = await servePage(script, { worker });
  await context.route(
    (url) => url.hostname.endsWith(".cognitedata.com"),
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  try {
    await page.goto(server.url);
    await expect.poll(() => page.evaluate("window.seen")).toBeDefined();
    expect(await page.evaluate("window.seen")).toEqual({
      uploaded: { data: { upsertGraphQlDmlVersion: { errors: null } } },
      rows: [{ space: "wind", externalId: "A1", name: "A1", farm: { space: "wind", externalId: "F", name: "Farm" } }],
      content: "content",
      refused: [true, 400],
    });
    expect(outside).toEqual([]);
  } finally {
    await server.close();
  }
});
