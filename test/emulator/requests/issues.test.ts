import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { checkRequest, dictionary, fields, items, lazily, list } from "../../../src/models/requests/index.js";

function messageOf(schema: v.GenericSchema<unknown, unknown>, body: unknown): string {
  const result = checkRequest(() => schema, body);
  return result.ok ? "" : result.message;
}

describe("contract 2.3: what is wrong with a request, in words", () => {
  const nodes = fields({ nodes: fields({ from: v.exactOptional(v.string()) }), limit: v.exactOptional(v.number()) });

  it("names an unknown field by its dotted path, before anything else", () => {
    expect(messageOf(nodes, { nodes: { limit: 1, from: 2 } })).toBe("Unexpected field - nodes.limit");
    expect(messageOf(nodes, { nodes: {}, constructor: 1 })).toBe("Unexpected field - constructor");
    expect(messageOf(nodes, JSON.parse('{"nodes":{},"__proto__":1}'))).toBe("Unexpected field - __proto__");
  });

  it("says of missing fields that they must not be null, and of others what they must be", () => {
    expect(messageOf(nodes, {})).toContain("[nodes must not be null]");
    expect(messageOf(nodes, { nodes: 1 })).toContain("[nodes must be an object]");
    expect(messageOf(nodes, { nodes: {}, limit: "1" })).toContain("[limit must be a number]");
    expect(messageOf(nodes, null)).toContain("[body must not be null]");
    expect(messageOf(nodes, { nodes: null })).toContain("[nodes must not be null]");
    expect(messageOf(nodes, [])).toContain("[body must be an object]");
    expect(messageOf(nodes, { nodes: [] })).toContain("[nodes must be an object]");
    expect(messageOf(v.object({ a: v.literal("x") }), { a: "y" })).toContain('[a must be "x"]');
    expect(
      messageOf(
        v.pipe(
          v.string(),
          v.check(() => false, "is never right"),
        ),
        "",
      ),
    ).toContain("[body is never right]");
  });

  it("counts all violations and lists the first twenty", () => {
    const list = v.array(v.string());
    const message = messageOf(
      list,
      Array.from({ length: 25 }, () => 1),
    );
    expect(message).toMatch(
      /^Request had 25 constraint violations\. Please fix the request and try again\. \[\[0\] must be a string, /,
    );
    expect(message).toContain("[19] must be a string, and 5 more]");
    expect(message).not.toContain("[20]");
  });

  it("describes the option of a union that the input comes near", () => {
    const union = fields({ a: v.union([fields({ x: fields({ y: v.number() }) }), v.string()]) });
    expect(messageOf(union, { a: { x: { y: "1" } } })).toContain("[a.x.y must be a number]");
    expect(messageOf(union, { a: 1 })).toContain("[a must be ");
  });
});

describe("dictionaries", () => {
  const named = dictionary(
    (key) => (key.startsWith("_") ? "must not start with _" : undefined),
    fields({ n: v.number() }),
    {
      min: 1,
      max: 2,
    },
  );

  it("says which key or value is wrong", () => {
    expect(messageOf(named, { _a: { n: 1 } })).toContain("[_a must not start with _]");
    expect(messageOf(named, { a: { n: "1" } })).toContain("[a.n must be a number]");
    expect(messageOf(named, { a: { n: 1, m: 1 } })).toBe("Unexpected field - a.m");
    expect(messageOf(named, { a: {} })).toContain("[a.n must not be null]");
    expect(messageOf(named, {})).toContain("size must be between 1 and 2");
    expect(messageOf(named, { a: { n: 1 }, b: { n: 1 }, c: { n: 1 } })).toContain("size must be between 1 and 2");
    expect(messageOf(named, [])).toContain("must be an object");
    expect(
      messageOf(
        dictionary(() => undefined, v.any(), { min: 1 }),
        {},
      ),
    ).toContain("size must be at least 1");
  });

  it("keeps every key of any JSON object, whatever it is called", () => {
    const any = dictionary(() => undefined, v.any());
    const keys = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "prototype", "toString"));
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.jsonValue())), (entries) => {
        const input = Object.fromEntries(entries);
        const result = v.parse(any, input);
        expect(Object.entries(result)).toEqual(Object.entries(input));
      }),
    );
  });
});

describe("laziness", () => {
  it("builds a schema once, on first use", () => {
    let built = 0;
    const schema = lazily(() => {
      built += 1;
      return items(v.string(), 0, 1);
    });
    expect(built).toBe(0);
    expect(schema()).toBe(schema());
    expect(built).toBe(1);
  });
});

describe("lists", () => {
  it("does not look at the items of a list that is too long, nor on after a thousand wrong ones", () => {
    const zeros = Array.from({ length: 5_000 }, () => 0);
    expect(messageOf(items(v.string(), 0, 10), zeros)).toContain("had 1 constraint violations");
    expect(messageOf(list(v.string()), zeros)).toContain("had 1000 constraint violations");
    const named = Object.fromEntries(zeros.map((zero, index) => [`k${index}`, zero]));
    const anyKey = (): undefined => undefined;
    expect(messageOf(dictionary(anyKey, v.string()), named)).toContain("had 1000 constraint violations");
    expect(messageOf(dictionary(anyKey, v.string(), { max: 10 }), named)).toContain("had 1 constraint violations");
  });
});
