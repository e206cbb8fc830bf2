import { describe, expect, it } from "vitest";
import { createEmulator, type LoadModel } from "../../src/emulator/index.js";
import { isModelError } from "../../src/errors/index.js";

const model: LoadModel = {
  spaces: [{ space: "lib" }],
  containers: [{ space: "lib", externalId: "Thing", properties: { label: { type: { type: "text" } } } }],
  views: [
    {
      space: "lib",
      externalId: "Thing",
      version: "v1",
      properties: {
        label: {
          container: { type: "container", space: "lib", externalId: "Thing" },
          containerPropertyIdentifier: "label",
        },
      },
    },
  ],
  dataModels: [{ space: "lib", externalId: "Things", version: "v1" }],
};

async function call(emulator: ReturnType<typeof createEmulator>, path: string, body?: object, project = "demo") {
  const response = await emulator.fetch(
    new Request(`http://emulator/api/v1/projects/${project}/models/${path}`, {
      headers: { authorization: "Bearer any" },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    }),
  );
  return (await response.json()) as { readonly items: readonly Record<string, unknown>[] };
}

const names = (answer: { readonly items: readonly Record<string, unknown>[] }) =>
  answer.items.map(({ space, externalId }) => externalId ?? space);

describe("loading models", () => {
  it("marks what is loaded as the system's, in projects there are and in those to come", async () => {
    const emulator = createEmulator();
    await call(emulator, "spaces");
    emulator.load(model);
    for (const project of ["demo", "later"]) {
      expect(names(await call(emulator, "spaces", undefined, project))).toEqual([]);
      expect(names(await call(emulator, "views?includeGlobal=true&space=lib", undefined, project))).toEqual(["Thing"]);
      const refused = await call(emulator, "spaces", { items: [{ space: "lib", name: "x" }] }, project);
      expect(JSON.stringify(refused)).toContain("Space 'lib' is a system space");
    }
  });

  it("loads as the user's when asked, into one project when asked", async () => {
    const emulator = createEmulator();
    emulator.load(model, { project: "demo", global: false });
    expect(names(await call(emulator, "datamodels"))).toEqual(["Things"]);
    expect(names(await call(emulator, "datamodels?includeGlobal=true&space=lib", undefined, "other"))).toEqual([]);
    expect(await call(emulator, "spaces", { items: [{ space: "lib", name: "x" }] })).toMatchObject({
      items: [{ name: "x" }],
    });
    expect(() =>
      emulator.load({ containers: [{ ...model.containers![0]!, space: "cdf_cdm" }] }, { global: false }),
    ).toThrow("Space 'cdf_cdm' is a system space");
  });

  it("loads more than a request may hold, instances among it, and creates what they point at", async () => {
    const emulator = createEmulator();
    const nodes = Array.from({ length: 1500 }, (_, index) => ({
      instanceType: "node" as const,
      space: "lib",
      externalId: `n${index}`,
      sources: [
        {
          source: { type: "view" as const, space: "lib", externalId: "Thing", version: "v1" },
          properties: { label: `${index}` },
        },
      ],
    }));
    const edge = {
      instanceType: "edge" as const,
      space: "lib",
      externalId: "e",
      type: { space: "lib", externalId: "t" },
      startNode: { space: "lib", externalId: "n0" },
      endNode: { space: "lib", externalId: "auto" },
    };
    emulator.load({ ...model, instances: { nodes, edges: [edge] } });
    const found = await call(emulator, "instances/byids", {
      items: ["n1499", "auto"].map((externalId) => ({ instanceType: "node", space: "lib", externalId })),
    });
    expect(names(found)).toEqual(["n1499", "auto"]);
  });

  it("leaves everything as it was when the model breaks a rule", async () => {
    const emulator = createEmulator();
    await call(emulator, "spaces", { items: [{ space: "mine" }] });
    const broken: readonly (readonly [string, LoadModel])[] = [
      ["spaces[0]: Request had 1 constraint violations", { spaces: [{ space: "cdf" }] }],
      [
        "'lib:Nope/v1'",
        {
          ...model,
          dataModels: [
            { ...model.dataModels![0]!, views: [{ type: "view", space: "lib", externalId: "Nope", version: "v1" }] },
          ],
        },
      ],
      [
        "instances.nodes[0]: ",
        { ...model, instances: { nodes: [{ instanceType: "node", space: "lib", externalId: "" }] } },
      ],
      ["nowhere", { ...model, instances: { nodes: [{ instanceType: "node", space: "nowhere", externalId: "x" }] } }],
    ];
    for (const [words, load] of broken) {
      let refused: unknown;
      try {
        emulator.load(load);
      } catch (error) {
        refused = error;
      }
      expect(isModelError(refused) && refused.code).toBe("MODEL.REFUSED");
      expect(String(refused)).toContain(words);
      expect(() => emulator.load(load, { project: "demo" })).toThrow(words);
      expect(names(await call(emulator, "spaces?includeGlobal=true"))).toEqual([
        "cdf_cdm",
        "cdf_cdm_3d",
        "cdf_cdm_units",
        "cdf_core",
        "mine",
      ]);
      expect(names(await call(emulator, "views?includeGlobal=true&space=lib"))).toEqual([]);
    }
  });
});
