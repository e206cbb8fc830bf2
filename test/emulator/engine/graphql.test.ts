import { describe, expect, it } from "vitest";
import { queryModel } from "../../../src/emulator/engine/graphql/index.js";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type { GraphQLRequest, ViewReference } from "../../../src/models/index.js";
import { addView, apply, container, mappingView, node, project, ref, refusal, view } from "../instances/project.js";

const id = { space: "m", externalId: "Model", version: "v1" };

function addModel(state: ProjectState, ...views: readonly ViewReference[]): void {
  state.dataModels.set("m/Model/v1", { ...id, views, createdTime: 1, lastUpdatedTime: 1, isGlobal: false });
}

/** Views Strict, Thing, and Named with relations into Thing: single, without source, and a list. */
function stocked(): ProjectState {
  const state = project();
  const to = (name: string) => ({ container: container("Thing"), containerPropertyIdentifier: name });
  addView(state, {
    ...{ space: "m", externalId: "Linked", version: "v1" },
    properties: {
      text: to("text"),
      link: { ...to("link"), source: view("Thing") },
      raw: to("link"),
      links: { ...to("links"), source: view("Thing") },
      "not-a-name": to("int"),
    },
  });
  apply(state, {
    items: [
      node("a", {
        text: "one",
        int: 1,
        float: 0.5,
        flag: true,
        day: "2020-01-01",
        json: { k: [1] },
        series: "ts",
        color: "red",
      }),
      node("b", { text: "two", texts: ["x", "y"], link: ref("a"), links: [ref("a"), ref("gone"), ref("b")] }),
      node("c", { int: 3, when: "2020-01-01T00:00:00Z", ints: [9007199254740993n] }),
      node("bare"),
    ],
  });
  addModel(state, view("Thing"), view("Linked"), view("Missing"));
  return state;
}

const ask = (state: ProjectState, query: string, rest: Partial<GraphQLRequest> = {}) =>
  queryModel(state, id, { query, ...rest });

describe("contract 6.8: GraphQL over a data model", () => {
  const state = stocked();

  it("lists what a view shows, with values of every type", () => {
    const query =
      "{ listThing { items { space externalId createdTime text int float flag day when json texts ints color series { externalId } } } }";
    const { data, errors } = ask(state, query);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      listThing: {
        items: [
          {
            space: "d",
            externalId: "a",
            text: "one",
            int: 1,
            float: 0.5,
            flag: true,
            json: { k: [1] },
            series: { externalId: "ts" },
            texts: null,
          },
          { externalId: "b", text: "two", texts: ["x", "y"], int: null },
          { externalId: "c", ints: [9007199254740993n], createdTime: "1970-01-01T00:00:01.000+00:00" },
        ],
      },
    });
  });

  it("pages with cursors", () => {
    const query =
      "query ($after: String) { listThing(first: 2, after: $after) { edges { node { externalId } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    const first = ask(state, query).data?.["listThing"] as { edges: unknown[]; pageInfo: { endCursor: string } };
    expect(first).toMatchObject({
      edges: [{ node: { externalId: "a" } }, {}],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(ask(state, query, { variables: { after: first.pageInfo.endCursor } }).data).toMatchObject({
      listThing: { edges: [{ node: { externalId: "c" } }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    });
  });

  it("gets by id, and nothing for ids that are not there", () => {
    const query =
      'query Get($x: String!) { getThingById(instance: { space: "d", externalId: $x }) { items { text } } } query Other { __typename }';
    const get = (x: string) => ask(state, query, { operationName: "Get", variables: { x } }).data;
    expect(get("a")).toEqual({ getThingById: { items: [{ text: "one" }] } });
    expect(get("none")).toEqual({ getThingById: { items: [] } });
    expect(get("bare")).toEqual({ getThingById: { items: [] } });
  });

  it("follows direct relations; those whose view is not in the model come as ids", () => {
    const query = "{ listLinked { items { text link { text } raw { externalId } links { items { externalId } } } } }";
    expect(ask(state, query).data).toMatchObject({
      listLinked: {
        items: [
          { text: "one", link: null, raw: null, links: { items: [] } },
          {
            text: "two",
            link: { text: "one" },
            raw: { externalId: "a" },
            links: { items: [{ externalId: "a" }, { externalId: "b" }] },
          },
          {},
        ],
      },
    });
  });

  it("tells what is wrong in errors, with the place", () => {
    expect(ask(state, "{ listThing { items { txet } } }")).toEqual({
      errors: [{ message: "Field 'txet' in type 'Thing' is undefined", locations: [{ line: 1, column: 23 }] }],
    });
    expect(ask(state, "{ listThing { items {")).toMatchObject({
      errors: [{ message: expect.stringContaining("Syntax Error") }],
    });
    expect(ask(state, "{ listMissing { items { space } } }").errors).toHaveLength(1);
    expect(ask(state, "mutation { x }").errors).not.toHaveLength(0);
    expect(ask(state, "query A { __typename } query B { __typename }").errors).toMatchObject([
      { message: expect.stringContaining("operation name") },
    ]);
  });

  it("gives what could be answered beside what could not", () => {
    const query = "{ good: listThing(first: 1) { items { text } } bad: listThing(first: 1001) { items { text } } }";
    expect(ask(state, query)).toEqual({
      data: { good: { items: [{ text: "one" }] }, bad: null },
      errors: [expect.objectContaining({ message: "first must be between 0 and 1000, got 1001", path: ["bad"] })],
    });
    expect(ask(state, '{ listThing(after: "x") { items { text } } }').errors).toMatchObject([
      { message: expect.stringContaining("Invalid cursor") },
    ]);
  });

  it("takes a view of the name that its own input has", () => {
    const named = project();
    addView(named, { ...mappingView(named, "Thing", ["Thing"]), externalId: "InstanceRef" });
    addModel(named, view("InstanceRef"));
    apply(named, { items: [node("a", { text: "one" })] });
    const query = "query ($id: _InstanceRef!) { getInstanceRefById(instance: $id) { items { text } } }";
    const { data, errors } = ask(named, query, { variables: { id: ref("a") } });
    expect({ data, errors }).toEqual({ data: { getInstanceRefById: { items: [{ text: "one" }] } }, errors: undefined });
  });

  it("bounds documents and what they read", () => {
    const huge = `{ listThing { items { ${"text ".repeat(20_000)} } } }`;
    expect(ask(state, huge).errors).toMatchObject([{ message: expect.stringContaining("20000 tokens") }]);
    const many = project();
    addModel(many, view("Linked"));
    addView(many, {
      ...{ space: "m", externalId: "Linked", version: "v1" },
      properties: {
        links: { container: container("Thing"), containerPropertyIdentifier: "links", source: view("Linked") },
      },
    });
    const ids = Array.from({ length: 100 }, (_, at) => `n${at}`);
    apply(many, { items: ids.map((one) => node(one, { links: ids.map((other) => ref(other)) })) });
    const deep = "{ listLinked { items { links { items { links { items { links { items { space } } } } } } } } }";
    expect(ask(many, deep).errors?.[0]?.message).toContain("reads more than 50000 instances");
  });

  it("knows changed views and models at once, and models without views", () => {
    const changing = stocked();
    expect(ask(changing, "{ listStrict { items { note } } }").errors).toHaveLength(1);
    addModel(changing, view("Strict"));
    expect(ask(changing, "{ listStrict { items { note } } }").data).toEqual({ listStrict: { items: [] } });
    addView(changing, { ...mappingView(changing, "Strict", ["Strict"]), properties: {} });
    expect(ask(changing, "{ listStrict { items { note } } }").errors).toHaveLength(1);
    addModel(changing);
    expect(ask(changing, "{ __typename }").data).toEqual({ __typename: "Query" });
    const unknown = () => queryModel(changing, { ...id, version: "v9" }, { query: "{ __typename }" });
    expect(refusal(unknown)).toBe("404 Unknown data model 'm:Model/v9'");
  });
});
