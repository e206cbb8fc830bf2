import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bind, DatapointsAPI, type Direct, FilesAPI, type NodeView, type ViewOf } from "pygen";
import { legacyClient } from "pygen/legacy";
import { describe, expect, it, onTestFinished } from "vitest";
import { dataPlane, idOf } from "../resources/data-plane.js";
import { startWorld } from "./wind.js";

interface Series extends NodeView<"cdf_cdm/CogniteTimeSeries@v1", { resource: "timeseries" }> {
  isStep: boolean;
  name: string | null;
}
interface Document extends NodeView<"cdf_cdm/CogniteFile@v1", { resource: "file" }> {
  folder: string | null;
  name: string | null;
  mimeType: string | null;
  source: Direct | null;
}

const core = { space: "cdf_cdm", version: "v1", instanceType: "node" } as const;
const views = {
  series: {
    ...core,
    externalId: "CogniteTimeSeries",
    resource: "timeseries",
    properties: { isStep: { type: "boolean", required: true }, name: { type: "text" } },
  },
  document: {
    ...core,
    externalId: "CogniteFile",
    resource: "file",
    properties: {
      // A name of its own: what is meant is told by the id.
      folder: { type: "text", id: "directory" },
      name: { type: "text" },
      mimeType: { type: "text" },
      source: { type: "direct" },
    },
  },
} satisfies Readonly<Record<string, object>> as unknown as {
  readonly series: ViewOf<Series>;
  readonly document: ViewOf<Document>;
};

/** Series `number`, `steps` and `text` with points, files `file` and `other` with contents, and v1's client over them. */
async function startPlant() {
  const { client } = await dataPlane();
  const points = new DatapointsAPI(client);
  await points.insert([
    { ...idOf("number"), datapoints: [0, 1, 2].map((at) => ({ timestamp: at * 1000, value: at / 2 })) },
    { ...idOf("steps"), datapoints: [1, 3].map((at) => ({ timestamp: at * 1000, value: at })) },
    { ...idOf("text"), datapoints: [{ timestamp: 2000, value: "on", status: { symbol: "Good" } }] },
  ]);
  const files = new FilesAPI(client);
  await files.upload(idOf("file"), "of file");
  await files.upload(idOf("other"), "of other");
  const sdk = bind(client, views, { space: "data" } as const);
  const warnings: string[] = [];
  const v1 = legacyClient(sdk, { logger: { warn: (message) => warnings.push(message) } });
  return { sdk, v1, warnings };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-legacy-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("data of a chain", () => {
  it("Q5: is one table of the series at its end, the points of datapoints() at their times", async () => {
    const { v1, sdk } = await startPlant();
    const chain = v1.series.select().externalId.in(["number", "steps"]).externalId.sortAscending();
    const { timestamps, columns } = await chain.data.retrieveDataframe();
    expect(timestamps).toEqual(Float64Array.of(0, 1000, 2000, 3000));
    expect(columns).toEqual([
      {
        name: "number",
        series: { space: "data", externalId: "number" },
        values: Float64Array.of(0, 0.5, 1, Number.NaN),
      },
      {
        name: "steps",
        series: { space: "data", externalId: "steps" },
        values: Float64Array.of(Number.NaN, 1, Number.NaN, 3),
      },
    ]);
    const [number, steps] = await (await sdk.series.datapoints(["number", "steps"])).retrieve();
    const points = (at: number) => [...columns[at]!.values].filter((value) => !Number.isNaN(value));
    expect([points(0), points(1)]).toEqual([[...number!.values], [...steps!.values]]);
  });

  it("Q5: holds aggregates by name, and what else datapoints() can be asked", async () => {
    const { v1, sdk } = await startPlant();
    const { data } = v1.series.select().externalId.equals("number");
    const range = { start: 0, end: 10_000, granularity: "2s" } as const;
    const frame = await data.retrieveDataframe({
      ...range,
      aggregates: ["max", "average"],
      includeGranularityName: true,
    });
    const today = await (await sdk.series.datapoints("number")).retrieve({ ...range, aggregates: ["average", "max"] });
    expect(frame.columns.map(({ name }) => name)).toEqual(["number|average|2s", "number|max|2s"]);
    expect(frame.timestamps).toEqual(today?.timestamps);
    expect(frame.columns.map(({ values }) => values)).toEqual([today?.average, today?.max]);
    const plain = await data.retrieveDataframe({ ...range, aggregates: "max", includeAggregateName: false });
    expect(plain.columns).toMatchObject([{ name: "number", values: today?.max }]);
    expect((await data.retrieveDataframe({ limit: 1 })).timestamps).toHaveLength(1);
    expect((await data.retrieveDataframe({ limit: -1, start: 1000 })).timestamps).toHaveLength(2);
    const one = v1.series.select().externalId.in(["number", "steps", "text"]);
    expect((await one.data.retrieveDataframe({ timeseriesLimit: 1 })).columns).toHaveLength(1);
    const texts = await v1.series.select().externalId.equals("text").data.retrieveDataframe({ includeStatus: true });
    expect(texts.columns).toMatchObject([{ values: ["on"], statuses: [{ symbol: "Good" }] }]);
    for (const few of [{ limit: Number.NaN }, { limit: -2 }, { limit: 0.5 }, { timeseriesLimit: Number.NaN }]) {
      await expect(data.retrieveDataframe(few)).rejects.toThrow(/imit/);
    }
    // @ts-expect-error -- misspelt
    await expect(data.retrieveDataframe({ granularty: "1h" })).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
  });

  it("Q5: is of the series that a property names, one or a list; unknown ones are refused unless they may be left out", async () => {
    const { v1, wind, client } = await startWorld();
    await wind.upsert({
      sensor: [
        { externalId: "S1", name: "one", quantity: "speed", series: "speed" },
        { externalId: "S2", name: "two", quantity: "speed" },
      ],
      blade: [{ externalId: "T01_B1", strain: ["root", "tip"], name: "Blade 1", position: 1 }],
    });
    const points = new DatapointsAPI(client);
    for (const externalId of ["speed", "tip"]) {
      await points.insert([{ externalId, datapoints: [{ timestamp: 5000, value: 7 }] }]);
    }
    expect((await v1.sensor.select().series.data.retrieveDataframe()).columns).toEqual([
      { name: "speed", series: "speed", values: Float64Array.of(7) },
    ]);
    const strain = v1.turbine.select().externalId.equals("T01").blades.strain.data;
    await expect(strain.retrieveDataframe()).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_SERIES",
      message: "There are no time series root.",
    });
    const frame = await strain.retrieveDataframe({ ignoreUnknownIds: true });
    expect(frame.columns.map(({ name }) => name)).toEqual(["tip"]);
    const none = v1.turbine.select().externalId.equals("T02").blades.strain.data;
    expect(await none.retrieveDataframe()).toEqual({ timestamps: new Float64Array(), columns: [] });
  });
});

describe("content of a chain", () => {
  it("Q6: is written to a folder under the names of the files, as content() gives it", async () => {
    const { v1, sdk, warnings } = await startPlant();
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "file.csv"), "old");
    for (let round = 0; round < 2; round++) {
      const { content } = v1.document.select().externalId.sortAscending();
      expect(await content.download(folder)).toEqual(["file.csv", "other.csv"].map((name) => path.join(folder, name)));
    }
    const today = await (await sdk.document.content("file")).download();
    expect(await readFile(path.join(folder, "file.csv"), "utf8")).toBe(await today?.text());
    expect(await readFile(path.join(folder, "other.csv"), "utf8")).toBe("of other");
    expect(warnings).toEqual([
      "pygen/legacy: document.select() is deprecated, call list({ where, select, sort, limit }) of the generated SDK's document",
      "pygen/legacy: document.select() .. content.download() is deprecated, call content(row) of the generated SDK",
    ]);
  });

  it("Q6: goes into folders, is numbered, and is never written outside, whatever the files are called", async () => {
    const { v1, sdk } = await startPlant();
    const folder = await temporaryFolder();
    await sdk.document.upsert([
      { externalId: "file", name: "../a/b.csv", folder: "/x/../../y" },
      { externalId: "other", name: "..", folder: null },
    ]);
    const chain = v1.document.select().externalId.sortAscending();
    await chain.content.download(path.join(folder, "kept"), { keepDirectoryStructure: true });
    const written = await readdir(path.join(folder, "kept"), { recursive: true, withFileTypes: true });
    const names = written.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
    expect(names.map((name) => path.relative(path.join(folder, "kept"), name)).sort()).toEqual([
      "_",
      "x/_/_/y/.._a_b.csv",
    ]);
    await sdk.document.upsert(
      ["file", "other"].map((externalId, at) => ({ externalId, name: at ? "A.csv" : "a.csv" })),
    );
    await chain.content.download(path.join(folder, "numbered"), { resolveDuplicateFileNames: true });
    expect((await readdir(path.join(folder, "numbered"))).sort()).toEqual(["A(1).csv", "a.csv"]);
    await chain.content.download(path.join(folder, "last"));
    expect(await readdir(path.join(folder, "last"))).toEqual(["A.csv"]);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it("Q6: is written under names that Windows takes too", async () => {
    const { v1, sdk } = await startPlant();
    const folder = await temporaryFolder();
    for (const [one, two, in_] of [
      ["aux.csv", "NUL", null],
      ["Com1 .tar.gz", "a. ", null],
      ["console.csv", "con", "LPT9"],
    ] as const) {
      const rows = { file: one, other: two };
      await sdk.document.upsert(Object.entries(rows).map(([externalId, name]) => ({ externalId, name, folder: in_ })));
      await v1.document.select().content.download(folder, { keepDirectoryStructure: true });
    }
    const written = ["Com1 _.tar.gz", "LPT9_", "LPT9_/con_", "LPT9_/console.csv", "NUL_", "a._", "aux_.csv"];
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(written);
  });

  it("Q6: is written under names as long as file systems take", async () => {
    const { v1, sdk } = await startPlant();
    const folder = await temporaryFolder();
    const name = `${"n".repeat(251)}.csv`;
    await sdk.document.upsert([{ externalId: "file", name }]);
    await v1.document.select().externalId.equals("file").content.download(folder);
    expect(await readdir(folder)).toEqual([name]);
  });

  it("Q6: leaves what is there where a file has no content, and writes none of it", async () => {
    const { v1, sdk } = await startPlant();
    const folder = await temporaryFolder();
    await sdk.document.upsert([{ externalId: "none", name: "none.csv" }]);
    await writeFile(path.join(folder, "none.csv"), "old");
    await expect(v1.document.select().externalId.equals("none").content.download(folder)).rejects.toMatchObject({
      code: "API.BAD_REQUEST",
    });
    expect(await readdir(folder)).toEqual(["none.csv"]);
    expect(await readFile(path.join(folder, "none.csv"), "utf8")).toBe("old");
  });
});
