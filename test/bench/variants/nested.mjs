// Turbines with what hangs on them: by ours, or as one writes it by hand over @cognite/sdk or fetch, joined to the same rows.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { descriptors, handWritten, inspectionsOf, selections, turbines } from "../nested-data.mjs";
import { baseUrl, headers, measure, project, settings } from "./measure.mjs";

const { by, shape } = settings;

/** Calls by hand: each takes a body and gives the answer. */
const hands = {
  async sdk() {
    const { CogniteClient } = await import("@cognite/sdk");
    const options = { appId: "bench", project: "bench", baseUrl, oidcTokenProvider: async () => "bench" };
    const client = new CogniteClient(options);
    await client.authenticate();
    return { query: (body) => client.instances.query(body), list: (body) => client.instances.list(body) };
  },
  async fetch() {
    const post = async (at, body) => {
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      return (await fetch(`${project}/models/instances/${at}`, init)).json();
    };
    return { query: (body) => post("query", body), list: (body) => post("list", body) };
  },
};

const idOf = ({ externalId }) => externalId;
const values = (view, { externalId, properties }) => ({ externalId, ...properties.wind[`${view}/v1`] });

/** Things by what they belong to. */
function grouped(things, keysOf) {
  const groups = new Map();
  for (const thing of things) {
    for (const key of keysOf(thing)) {
      const group = groups.get(key);
      if (group) group.push(thing);
      else groups.set(key, [thing]);
    }
  }
  return groups;
}

function joinNested(items) {
  const farms = new Map(items.farms.map((farm) => [idOf(farm), values("Farm", farm)]));
  const masts = new Map(items.masts.map((mast) => [idOf(mast), values("Mast", mast)]));
  const blades = grouped(
    items.blades.map((blade) => values("Blade", blade)),
    ({ turbine }) => [idOf(turbine)],
  );
  const edges = grouped(items.edges, ({ startNode }) => [idOf(startNode)]);
  return items.turbines.map((turbine) => {
    const { farm, ...row } = values("Turbine", turbine);
    const mine = edges.get(idOf(turbine)) ?? [];
    return {
      ...row,
      farm: farms.get(idOf(farm)),
      blades: blades.get(idOf(turbine)) ?? [],
      masts: mine.map(({ endNode }) => masts.get(idOf(endNode))),
    };
  });
}

async function joinInspections(calls, items) {
  const ids = items.turbines.map(({ space, externalId }) => ({ space, externalId }));
  const found = [];
  let cursor;
  do {
    const page = ids.length === 0 ? { items: [] } : await calls.list(inspectionsOf(ids, cursor));
    found.push(...page.items.map((one) => values("Inspection", one)));
    cursor = page.nextCursor;
  } while (cursor !== undefined && cursor !== null);
  const inspections = grouped(found, (one) => one.turbines.map(idOf));
  return items.turbines.map((turbine) => ({
    ...values("Turbine", turbine),
    inspections: inspections.get(idOf(turbine)) ?? [],
  }));
}

async function byHand() {
  const calls = await hands[by]();
  return async () => {
    let rows = 0;
    let cursors;
    do {
      const { items, nextCursor } = await calls.query({ ...handWritten[shape], ...(cursors && { cursors }) });
      const joined = shape === "nested" ? joinNested(items) : await joinInspections(calls, items);
      rows += countWhole(joined);
      cursors = nextCursor.turbines && items.turbines.length > 0 ? { turbines: nextCursor.turbines } : undefined;
    } while (cursors);
    return rows;
  };
}

async function byOurs() {
  const door = (file) => import(pathToFileURL(path.resolve(import.meta.dirname, "../../../dist", file)).href);
  const { bind, PygenClient, token } = await door("index.js");
  const { connectionPool } = await door("node/index.js");
  const client = new PygenClient({
    baseUrl,
    project: "bench",
    application: "bench",
    credentials: token("bench"),
    transport: connectionPool(),
  });
  const { turbine } = bind(client, descriptors);
  return async () => {
    let rows = 0;
    for await (const { items } of turbine.list({ select: selections[shape] }).pages()) rows += countWhole(items);
    return rows;
  };
}

/** Rows with all that hangs on them: what is not whole does not count. */
function countWhole(rows) {
  const isWhole = (row) =>
    shape === "nested"
      ? row.farm?.name !== undefined && row.blades.length === 3 && row.masts[0]?.name !== undefined
      : row.inspections.length === 2;
  return rows.filter(isWhole).length;
}

await measure(turbines, by === "ours" ? await byOurs() : await byHand());
