import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { PygenClient, parseJson, token } from "../../src/index.js";
import { openApiChecker } from "../tools/openapi-checker.js";
import { dependenciesOf, hasModels, type Json, type ModelFile, modelPath, readModel } from "./shared-models.js";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** An emulator with what a model builds on. */
function emulatorFor(name: string): Emulator {
  const emulator = createEmulator();
  for (const needed of dependenciesOf(name)) emulator.load(readModel(needed) as never);
  return emulator;
}

/** A client over HTTP; whatever it sends and gets is held against the OpenAPI document. */
async function clientOf(emulator: Emulator): Promise<PygenClient> {
  const server = await listen(emulator, { port: 0 });
  servers.push(server);
  const fetch = openApiChecker()?.wrap();
  return new PygenClient({
    baseUrl: server.url,
    project: "round-trip",
    application: "test",
    credentials: token("t"),
    ...(fetch ? { fetch } : {}),
  });
}

/** Timestamps as the service spells them; all other values are canonical as they are. */
const canonical = (value: unknown): unknown =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)
    ? new Date(value).toISOString().replace("Z", "+00:00")
    : value;

/** What a read through each written view must give, from the file alone. */
function expectedOf(item: Json): Json {
  const properties: Record<string, Json> = {};
  for (const { source, properties: values } of item.sources ?? []) {
    const bySource: Json = properties[source.space] ?? {};
    properties[source.space] = bySource;
    bySource[`${source.externalId}/${source.version}`] = Object.fromEntries(
      Object.entries(values).map(([id, value]) => [id, canonical(value)]),
    );
  }
  return properties;
}

describe.skipIf(!hasModels)("every instance that was written reads back equal", () => {
  it.each(["movie_actors", "cdm_lift_stations"])("%s", async (name) => {
    const client = await clientOf(emulatorFor(name));
    const model = readModel(name) as any;
    await client.spaces.create(model.spaces);
    if (model.containers.length > 0) await client.containers.create(model.containers);
    if (model.views.length > 0) await client.views.create(model.views);
    const { nodes, edges } = model.instances;
    await client.instances.upsert(nodes);
    await client.instances.upsert(edges, { autoCreateStartNodes: true, autoCreateEndNodes: true });

    let compared = 0;
    const items: readonly Json[] = [...nodes, ...edges];
    const written = new Map<string, Json[]>();
    for (const item of items) {
      const key = JSON.stringify((item.sources ?? []).map((part: Json) => part.source));
      written.set(key, [...(written.get(key) ?? []), item]);
    }
    for (const [key, group] of written) {
      const sources = JSON.parse(key).map((source: Json) => ({ source }));
      const read = await client.instances.retrieve(
        group.map(({ instanceType, space, externalId }) => ({ instanceType, space, externalId })),
        sources.length > 0 ? { sources } : {},
      );
      const byId = new Map(read.map((item) => [`${item.space}/${item.externalId}`, item]));
      for (const item of group) {
        const found = byId.get(`${item.space}/${item.externalId}`) as Json | undefined;
        if (item.instanceType === "edge") {
          expect({ type: found?.type, startNode: found?.startNode, endNode: found?.endNode }).toEqual({
            type: item.type,
            startNode: item.startNode,
            endNode: item.endNode,
          });
        }
        expect(withoutComputed(found?.properties ?? {}, expectedOf(item))).toEqual(expectedOf(item));
        compared += 1;
      }
    }
    expect(compared).toBe(items.length);
  });
});

describe.skipIf(!hasModels)("E104: real int64 values beyond 2^53", () => {
  it("pygen_omni: read back digit for digit", async () => {
    const text = readFileSync(modelPath("pygen_omni"), "utf8");
    const model = parseJson(text) as ModelFile;
    const emulator = emulatorFor("pygen_omni");
    emulator.load(model as never, { global: false });
    const client = await clientOf(emulator);

    const exact: string[] = [];
    for (const { space, externalId, sources } of model.instances?.nodes ?? []) {
      for (const { source, properties } of sources ?? []) {
        const bigints = Object.entries(properties).filter(([, value]) => [value].flat().some(isBigint));
        if (bigints.length === 0) continue;
        const [found] = await client.instances.retrieve(
          [{ instanceType: "node", space, externalId }],
          { sources: [{ source }] },
          { parse: parseJson },
        );
        const read = found?.properties?.[source.space]?.[`${source.externalId}/${source.version}`];
        expect(read).toMatchObject(Object.fromEntries(bigints));
        exact.push(...bigints.flatMap(([, value]) => [value].flat().filter(isBigint).map(String)));
      }
    }
    expect(exact.length).toBeGreaterThan(10);
    expect(exact).toContain("8238506972502594227");
  });
});

const isBigint = (value: unknown): value is bigint => typeof value === "bigint";

const COMPUTED = new Set(["path", "root", "pathLastUpdatedTime"]);

/** Leaves out what the service computes itself; anything else that was not written stays, and fails the comparison. */
function withoutComputed(properties: Json, expected: Json): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([space, sources]) => [
      space,
      Object.fromEntries(
        Object.entries<Json>(sources).map(([source, values]) => [
          source,
          Object.fromEntries(
            Object.entries(values).filter(
              ([id]) => !COMPUTED.has(id) || Object.hasOwn(expected[space]?.[source] ?? {}, id),
            ),
          ),
        ]),
      ),
    ]),
  );
}
