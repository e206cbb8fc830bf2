import { describe, expect, it } from "vitest";
import { generate, readModelDocument, typescript } from "../../src/codegen/index.js";
import { createEmulator, type LoadModel } from "../../src/emulator/index.js";
import { model, PygenClient, token } from "../../src/index.js";
import { container, direct, edges, file, reverse, text, type ViewDraft, view } from "../ir/models.js";
import { compile } from "./compile.js";

type Views = Readonly<Record<string, ViewDraft>>;

const filesOf = (json: object): ReadonlyMap<string, string> => generate({ document: readModelDocument(json) }).files;
const fileOf = (views: Views, name: string): string => filesOf(file(views)).get(name) ?? "";

/** The model on an emulator, by its names in TypeScript, and the bodies of all requests. */
async function bound(views: Views, more: Views = {}) {
  const emulator = createEmulator();
  emulator.load(file({ ...views, ...more }) as LoadModel, { global: false });
  const bodies: { path: string; body: unknown }[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const text = await request.clone().text();
    bodies.push({ path: new URL(request.url).pathname, body: text === "" ? undefined : JSON.parse(text) });
    return emulator.fetch(request);
  };
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "test",
    application: "tests",
    credentials: token("t"),
    fetch,
    compression: false,
  });
  const sdk = await model(client, { space: "s", externalId: "Model", version: "v1" }, { space: "s" });
  const on = (name: string) => {
    const api = sdk[name];
    if (!api) throw new Error(`no view ${name}`);
    return api;
  };
  return { on, sdk, bodies, emulator };
}

const pump: Views = {
  Pump: {
    properties: {
      created_date: { type: { type: "timestamp" } },
      type: text,
      name: { ...text, nullable: false },
      next: direct(view("Pump")),
      tags: { type: { type: "text", list: true } },
    },
  },
};

describe("names", () => {
  it("E7, E29: makes no plural or singular of any id", () => {
    const files = filesOf(file({ classes: { properties: { a: text } }, Series: { properties: { b: text } } }));
    expect([...files.keys()]).toEqual(["index.ts", "classes.ts", "series.ts"]);
    expect(files.get("index.ts")).toContain("readonly classes: ViewOf<Classes>;");
  });

  it("E11: puts what is added at the end of a name, once", () => {
    const content = fileOf({ V: { properties: { class: text, class_: text, class_2: text } } }, "v.ts");
    expect([...content.matchAll(/^ {2}(\w+): string/gm)].map(([, name]) => name)).toEqual([
      "class_",
      "class__2",
      "class2",
    ]);
  });

  it("B7, B10: are made by one function wherever they are used", () => {
    const json = file({
      Pump2: { properties: { a: direct(view("Cognite3DModel")) } },
      Cognite3DModel: { properties: { b: text } },
    });
    expect(compile(filesOf(json))).toEqual([]);
  });
});

describe("several models", () => {
  it("E38: each has its own default space and its own views", () => {
    const json = file({ A: { properties: { a: text } }, B: { properties: { b: text } } }) as {
      dataModels: { views: object[] }[];
    };
    const [first] = json.dataModels;
    const dataModels = first?.views.map((one, index) => ({ ...first, externalId: `M${index}`, views: [one] }));
    const files = new Map(filesOf({ ...json, dataModels }));
    files.set(
      "use.ts",
      `import type { PygenClient } from "pygen"; import { m0, m1 } from "./index.js";
       export async function use(client: PygenClient): Promise<void> {
         const [one, other] = [m0(client, { space: "x" }), m1(client)];
         await one.a.delete(["n"]);
         // @ts-expect-error: without a default space a text alone names nothing
         await other.b.delete(["n"]);
         await other.b.delete([{ space: "y", externalId: "n" }]);
       }`,
    );
    expect(compile(files)).toEqual([]);
  });
});

describe("reading and writing what was generated", () => {
  it("B3, E12: maps names to CDF's ids in both directions", async () => {
    const { on, bodies } = await bound(pump);
    await on("pump").upsert([{ externalId: "p", name: "P", createdDate: new Date(0) }]);
    expect(JSON.stringify(bodies.at(-1)?.body)).toContain('"created_date":"1970-01-01T00:00:00.000Z"');
    const row = await on("pump").retrieve("p");
    expect(row?.["createdDate"]).toEqual(new Date(0));
    expect(row).not.toHaveProperty("created_date");
  });

  it("B4: reads dates as dates, and writes dates and relations in the service's form", async () => {
    const { on, bodies } = await bound(pump);
    await on("pump").upsert([
      { externalId: "p", name: "P", next: "q" },
      { externalId: "q", name: "Q" },
    ]);
    expect(JSON.stringify(bodies.at(-1)?.body)).toContain('"next":{"space":"s","externalId":"q"}');
    expect((await on("pump").retrieve("p"))?.["next"]).toMatchObject({ space: "s", externalId: "q" });
  });

  it("B6, E114: takes two texts for two ids", async () => {
    const { on } = await bound(pump);
    await on("pump").upsert([
      { externalId: "a", name: "A" },
      { externalId: "b", name: "B" },
    ]);
    expect((await on("pump").retrieve(["a", "b"])).map(({ externalId }) => externalId)).toEqual(["a", "b"]);
  });

  it("B9, E4, E5: a property called type or version hides nothing of the node's own", async () => {
    const { on } = await bound({ V: { properties: { type: text, version: text } } });
    await on("v").upsert([{ externalId: "v", type: "x", version: "y", $type: { space: "s", externalId: "T" } }]);
    const row = await on("v").retrieve("v", { select: { type: true, version: true, $type: true, $version: true } });
    expect(row).toMatchObject({ type: "x", version: "y", $type: { space: "s", externalId: "T" }, $version: 1 });
  });

  it("B15, E51: writes and reads types of nodes, and of edges, which need one", async () => {
    const link = { space: "s", externalId: "link" };
    const { on } = await bound({
      V: { properties: { name: text, links: edges(view("V"), { edgeSource: view("L") }) } },
      L: { usedFor: "edge", properties: { w: text } },
    });
    await on("v").upsert([
      { externalId: "a", name: "A", links: [{ node: { externalId: "b", name: "B" }, edge: { w: "1" } }] },
    ]);
    const rows = await on("l").list({ select: { w: true, $type: true } });
    expect(rows).toMatchObject([{ w: "1", $type: link }]);
  });

  it("E52: writes through the view, whatever containers and spaces it maps", async () => {
    const { on, bodies } = await bound(pump);
    await on("pump").upsert([{ externalId: "p", name: "P" }]);
    expect(JSON.stringify(bodies.at(-1)?.body)).toContain('"source":{"type":"view"');
    expect(JSON.stringify(bodies.at(-1)?.body)).not.toContain('"container"');
  });

  it("E93: reads rows of a view that gained a property since", async () => {
    const { on, emulator } = await bound(pump);
    emulator.load(file({ Pump: { properties: { ...pump["Pump"]?.properties, fresh: text } } }) as LoadModel, {
      global: false,
    });
    await on("pump").upsert([{ externalId: "p", name: "P" }]);
    expect(await on("pump").retrieve("p")).toMatchObject({ name: "P" });
  });

  it("E95, E101: tells an empty list, null and nothing apart", async () => {
    const { on } = await bound(pump);
    await on("pump").upsert([{ externalId: "p", name: "P", tags: [] }]);
    expect((await on("pump").retrieve("p"))?.["tags"]).toEqual([]);
    await on("pump").upsert([{ externalId: "p", name: "P", tags: null }]);
    expect((await on("pump").retrieve("p"))?.["tags"]).toBeNull();
    await on("pump").upsert([{ externalId: "p", name: "Q" }]);
    expect(await on("pump").retrieve("p")).toMatchObject({ name: "Q", tags: null });
  });
});

describe("types of what was generated", () => {
  const everything = file({
    Base: { properties: { name: { ...text, nullable: false } } },
    Child: { implements: [view("Base")], properties: { extra: text } },
    Owner: {
      properties: {
        things: edges(view("Base")),
        level: { type: { type: "float64", unit: { externalId: "length:m" } } },
        mode: { ...text, nullable: false, defaultValue: "auto" },
        setup: { type: { type: "json" }, defaultValue: { a: [1] } },
        ratio: { type: { type: "float64" }, defaultValue: 0.5 },
        serial: { type: { type: "int64" }, nullable: false, autoIncrement: true },
        fixed: { ...text, immutable: true },
        signals: { type: { type: "timeseries", list: true } },
        report: { type: { type: "file" } },
        rows: { type: { type: "sequence", list: true } },
      },
    },
    Mirror: { properties: { owners: reverse(view("Owner"), "level", container("Owner_v1")) } },
  });

  it("E79, E73: a node of a child's view goes where its parent's is asked for", () => {
    const files = new Map(filesOf(everything));
    files.set(
      "use.ts",
      `import type { PygenClient } from "pygen"; import { model } from "./index.js";
       export async function use(client: PygenClient): Promise<void> {
         const sdk = model(client, { space: "x" });
         const child = (await sdk.child.list({ limit: 1 }))[0];
         if (child) await sdk.owner.upsert([{ externalId: "o", things: [child] }]);
       }`,
    );
    expect(compile(files)).toEqual([]);
  });

  it("E94, E97, E98, E100: says defaults, units, references and what may be left out or not be changed", () => {
    const files = new Map(filesOf(everything));
    const owner = files.get("owner.ts") ?? "";
    for (const line of [
      '  optional: "mode" | "serial"',
      "  /** Unit: length:m. */\n  level: number | null;",
      '  /** Default: "auto". */\n  mode: string;',
      '  /** Default: {"a":[1]}. */\n  setup: JsonObject | null;',
      "  /** Default: 0.5. */\n  ratio: number | null;",
      "  /** Cannot be changed once set. */\n  fixed: string | null;",
      "  signals: TimeSeriesReference[] | null;",
      "  report: FileReference | null;",
      "  rows: SequenceReference[] | null;",
    ]) {
      expect(owner.replaceAll("{ optional", "  optional")).toContain(line);
    }
    files.set(
      "use.ts",
      `import type { Write } from "pygen"; import type { Owner } from "./index.js";
       export const one: Write<Owner, { space: string; views: string }> = { externalId: "o", signals: ["ts"], report: "f" };`,
    );
    expect(compile(files)).toEqual([]);
  });

  it("E132: needs no formatter: lines are as long as they should be", () => {
    for (const content of filesOf(everything).values()) {
      expect(content.split("\n").filter((line) => line.length > 120)).toEqual([]);
      expect(content.endsWith("}\n") || content.endsWith(";\n")).toBe(true);
    }
  });

  it("B8: a view that cannot be written to has no code that would convert to what is written", () => {
    const json = file({ A: { properties: { a: text, b: { ...text, nullable: false } } } }) as {
      views: { properties: Record<string, object> }[];
    };
    delete json.views[0]?.properties["b"];
    const files = filesOf(json);
    expect(files.get("a.ts")).toContain("  writable: false,\n");
    expect(compile(files)).toEqual([]);
  });

  it("B13: no file makes a client or has settings of one", () => {
    for (const content of filesOf(everything).values()) expect(content).not.toMatch(/new |fetch|workers/);
  });

  it("B5: asks for aggregates in the service's words: none is in generated code", () => {
    for (const content of generate({ document: readModelDocument(everything), target: typescript() }).files.values()) {
      expect(content).not.toContain("aggregate");
    }
  });
});
