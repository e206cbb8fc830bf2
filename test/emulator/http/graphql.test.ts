import { describe, expect, it } from "vitest";
import { type Served, serve } from "./serving.js";

const DML = `
"A farm. @name Wind farm"
type Farm { name: String! turbines: [Turbine] @reverseDirectRelation(throughProperty: "farm") }
type Turbine {
  name: String!
  capacity: Float
  blades: Int
  built: Timestamp
  tags: [String]
  farm: Farm
  also: [Farm] @directRelation
  masts: [Mast] @relation(edgeSource: "Distance")
}
type Distance @edge { metres: Float }
type Mast { height: Float turbines: [Turbine] @relation(type: { space: "wind", externalId: "Turbine.masts" }, direction: INWARDS) }
`;

const mutation = `mutation Upsert($dml: GraphQlDmlVersionUpsert!) {
  upsertGraphQlDmlVersion(graphQlDmlVersion: $dml) {
    errors { kind message hint location { start { line column } } }
    result { space externalId version name description graphQlDml createdTime lastUpdatedTime }
  }
}`;

const model = { space: "wind", externalId: "WindFarm", version: "v1" };
const upload = { query: mutation, variables: { dml: { ...model, graphQlDml: DML, name: "Wind" } } };

async function deployed(): Promise<Served> {
  const served = await serve();
  await served.call("/models/spaces", { items: [{ space: "wind" }] });
  const { body } = await served.call("/dml/graphql", upload);
  expect(body).toMatchObject({
    data: { upsertGraphQlDmlVersion: { errors: null, result: { ...model, name: "Wind", graphQlDml: DML } } },
  });
  return served;
}

/** Three farms with four turbines each, two masts at the first turbine of each. */
async function stocked(): Promise<(query: string, variables?: object) => Promise<unknown>> {
  const { call } = await deployed();
  const ref = (externalId: string) => ({ space: "wind", externalId });
  const node = (externalId: string, view: string, properties: object) => ({
    instanceType: "node",
    ...ref(externalId),
    sources: [{ source: { type: "view", ...ref(view), version: "v1" }, properties }],
  });
  const farms = ["A", "B", "C"].map((name) => node(name, "Farm", { name: `Farm ${name}` }));
  const turbines = ["A", "B", "C"].flatMap((farm, place) =>
    [1, 2, 3, 4].map((number) =>
      node(`${farm}${number}`, "Turbine", {
        name: `Turbine ${farm}${number}`,
        capacity: place * 10 + number,
        blades: number === 4 ? null : 3,
        built: `20${10 + place}-01-01T00:00:00Z`,
        tags: [farm, `n${number}`],
        farm: ref(farm),
        also: [ref("C"), ref("A")],
      }),
    ),
  );
  const masts = [1, 2].map((height) => node(`M${height}`, "Mast", { height }));
  const edges = ["A", "B", "C"].flatMap((farm) =>
    [1, 2].map((mast) => ({
      instanceType: "edge",
      ...ref(`${farm}-M${mast}`),
      type: ref("Turbine.masts"),
      startNode: ref(`${farm}1`),
      endNode: ref(`M${mast}`),
      sources: [{ source: { type: "view", ...ref("Distance"), version: "v1" }, properties: { metres: mast * 100 } }],
    })),
  );
  const written = await call("/models/instances", { items: [...farms, ...turbines, ...masts, ...edges] });
  expect(written.status, JSON.stringify(written.body)).toBe(200);
  return async (query, variables = {}) => {
    const { body } = await call("/userapis/spaces/wind/datamodels/WindFarm/versions/v1/graphql", { query, variables });
    const { data, errors } = body as { readonly data?: unknown; readonly errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  };
}

describe("contract 6.8: queries", () => {
  it("sort and page, by the cursor of any edge", async () => {
    const ask = await stocked();
    const query = `query ($after: String, $first: Int) {
      listTurbine(first: $first, after: $after, sort: [{ blades: ASC }, { capacity: DESC }], filter: { farm: { name: { prefix: "Farm" } } }) {
        edges { cursor node { externalId } } pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }`;
    const page = async (first: number, after?: string) =>
      (
        (await ask(query, { first, after })) as {
          listTurbine: {
            edges: { cursor: string; node: { externalId: string } }[];
            pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
          };
        }
      ).listTurbine;
    const all = (await page(100)).edges.map(({ node }) => node.externalId);
    expect(all).toEqual(["C3", "C2", "C1", "B3", "B2", "B1", "A3", "A2", "A1", "C4", "B4", "A4"]);
    const first = await page(5);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const rest = await page(100, first.pageInfo.endCursor);
    expect([...first.edges, ...rest.edges].map(({ node }) => node.externalId)).toEqual(all);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    for (const index of [0, 2, 3]) {
      const next = await page(2, first.edges[index]?.cursor);
      expect(next.edges.map(({ node }) => node.externalId)).toEqual(all.slice(index + 1, index + 3));
      const after = await page(2, next.edges[0]?.cursor);
      expect(after.edges.map(({ node }) => node.externalId)).toEqual(all.slice(index + 2, index + 4));
    }
  });

  it("aggregate, in groups, page by page", async () => {
    const ask = await stocked();
    const query = `query ($after: String) {
      whole: aggregateTurbine(filter: { farm: { externalId: { eq: "A" } } }) {
        items { group count { externalId blades } avg { capacity } ...numbers }
      }
      groups: aggregateTurbine(groupBy: ["farm"], first: 2, after: $after) {
        items { group count { externalId } sum { capacity } } pageInfo { hasNextPage endCursor }
      }
      distinct: aggregateTurbine(groupBy: ["blades"]) { items { group } }
    }
    fragment numbers on _AggregateTurbineGroup { min { capacity } max { capacity blades } sum { capacity } }`;
    const data = (await ask(query)) as { groups: { pageInfo: { endCursor: string } } };
    const group = (externalId: string, sum: number) => ({
      group: { farm: { space: "wind", externalId } },
      count: { externalId: 4 },
      sum: { capacity: sum },
    });
    expect(data).toEqual({
      whole: {
        items: [
          {
            group: null,
            count: { externalId: 4, blades: 3 },
            avg: { capacity: 2.5 },
            min: { capacity: 1 },
            max: { capacity: 4, blades: 3 },
            sum: { capacity: 10 },
          },
        ],
      },
      groups: {
        items: [group("A", 10), group("B", 50)],
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      },
      distinct: { items: expect.arrayContaining([{ group: { blades: 3 } }, { group: {} }]) },
    });
    expect(await ask(query, { after: data.groups.pageInfo.endCursor })).toMatchObject({
      groups: { items: [group("C", 90)], pageInfo: { hasNextPage: false } },
    });
  });

  it("follow relations, reverse relations and edges, each with pages of its own", async () => {
    const ask = await stocked();
    const query = `{
      listFarm(first: 1) {
        items {
          __typename
          turbines(first: 2, sort: [{ capacity: DESC }], filter: { blades: { isNull: false } }) {
            items { externalId also { items { externalId } } one: also(first: 1) { items { externalId } } }
            pageInfo { hasNextPage }
          }
          first: turbines(first: 1) {
            items {
              masts(filter: { height: { gt: 1 } }) {
                items { height }
                edges { externalId type { externalId } startNode { externalId } properties { metres } node { height } }
              }
              all: masts { items { turbines(first: 2) { items { name } pageInfo { hasNextPage } } } }
            }
          }
        }
      }
    }`;
    const also = { items: [{ externalId: "C" }, { externalId: "A" }] };
    const one = { items: [{ externalId: "A" }] };
    const reached = { items: [{ name: "Turbine A1" }, { name: "Turbine B1" }], pageInfo: { hasNextPage: true } };
    expect(await ask(query)).toEqual({
      listFarm: {
        items: [
          {
            __typename: "Farm",
            turbines: {
              items: [
                { externalId: "A3", also, one },
                { externalId: "A2", also, one },
              ],
              pageInfo: { hasNextPage: true },
            },
            first: {
              items: [
                {
                  masts: {
                    items: [{ height: 2 }],
                    edges: [
                      {
                        externalId: "A-M2",
                        type: { externalId: "Turbine.masts" },
                        startNode: { externalId: "A1" },
                        properties: { metres: 200 },
                        node: { height: 2 },
                      },
                    ],
                  },
                  all: { items: [{ turbines: reached }, { turbines: reached }] },
                },
              ],
            },
          },
        ],
      },
    });
  });
});
