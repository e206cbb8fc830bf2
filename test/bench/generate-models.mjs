// Models for the benchmark of the generator: of any number of views, in data models of at most a hundred each.

const space = "bench";
const view = (externalId) => ({ type: "view", space, externalId, version: "v1" });
const types = ["text", "float64", "int32", "boolean", "timestamp", "json", "timeseries", "int64"];

/** A model of so many views, as a file in create form; every fourth one implements the one before it. */
export function plantOf(count) {
  const containers = [];
  const views = [];
  for (let n = 0; n < count; n++) {
    const externalId = `Unit${n}`;
    const stored = Object.fromEntries(
      types.flatMap((type) => [
        [`${type}_value`, { type: { type }, description: `The ${type} of unit ${n}.` }],
        [`${type}List`, { type: { type, list: true } }],
      ]),
    );
    stored.next = { type: { type: "direct" } };
    containers.push({ space, externalId, usedFor: "node", properties: stored });
    const mapped = Object.fromEntries(
      Object.keys(stored).map((id) => [
        id,
        {
          container: { type: "container", space, externalId },
          containerPropertyIdentifier: id,
          ...(id === "next" ? { source: view(`Unit${(n + 1) % count}`) } : {}),
        },
      ]),
    );
    const before = `Unit${(n + count - 1) % count}`;
    views.push({
      ...{ space, externalId, version: "v1", description: `Unit ${n} of the plant.` },
      ...(n % 4 === 3 ? { implements: [view(`Unit${n - 1}`)] } : {}),
      properties: {
        ...mapped,
        previous: {
          connectionType: "multi_reverse_direct_relation",
          source: view(before),
          through: { source: view(before), identifier: "next" },
        },
        links: { type: { space, externalId: "link" }, source: view(externalId) },
      },
    });
  }
  const dataModels = [];
  for (let at = 0; at < count; at += 100) {
    const members = views.slice(at, at + 100).map(({ externalId }) => view(externalId));
    dataModels.push({ space, externalId: `Plant${at / 100}`, version: "v1", views: members });
  }
  return { json: { spaces: [{ space }], containers, views, dataModels }, properties: countOf(views) };
}

/**
 * So many copies of a model in one file, each under external ids of its own, and what they build on: a model of many
 * views as people have them. What is of other spaces stays as it is.
 */
export function copiesOf(model, copies, basis) {
  const own = new Set(model.spaces.map((each) => each.space));
  const parts = Array.from({ length: copies }, (_, n) => suffixed(model, `_${n + 1}`, own));
  const all = [basis, ...parts];
  const json = {
    spaces: [...basis.spaces, ...model.spaces],
    ...Object.fromEntries(["containers", "views", "dataModels"].map((key) => [key, all.flatMap((part) => part[key])])),
  };
  return { json, properties: countOf(json.views) };
}

/** How many properties views have, inherited ones included. */
function countOf(views) {
  const nameOf = ({ space, externalId, version }) => `${space}/${externalId}@${version}`;
  const byName = new Map(views.map((each) => [nameOf(each), each]));
  const idsOf = (each) => {
    const parents = (each.implements ?? []).map((parent) => byName.get(nameOf(parent))).filter(Boolean);
    return new Set([...parents.flatMap((parent) => [...idsOf(parent)]), ...Object.keys(each.properties ?? {})]);
  };
  return views.reduce((sum, each) => sum + idsOf(each).size, 0);
}

/** The same with a suffix on each external id of these spaces. */
function suffixed(value, suffix, spaces) {
  if (Array.isArray(value)) return value.map((item) => suffixed(item, suffix, spaces));
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, suffixed(inner, suffix, spaces)]));
  return typeof value.externalId === "string" && spaces.has(value.space)
    ? { ...copy, externalId: value.externalId + suffix }
    : copy;
}
