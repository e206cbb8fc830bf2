import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { PygenClient, token } from "../../src/index.js";

const cluster = "https://api.cognitedata.com";

describe("the emulator as a handler of MSW", () => {
  it("answers what a client sends to the service by the global fetch, and nothing else", async () => {
    const emulator = createEmulator();
    const mocks = setupServer(
      http.all("https://*.cognitedata.com/*", ({ request }) => emulator.fetch(request)),
      http.get("https://elsewhere.example/", () => HttpResponse.text("another handler")),
    );
    mocks.listen({ onUnhandledRequest: "error" });
    onTestFinished(() => mocks.close());
    const client = new PygenClient({
      baseUrl: cluster,
      project: "demo",
      application: "tests",
      credentials: token("any"),
    });

    await client.spaces.create([{ space: "plant", name: "Anlage \u{1f3ed}" }]);
    expect(await client.spaces.retrieve(["plant"])).toMatchObject([{ space: "plant", name: "Anlage \u{1f3ed}" }]);
    const nodes = Array.from({ length: 2_500 }, (_, at) => `node_${at}`);
    await client.instances.upsert(
      nodes.map((externalId) => ({ instanceType: "node" as const, space: "plant", externalId })),
    );
    const read: string[] = [];
    for await (const { externalId } of client.instances.iterate({})) read.push(externalId);
    // Chunks are sent side by side, so their order is not that of the nodes.
    expect(read.sort()).toEqual(nodes.sort());
    await expect(client.spaces.create([{ space: "cdf" }])).rejects.toMatchObject({ status: 400 });

    expect(await (await fetch("https://elsewhere.example/")).text()).toBe("another handler");
    // What was written is in this emulator, and projects are apart.
    const spaces = await emulator.fetch(`${cluster}/api/v1/projects/other/models/spaces`, {
      headers: { authorization: "Bearer any" },
    });
    expect(await spaces.json()).toEqual({ items: [] });
  });
});
