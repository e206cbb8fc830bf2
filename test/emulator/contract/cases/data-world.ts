import type { Api, Json } from "../api.js";

/** The id of a node of space `data`, as calls for data name it. */
export function named(externalId: string): Json {
  return { instanceId: { space: "data", externalId } };
}

const source = (externalId: string) => ({ type: "view", space: "cdf_cdm", externalId, version: "v1" });
const node = (externalId: string, view: string, properties: Json) => ({
  instanceType: "node",
  space: "data",
  externalId,
  sources: [{ source: source(view), properties }],
});
const series = (externalId: string, properties: Json = {}) =>
  node(externalId, "CogniteTimeSeries", { type: "numeric", isStep: false, ...properties });

/** Time series of every kind, and files. */
export async function makeDataWorld(api: Api): Promise<void> {
  const unit = { space: "cdf_cdm_units", externalId: "temperature:deg_c" };
  const other = { space: "data", externalId: "magic:wand" };
  const properties = { series: { type: { type: "timeseries" } }, table: { type: { type: "sequence" } } };
  await api.ok("/models/spaces", { items: [{ space: "data" }] });
  await api.ok("/models/containers", { items: [{ space: "data", externalId: "Named", properties }] });
  const names = {
    source: { type: "container", space: "data", externalId: "Named" },
    properties: { series: "classic", table: "table" },
  };
  await api.ok("/models/instances", {
    items: [
      node("magic:wand", "CogniteUnit", {}),
      series("heat", { name: "Heat", description: "At the top", unit, sourceUnit: "C" }),
      ...["plain", "writes", "long", "gone"].map((name) => series(name)),
      series("steps", { isStep: true }),
      series("odd", { unit: other }),
      series("text", { type: "string" }),
      series("state", { type: "state" }),
      node("file", "CogniteFile", { name: "Report", mimeType: "text/plain", directory: "/reports" }),
      node("empty", "CogniteFile", { mimeType: "image/png" }),
      node("parts", "CogniteFile", {}),
      { instanceType: "node", space: "data", externalId: "bare", sources: [names] },
    ],
  });
  const insert = (name: string, ...points: readonly (readonly [number, number | string, Json?])[]) => ({
    ...named(name),
    datapoints: points.map(([timestamp, value, status]) => ({ timestamp, value, ...(status ? { status } : {}) })),
  });
  await api.ok("/timeseries/data", {
    items: [
      insert("heat", [0, 0], [1000, 100]),
      insert(
        "plain",
        [0, 1],
        [1000, 2, { symbol: "UncertainSensorNotAccurate" }],
        [2000, 3, { symbol: "Bad" }],
        [3000, 4],
      ),
      insert("text", [0, "off"], [1000, "on"]),
      insert("odd", [0, 1]),
    ],
  });
}

/** A body that reads one series. */
export function reading(name: string, item: Json = {}, rest: Json = {}): Json {
  return { items: [{ ...named(name), ...item }], ...rest };
}

/** An answer with one series of these values. */
export function values(...all: readonly unknown[]): Json {
  return { items: [{ datapoints: all.map((value) => ({ value })) }] };
}
