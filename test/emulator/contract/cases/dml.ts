import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";

const dml = casesOf("POST /dml/graphql");

/** The data model that schemas are uploaded as. */
export const model = { space: "wind", externalId: "WindFarm", version: "v1" };
/** A schema with relations of every kind. */
export const WIND_FARM = `
type Farm { name: String! turbines: [Turbine] @reverseDirectRelation(throughProperty: "farm") }
type Turbine {
  name: String!
  capacity: Float
  blades: Int
  tags: [String]
  farm: Farm
  also: [Farm] @directRelation
  masts: [Mast] @relation(edgeSource: "Distance")
}
type Distance @edge { metres: Float }
type Mast { height: Float }
`;
const UPSERT = `mutation Upsert($dml: GraphQlDmlVersionUpsert!) {
  upsertGraphQlDmlVersion(graphQlDmlVersion: $dml) {
    errors { kind message hint location { start { line column } } }
    result { space externalId version name description graphQlDml createdTime lastUpdatedTime }
  }
}`;

/** What the upload of a schema answers. */
export const upload = async (api: Api, graphQlDml: string, more: Json = {}): Promise<Json> => {
  const body = await api.ok("/dml/graphql", {
    query: UPSERT,
    variables: { dml: { ...model, graphQlDml, ...more } },
  });
  return body["data"].upsertGraphQlDmlVersion;
};

/** The upload ends in this error, and the model is as before. */
const rejects = (option: string, name: string, graphQlDml: string, error: Json, more: Json = {}): ContractCase =>
  dml.check(
    option,
    name,
    async (api) => {
      expect(await upload(api, graphQlDml, more)).toMatchObject({ errors: [error], result: null });
      const { items } = await api.ok("/models/datamodels/byids", { items: [model] });
      expect(items[0].views).toHaveLength(4);
    },
    400,
  );

/** Schemas in the data modeling language. */
export const dmlUploads: readonly ContractCase[] = [
  dml.check("graphQlDml", "makes views, containers and the data model; the same again changes nothing", async (api) => {
    const { errors, result } = await upload(api, WIND_FARM);
    expect([errors, result]).toMatchObject([null, { ...model, graphQlDml: WIND_FARM }]);
    const id = { space: "wind", externalId: "Turbine", version: "v1" };
    const { items } = await api.ok("/models/views/byids", { items: [id] });
    expect(items[0].properties).toMatchObject({
      name: { nullable: false, type: { type: "text" } },
      tags: { type: { type: "text", list: true } },
      farm: { type: { type: "direct", source: { externalId: "Farm" } } },
      masts: { connectionType: "multi_edge_connection", edgeSource: { externalId: "Distance" } },
    });
    expect((await upload(api, WIND_FARM))["result"].lastUpdatedTime).toBe(result.lastUpdatedTime);
  }),
  dml.check("name", "and description are those of the model", async (api) => {
    const labels = { name: "Wind", description: "All of it" };
    expect((await upload(api, "type A { x: Int }", { externalId: "Named", ...labels }))["result"]).toMatchObject(
      labels,
    );
    const { items } = await api.ok("/models/datamodels/byids", { items: [{ ...model, externalId: "Named" }] });
    expect(items).toMatchObject([labels]);
  }),
  dml.as("differs", "no mappings are taken over from it").check("previousVersion", "is taken", async (api) => {
    const { errors, result } = await upload(api, WIND_FARM, { version: "v2", previousVersion: "v1" });
    expect([errors, result.version]).toEqual([null, "v2"]);
  }),
  rejects("graphQlDml", "that is no schema", "type Farm {", {
    kind: "SYNTAX_ERROR",
    message: "Invalid syntax in provided GraphQL schema",
    location: { start: { line: 1 } },
  }),
  rejects("graphQlDml", "with a type that is not there", "type Farm { owner: Nobody }", {
    message: expect.stringContaining("Nobody"),
  }),
  rejects("graphQlDml", "without a view that the version has", "type Farm { name: String! }", {
    kind: "DIFF_ERROR",
    message: "Can not remove view 'Turbine' from the data model definition",
    hint: "Please publish a new data model version.",
  }),
  rejects(
    "space",
    "that is unknown",
    "type Farm { name: String! }",
    { message: expect.stringContaining("One or more spaces do not exist") },
    { space: "nowhere" },
  ),
  dml.check(
    "query",
    "any other is an error",
    async (api) => expect(await api.ok("/dml/graphql", { query: "{ nothing }" })).toMatchObject({ errors: [{}] }),
    400,
  ),
];
