import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { type Listening, listen } from "../../src/emulator/node.js";
import { sameJson } from "../../src/models/index.js";
import { openApiChecker } from "../tools/openapi-checker.js";
import {
  dependenciesOf,
  hasModels,
  type Json,
  MODELS,
  type ModelFile,
  modelNames,
  readModel,
} from "./shared-models.js";

const checker = openApiChecker();
let server: Listening | undefined;
afterEach(() => server?.close());

type Kind = "spaces" | "containers" | "views" | "dataModels";

/** Calls of the service, held against its document. */
async function serviceOf(emulator: Emulator) {
  server = await listen(emulator);
  const base = `${server.url}/api/v1/projects/models/models`;
  const send = checker?.wrap() ?? fetch;
  return async (path: string, items: readonly Json[]): Promise<readonly Json[]> => {
    const found: Json[] = [];
    for (let start = 0; start < items.length; start += 100) {
      const request = new Request(`${base}/${path.replace("dataModels", "datamodels")}`, {
        method: "POST",
        headers: { authorization: "Bearer token", "content-type": "application/json" },
        body: JSON.stringify({ items: items.slice(start, start + 100) }),
      });
      const body = (await (await send(request)).json()) as Json;
      if (body["error"]) throw new Error(`${path}: ${body["error"].message}`);
      found.push(...body["items"]);
    }
    return found;
  };
}

const CORE = "cdf_core";

/** An emulator whose core model has the names and descriptions of the file: users cannot deploy to system spaces. */
function withCore(): Emulator {
  const emulator = createEmulator();
  emulator.load(readModel(CORE) as never);
  return emulator;
}

const versioned = ({ space, externalId, version }: Json): Json => ({
  space,
  ...(externalId === undefined ? {} : { externalId }),
  ...(version === undefined ? {} : { version }),
});
const keyOf = (resource: Json): string => JSON.stringify(versioned(resource));

/** What a container's model file implies of its answer. */
function impliedContainer({ usedFor = "node", properties, constraints = {}, indexes = {}, ...rest }: Json): Json {
  const typeOf = (type: Json): Json => {
    if (type["type"] === "enum") return type;
    const listed = { ...type, list: type["list"] ?? false };
    return type["type"] === "text" ? { collation: "ucs_basic", ...listed } : listed;
  };
  const each = (parts: Json, change: (part: Json) => Json): Json =>
    Object.fromEntries(Object.entries(parts).map(([id, part]) => [id, change(part)]));
  return {
    ...rest,
    usedFor,
    properties: each(properties, ({ type, ...facts }) => ({
      nullable: true,
      immutable: false,
      autoIncrement: false,
      ...facts,
      type: typeOf(type),
    })),
    constraints: each(constraints, (part) =>
      part["constraintType"] === "uniqueness" ? { bySpace: false, ...part } : part,
    ),
    indexes: each(indexes, (part) =>
      part["indexType"] === "inverted" ? part : { indexType: "btree", cursorable: false, bySpace: false, ...part },
    ),
  };
}

/** What a view's model file implies of its answer, apart from what it inherits: a connection reads as it was written. */
function impliedView({ properties = {}, ...rest }: Json, containers: ReadonlyMap<string, Json>): Json {
  const property = ({ source, ...given }: Json): Json => {
    const id = given["container"];
    if (!id) {
      const edge = given["type"] ? { connectionType: "multi_edge_connection", direction: "outwards" } : {};
      return { ...edge, ...given, source };
    }
    const facts = impliedContainer(containers.get(keyOf(id)) ?? {})["properties"][given["containerPropertyIdentifier"]];
    const { name: _name, description: _description, type, ...copied } = facts;
    return { ...copied, ...given, type: source ? { ...type, source } : type };
  };
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries<Json>(properties).map(([id, value]) => [id, property(value)])),
  };
}

/** All files that a model stands on, and its own. */
const filesOf = (name: string): readonly ModelFile[] => [...dependenciesOf(name), name].map(readModel);

async function deploy(service: Awaited<ReturnType<typeof serviceOf>>, model: ModelFile): Promise<readonly Json[]> {
  const answers: Json[] = [];
  for (const kind of ["spaces", "containers", "views", "dataModels"] as const satisfies readonly Kind[]) {
    if (model[kind].length > 0) answers.push(...(await service(kind, model[kind])));
  }
  return answers;
}

describe.skipIf(!hasModels)("models of others, over HTTP", () => {
  it.each(modelNames)(
    "%s deploys after what it depends on, again as a no-op, and reads back as it was written",
    async (name) => {
      const emulator = withCore();
      const service = await serviceOf(emulator);
      const own = readModel(name);
      for (const needed of dependenciesOf(name)) if (needed !== CORE) await deploy(service, readModel(needed));
      if (name !== CORE) {
        const first = await deploy(service, own);
        expect(await deploy(service, own)).toEqual(first);
      }

      const read = async (kind: Kind): Promise<ReadonlyMap<string, Json>> => {
        if (own[kind].length === 0) return new Map();
        const answers = await service(`${kind}/byids`, own[kind].map(versioned));
        return new Map(answers.map((answer) => [keyOf(answer), answer]));
      };
      const containers = new Map(
        filesOf(name).flatMap((file) => file.containers.map((item) => [keyOf(item), item] as const)),
      );
      const compare = async (kind: Kind, implied: (item: Json) => Json): Promise<void> => {
        const answers = await read(kind);
        expect(answers.size).toBe(own[kind].length);
        for (const item of own[kind]) expect(answers.get(keyOf(item)), keyOf(item)).toMatchObject(implied(item));
      };
      await compare("spaces", (space) => space);
      await compare("containers", impliedContainer);
      await compare("views", (view) => impliedView(view, containers));
      await compare("dataModels", ({ views, ...model }) => ({
        ...model,
        views: views.map((view: Json) => ({ type: "view", ...versioned(view) })),
      }));
    },
  );
});

/** A difference between an answer of the service and ours. */
interface Difference {
  /** With `*` for the ids of properties, constraints and indexes. */
  readonly path: string;
  readonly place: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

type Rule = readonly [why: string, is: (difference: Difference) => boolean];

/** Facts that the service's answers gained since the dumps were made (2023 and 2024). */
const GAINED = new Set([
  "queryable",
  "properties.*.constraintState",
  "properties.*.targetsList",
  "properties.*.type.maxListSize",
  "properties.*.type.list",
  "properties.*.immutable",
  "properties.*.connectionType",
  "mappedContainers",
  "constraints.*.bySpace",
  "indexes.*.bySpace",
]);

/** What the dumps lost of what the service said, and what the core model gained since. */
const LOST = new Set([
  "properties.*.type.container.type",
  "CogniteAsset.constraints.describablePresent.state",
  "CogniteAsset.constraints.sourceablePresent.state",
  "CogniteAsset.constraints.visualizablePresent",
]);

/** The differences that are known: ages of the dumps, and what making files of them lost. */
const KNOWN: readonly Rule[] = [
  ["other times", ({ path }) => path === "createdTime" || path === "lastUpdatedTime"],
  ["a project's own copy of a system model", ({ path }) => path === "isGlobal"],
  ["a fact that came later", ({ path, theirs }) => GAINED.has(path) && theirs === undefined],
  [
    "a fact that was lost, or gained",
    ({ path, place, theirs }) => (LOST.has(path) || LOST.has(place)) && theirs === undefined,
  ],
  [
    "views that say of enums that they are no lists: contract 10 has none",
    ({ path, theirs, ours }) => path === "properties.*.type.list" && theirs === false && ours === undefined,
  ],
  ["an empty list for none", ({ theirs, ours }) => ours === undefined && JSON.stringify(theirs) === "[]"],
  ["an order that was derived", ({ path, theirs, ours }) => path === "mappedContainers" && sameMembers(theirs, ours)],
  ["a property that the model had once", ({ place }) => place === "ConnectionItemA.properties.properties"],
  [
    "texts of another year, and what the core model gained",
    ({ path, theirs, place }) =>
      /(^|\.)(name|description)$/.test(path) ||
      (theirs === undefined && (path === "properties.*.type.values.state" || place.endsWith(".stateSet"))),
  ],
];

function sameMembers(a: unknown, b: unknown): boolean {
  const members = (list: unknown): readonly string[] =>
    (Array.isArray(list) ? list : []).map((member: Json) => JSON.stringify(Object.entries(member).sort())).sort();
  return JSON.stringify(members(a)) === JSON.stringify(members(b));
}

/** The answers of the service that are at hand: where each file lies, and by which call it came. */
const ANSWERS: readonly (readonly [file: string, path: string])[] = [
  ["datamodel.response.json", "datamodels/byids?inlineViews=true"],
  ["datamodel.no3d.response.json", "datamodels/byids?inlineViews=true"],
  ["containers.no3d.response.json", "containers/byids"],
  ["views.response.json", "views/byids"],
];

/** The resources of an answer; of data models the views that are in them, whose facts are all there is to compare. */
const partsOf = (items: readonly Json[]): ReadonlyMap<string, Json> =>
  new Map(items.flatMap((item) => item["views"] ?? [item]).map((part: Json) => [keyOf(part), part]));

describe.skipIf(!hasModels)("answers of the service", () => {
  const given = modelNames.flatMap((name) =>
    ANSWERS.filter(([file]) => existsSync(join(MODELS, name, file))).map(
      ([file, path]) => [`${name}/${file}`, name, path] as const,
    ),
  );

  it.each(given)("%s: all reads as the service gave it, but for differences of age", async (file, name, path) => {
    const { items }: { readonly items: readonly Json[] } = JSON.parse(readFileSync(join(MODELS, file), "utf8"));
    const service = await serviceOf(withCore());
    for (const needed of [...dependenciesOf(name), name]) if (needed !== CORE) await deploy(service, readModel(needed));
    const unknown: string[] = [];
    for (const item of items) {
      const read = partsOf(await service(path, [versioned(item)]));
      for (const [key, part] of partsOf([item])) {
        expect(read.has(key), key).toBe(true);
        for (const difference of differences(part, read.get(key), part["externalId"])) {
          const { place, theirs, ours } = difference;
          if (KNOWN.some(([, is]) => is(difference))) continue;
          unknown.push(`${place}: theirs ${text(theirs)}, ours ${text(ours)}`);
        }
      }
    }
    expect(unknown).toEqual([]);
  });
});

const text = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? "nothing";

/** Where two values differ. */
function* differences(theirs: unknown, ours: unknown, view: string, at: readonly string[] = []): Generator<Difference> {
  const isObject = (value: unknown): value is Json =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (isObject(theirs) && isObject(ours)) {
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
      yield* differences(theirs[key], ours[key], view, [...at, key]);
    }
  } else if (!sameJson(theirs, ours)) {
    const named = ["properties", "constraints", "indexes"].includes(at[0] ?? "");
    const path = at.map((step, index) => (index === 1 && named ? "*" : step)).join(".");
    yield { path, place: [view, ...at].join("."), theirs, ours };
  }
}
