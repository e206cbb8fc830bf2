import { bind, type ViewOf } from "pygen";
import { legacyClient } from "pygen/legacy";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadModel } from "../../src/emulator/index.js";
import { file, text } from "../ir/models.js";
import { clientOf } from "./client-of.js";

const names = ["data", "content", "listFull", "listHostile", "endNode", "peerFilter", "constructor"] as const;
const proto = "__proto__";
const source = { type: "view", space: "s", externalId: "Hostile", version: "v1" } as const;
const peer = { type: { type: "direct" }, source } as const;

/** A view whose properties have names of chains and of objects; `__proto__` is what its property `size` is called. */
const model = file({
  Hostile: {
    properties: { ...Object.fromEntries(names.map((name) => [name, text])), size: { type: { type: "int32" } }, peer },
  },
}) as LoadModel;

const properties: unknown = JSON.parse(
  JSON.stringify({
    ...Object.fromEntries(names.map((name) => [name, { type: "text" }])),
    peer: { type: "direct", source: "s/Hostile@v1" },
  }).replace(/}$/, ',"__proto__":{"type":"int32","id":"size"}}'),
);
const Hostile: unknown = { space: "s", externalId: "Hostile", version: "v1", instanceType: "node", properties };

interface Chain {
  readonly [member: string]: Chain;
  (...args: readonly unknown[]): Chain & PromiseLike<readonly Item[]>;
}
interface Item {
  readonly externalId: string;
  readonly [name: string]: unknown;
}
type Call = (...args: readonly unknown[]) => Promise<readonly Item[] & { asWrite(): Item[] }>;

const item = (externalId: string, size: number, more: object = {}) =>
  JSON.parse(JSON.stringify({ externalId, ...more }).replace(/}$/, `,"__proto__":${size}}`)) as Item;

let calls: Readonly<Record<"list" | "aggregate" | "histogram", Call>> & { select(): Chain };
let upsert: (items: object, args?: object) => Promise<unknown>;
beforeAll(async () => {
  const client = clientOf(model);
  const sdk = bind(client, { hostile: Hostile as ViewOf<never> }, { space: "data" });
  const v1: unknown = legacyClient(sdk, { logger: { warn: () => undefined } });
  ({ hostile: calls, upsert } = v1 as { readonly hostile: typeof calls; readonly upsert: typeof upsert });
  upsert = upsert.bind(v1);
  const texts = Object.fromEntries(names.map((name) => [name, "x"]));
  await upsert({
    hostile: [item("a", 1, texts), item("b", 2, { data: "y", peer: "a", constructor: "y" }), item("c", 3)],
  });
});

const idsOf = (rows: readonly Item[]): string[] => rows.map(({ externalId }) => externalId);

describe("a property called __proto__", () => {
  it("is filtered, sorted and computed over as others are", async () => {
    expect(idsOf(await calls.list({ min__proto__: 2, sortBy: "__proto__", direction: "descending" }))).toEqual([
      "c",
      "b",
    ]);
    expect(await calls.aggregate("max", { property: "__proto__" })).toMatchObject({ property: "__proto__", value: 3 });
    expect(await calls.aggregate("count", { groupBy: "__proto__" })).toHaveLength(3);
    expect(await calls.histogram("__proto__", 2)).toMatchObject({ property: "__proto__", buckets: { length: 2 } });
    expect(idsOf(await calls.select()[proto]!["range"]!(2)[proto]!["sortDescending"]!()["listFull"]!())).toEqual([
      "c",
      "b",
    ]);
    await expect(calls.list(JSON.parse('{"min__proto_":2}'))).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
  });

  it("is written, and written back", async () => {
    const [row] = await calls.list({ constructor: "y" });
    expect(Object.getOwnPropertyDescriptor(row, "__proto__")?.value).toBe(2);
    await upsert({ hostile: [item("b", 20)] }, { allowVersionIncrease: true });
    const rows = await calls.list({ externalIdPrefix: "b" });
    expect(Object.getOwnPropertyDescriptor(rows.asWrite()[0], "__proto__")?.value).toBe(20);
    await upsert({ hostile: [item("b", 2)] });
  });
});

describe("properties with names that chains have", () => {
  it("have _ behind them, and their ends stay", async () => {
    for (const name of names.filter((each) => each !== "constructor" && each !== "peerFilter")) {
      expect(idsOf(await calls.select()[`${name}_`]!["equals"]!("x")["listHostile"]!())).toEqual(["a"]);
    }
    expect(idsOf(await calls.select()["constructor"]!["equals"]!("x")["listFull"]!())).toEqual(["a"]);
    expect(idsOf(await calls.select()["peerFilter"]!["equals"]!("x")["listFull"]!())).toEqual(["a"]);
    expect(idsOf(await calls.select()["peerFilter_"]!["equals"]!("a")["listFull"]!())).toEqual(["b"]);
    expect(idsOf(await calls.select()["peer"]!["data_"]!["equals"]!("x")["listFull"]!())).toEqual(["b"]);
  });
});
