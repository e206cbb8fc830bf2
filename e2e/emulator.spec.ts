import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { createEmulator } from "pygen/emulator";
import { listen } from "pygen/emulator/node";
import { servePage } from "./page-server.js";

const model = JSON.parse(readFileSync(new URL("../examples/windfarm/model.json", import.meta.url), "utf8"));

/** What a page with a script tag does: it loads the model, writes a nested graph, and reads it back. */
const script = (url: string, token: string): string => `
  (async () => {
    const { PygenClient, model, token, isApiError } = window.Pygen;
    const connect = (value) => new PygenClient({
      baseUrl: ${JSON.stringify(url)}, project: "page", application: "e2e", credentials: token(value),
    });
    const client = connect(${JSON.stringify(token)});
    await client.spaces.create([{ space: "page_data" }]);
    const wind = await model(client, { space: "wind", externalId: "WindFarm", version: "v1" }, { space: "page_data" });
    await wind.upsert({
      turbine: [{
        externalId: "A1", name: "A1", capacity: 5, farm: { externalId: "F", name: "Farm", country: "DK" },
        blades: [1, 2, 3].map((position) => ({ externalId: "A1-" + position, name: "Blade " + position, position })),
        metmasts: [{ edge: { distance: 420 }, node: { externalId: "M", name: "Mast" } }],
      }],
    });
    const rows = await wind.turbine.list({
      where: { farm: { is: { country: "DK" } } },
      select: {
        name: true, farm: { select: { name: true } },
        blades: { select: { position: true }, sort: [{ position: "desc" }], limit: 2 },
        metmasts: { edge: { select: { distance: true } }, node: { select: { name: true } } },
      },
    });
    const refused = await connect("wrong").spaces.list().catch((error) => [isApiError(error), error.status]);
    window.seen = { rows, refused };
  })().catch((error) => { window.seen = { error: String(error.stack ?? error) }; });
`;

test("a page writes and reads a graph through the script-tag bundle, across origins, under a strict policy", async ({
  page,
}) => {
  const emulator = createEmulator({ token: "page-token" });
  emulator.load(model, { global: false });
  const service = await listen(emulator, { port: 0 });
  const server = await servePage(script(service.url, "page-token"));
  try {
    await page.goto(server.url);
    // Waiting for an expression would evaluate text, which the page's policy forbids.
    await expect.poll(() => page.evaluate("window.seen")).toBeDefined();
    expect(await page.evaluate("window.seen")).toEqual({
      rows: [
        {
          space: "page_data",
          externalId: "A1",
          name: "A1",
          farm: { space: "page_data", externalId: "F", name: "Farm" },
          blades: [
            { space: "page_data", externalId: "A1-3", position: 3 },
            { space: "page_data", externalId: "A1-2", position: 2 },
          ],
          metmasts: [
            {
              edge: expect.objectContaining({ distance: 420 }),
              node: { space: "page_data", externalId: "M", name: "Mast" },
            },
          ],
        },
      ],
      refused: [true, 401],
    });
  } finally {
    await server.close();
    await service.close();
  }
});
