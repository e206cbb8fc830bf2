// What is read and written: nodes of one view with 12 properties of all common types, from a seed.

export const space = "plant";
export const viewId = { type: "view", space, externalId: "Pump", version: "v1" };
export const nodesPerPage = 1_000;

const words =
  "pump valve motor flange rotor seal inlet outlet bearing casing shaft gauge filter vessel header manifold impeller".split(
    " ",
  );

/** Numbers from 0 up to 1 (mulberry32): the same seed gives the same numbers. */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function text(random, count) {
  return Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(" ");
}

function moment(random, suffix) {
  return new Date(1.5e12 + Math.floor(random() * 2e11)).toISOString().replace("Z", suffix);
}

function properties(random, index) {
  return {
    name: `Pump ${index} ${text(random, 2)}`,
    description: random() < 0.2 ? null : text(random, 8),
    serialNumber: `SN-${Math.floor(random() * 1e9)}`,
    tags: [text(random, 1), text(random, 1), text(random, 1)],
    pressure: random() * 100,
    maxPressure: Math.round(random() * 10_000) / 8,
    runHours: Math.floor(random() * 1e6),
    isActive: random() < 0.5,
    installedAt: moment(random, "+00:00"),
    lastServiceDate: moment(random, "").slice(0, 10),
    facility: { space, externalId: `facility_${Math.floor(random() * 50)}` },
    metadata: { area: text(random, 1), line: Math.floor(random() * 9), note: text(random, 3) },
  };
}

const idOf = (index) => `pump_${String(index).padStart(7, "0")}`;

/** The items of a page as JSON, without the brackets around them. */
export function pageItems(page) {
  const random = randomNumbers(page + 1);
  return Array.from({ length: nodesPerPage }, (_, at) => {
    const index = page * nodesPerPage + at;
    return JSON.stringify({
      instanceType: "node",
      version: 1 + Math.floor(random() * 9),
      space,
      externalId: idOf(index),
      createdTime: 1_700_000_000_000 + index,
      lastUpdatedTime: 1_700_000_500_000 + index,
      type: { space, externalId: "Pump" },
      properties: { [space]: { "Pump/v1": properties(random, index) } },
    });
  }).join(",");
}

/** An opaque cursor of 136 characters. */
export function cursorOf(page) {
  return `${String(page)}~`.padEnd(136, "Zk3Qx9");
}

export function pageOfCursor(cursor) {
  return cursor === undefined || cursor === null ? 0 : Number.parseInt(cursor, 10);
}

/** A thousand nodes to write. */
export function nodesToWrite(chunk) {
  const random = randomNumbers(chunk + 1_000);
  return Array.from({ length: nodesPerPage }, (_, at) => {
    const index = chunk * nodesPerPage + at;
    return {
      instanceType: "node",
      space,
      externalId: idOf(index),
      sources: [{ source: viewId, properties: properties(random, index) }],
    };
  });
}

/** The answer to such a write. */
export function writtenItems(chunk) {
  return Array.from({ length: nodesPerPage }, (_, at) => {
    const index = chunk * nodesPerPage + at;
    return {
      instanceType: "node",
      space,
      externalId: idOf(index),
      version: 1,
      wasModified: true,
      createdTime: 1_700_000_000_000 + index,
      lastUpdatedTime: 1_700_000_000_000 + index,
    };
  });
}

/** The view as generated code describes it. */
export const Pump = {
  space,
  externalId: "Pump",
  version: "v1",
  instanceType: "node",
  properties: {
    name: { type: "text", required: true },
    description: { type: "text" },
    serialNumber: { type: "text" },
    tags: { type: "text", list: true },
    pressure: { type: "float64" },
    maxPressure: { type: "float32" },
    runHours: { type: "int64" },
    isActive: { type: "boolean" },
    installedAt: { type: "timestamp" },
    lastServiceDate: { type: "date" },
    facility: { type: "direct" },
    metadata: { type: "json" },
  },
};
