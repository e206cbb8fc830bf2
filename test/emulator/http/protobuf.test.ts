import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/emulator/engine/fault.js";
import { readDatapoints } from "../../../src/emulator/http/protobuf/datapoints.js";
import type { Message } from "../../../src/emulator/http/protobuf/message.js";
import { readMessage } from "../../../src/emulator/http/protobuf/read.js";
import { writeMessage } from "../../../src/emulator/http/protobuf/write.js";
import { messageOf, type Served, serve } from "./serving.js";

const PROTOBUF = "application/protobuf";

/** What the official Python client's library writes for three points of a numeric series and two of a text one. */
const INSERTED =
  "0a3c1a2a0a000a140898f8ffffffffffffff011100000000000004c00a100880d0eab6b733112e9f87a2ae427d542a0e0a04646174611206" +
  "7772697465730a2922190a0608051202c3a60a0f08061a0b1209556e6365727461696e2a0c0a0464617461120474657874";

async function withSeries(): Promise<Served> {
  const served = await serve();
  await served.call("/models/spaces", { items: [{ space: "data" }] });
  const source = { type: "view", space: "cdf_cdm", externalId: "CogniteTimeSeries", version: "v1" };
  const node = (externalId: string, type: string) => ({
    instanceType: "node",
    space: "data",
    externalId,
    sources: [{ source, properties: { type, isStep: true, sourceUnit: "bar" } }],
  });
  await served.call("/models/instances", { items: [node("writes", "numeric"), node("text", "string")] });
  return served;
}

const sent = (body: BodyInit): RequestInit => ({
  method: "POST",
  body,
  headers: { authorization: "Bearer token", "content-type": PROTOBUF },
});
const named = (externalId: string) => ({ instanceId: { space: "data", externalId } });
const range = { start: "100000w-ago", end: 4102444800000, ignoreBadDataPoints: false };

describe("data points as messages of protocol buffers", () => {
  it("are stored as JSON would be: what is 0 is not on the wire", async () => {
    const { call } = await withSeries();
    const answer = await call("/timeseries/data", undefined, sent(Buffer.from(INSERTED, "hex")));
    expect(answer).toMatchObject({ status: 200, body: {} });
    const items = ["writes", "text"].map((name) => ({ ...named(name), ...range, start: -2208988800000 }));
    const read = await call("/timeseries/data/list", {
      items: items.map((item) => ({ ...item, includeStatus: true })),
    });
    const good = { code: 0, symbol: "Good" };
    expect(read.body).toMatchObject({
      items: [
        {
          datapoints: [
            { timestamp: -1000, value: -2.5, status: good },
            { timestamp: 0, value: 0, status: good },
            { timestamp: 1767225600000, value: 1e99, status: good },
          ],
        },
        {
          datapoints: [
            { timestamp: 5, value: "æ", status: good },
            { timestamp: 6, value: "", status: { symbol: "Uncertain" } },
          ],
        },
      ],
    });
  });

  it("are held to the same rules", async () => {
    const { call } = await withSeries();
    const late = writeMessage(
      {
        items: {
          number: 1,
          type: {
            numericDatapoints: {
              number: 3,
              type: { datapoints: { number: 1, type: { timestamp: { number: 1, type: "int64" } } } },
            },
          },
        },
      },
      { items: { numericDatapoints: { datapoints: { timestamp: 2 ** 50 } } } },
    );
    const answer = await call("/timeseries/data", undefined, sent(late));
    expect([answer.status, messageOf(answer)]).toEqual([
      400,
      expect.stringContaining("items[0].datapoints[0].timestamp"),
    ]);
    expect(messageOf(answer)).toContain("items[0] must hold one of");
    // The point at 7 of series `writes`, bad and without a value.
    const nothing = Buffer.from("0a1f1a0d0a0b08071a05120342616420012a0e0a04646174611206777269746573", "hex");
    expect(messageOf(await call("/timeseries/data", undefined, sent(nothing)))).toContain("value must not be null");
    const broken = await call("/timeseries/data", undefined, sent("{}"));
    expect([broken.status, messageOf(broken)]).toEqual([400, "The body is not a valid message of protocol buffers."]);
  });

  it("are given to those who accept them: points, texts, aggregates, and what is known of the series", async () => {
    const { url, call } = await withSeries();
    await call("/timeseries/data", undefined, sent(Buffer.from(INSERTED, "hex")));
    const list = async (item: object) => {
      const answer = await fetch(`${url}/api/v1/projects/demo/timeseries/data/list`, {
        method: "POST",
        body: JSON.stringify({ items: [item] }),
        headers: { authorization: "Bearer token", accept: PROTOBUF },
      });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, PROTOBUF]);
      return readMessage(ANSWER, new Uint8Array(await answer.arrayBuffer()))["items"];
    };
    const facts = { id: expect.any(Number), isStep: true, unit: "bar", nextCursor: expect.any(String) };
    expect(await list({ ...named("writes"), start: -5000, limit: 1, includeStatus: true })).toEqual([
      {
        ...facts,
        ...named("writes"),
        isString: false,
        type: 1,
        numbers: { datapoints: [{ timestamp: -1000, value: -2.5, status: { code: 0, symbol: "Good" } }] },
      },
    ]);
    expect(await list({ ...named("text"), ...range, limit: 1 })).toEqual([
      { ...facts, ...named("text"), isString: true, type: 2, texts: { datapoints: [{ timestamp: 5, value: "æ" }] } },
    ]);
    expect(
      await list({
        ...named("writes"),
        start: -1000,
        end: 1000,
        aggregates: ["durationBad", "count", "maxDatapoint"],
        granularity: "1s",
      }),
    ).toMatchObject([
      {
        aggregates: {
          datapoints: [
            { timestamp: -1000, count: 1, durationBad: 0, maxDatapoint: { timestamp: -1000, value: -2.5 } },
            { timestamp: 0, count: 1, maxDatapoint: { timestamp: 0, value: 0 } },
          ],
        },
      },
    ]);
    expect(await list({ ...named("writes"), start: 5, end: 6 })).toMatchObject([{ isString: false, numbers: {} }]);
  });
});

const NUMBERS: Message = {
  timestamp: { number: 1, type: "int64" },
  value: { number: 2, type: "double" },
  status: { number: 3, type: { code: { number: 1, type: "int64" }, symbol: { number: 2, type: "string" } } },
};
const AGGREGATES: Message = {
  timestamp: { number: 1, type: "int64" },
  count: { number: 5, type: "double" },
  durationBad: { number: 17, type: "double" },
  maxDatapoint: { number: 18, type: NUMBERS },
};
const TEXTS: Message = { timestamp: { number: 1, type: "int64" }, value: { number: 2, type: "string" } };
const several = (type: Message): Message => ({ datapoints: { number: 1, type, repeated: true } });
/** The answer of the service, as its clients define it. */
const ANSWER: Message = {
  items: {
    number: 1,
    repeated: true,
    type: {
      id: { number: 1, type: "int64" },
      numbers: { number: 3, type: several(NUMBERS) },
      texts: { number: 4, type: several(TEXTS) },
      aggregates: { number: 5, type: several(AGGREGATES) },
      isString: { number: 6, type: "bool" },
      isStep: { number: 7, type: "bool" },
      unit: { number: 8, type: "string" },
      nextCursor: { number: 9, type: "string" },
      instanceId: {
        number: 11,
        type: { space: { number: 1, type: "string" }, externalId: { number: 2, type: "string" } },
      },
      type: { number: 12, type: "int64" },
    },
  },
};

describe("messages of protocol buffers", () => {
  const inner: Message = { text: { number: 1, type: "string" }, flag: { number: 900, type: "bool" } };
  const message: Message = {
    whole: { number: 1, type: "int64" },
    part: { number: 2, type: "double" },
    many: { number: 3, type: inner, repeated: true },
    one: { number: 4, type: inner },
  };
  const innerValue = fc.record(
    { text: fc.string({ unit: "grapheme", maxLength: 300 }), flag: fc.boolean() },
    { noNullPrototype: true },
  );
  const value = fc.record(
    {
      whole: fc.maxSafeInteger(),
      part: fc.double({ noNaN: true }),
      many: fc.array(innerValue, { minLength: 1, maxLength: 200 }),
      one: innerValue,
    },
    { requiredKeys: [], noNullPrototype: true },
  );

  it("are read as they were written, past fields that are not known", () => {
    const newer: Message = {
      ...message,
      ...{ a: { number: 5, type: "int64" }, b: { number: 6, type: "double" }, c: { number: 7, type: inner } },
    };
    fc.assert(
      fc.property(value, (one) => {
        const unknown = { a: -1, b: 0.5, c: { text: "x", flag: true } };
        expect(readMessage(message, writeMessage(newer, { ...unknown, ...one, ...unknown }))).toEqual(one);
      }),
      { seed: 1 },
    );
  });

  it("are refused with 400 when the bytes are none, whatever they are", () => {
    const refusal = (bytes: Uint8Array): unknown => {
      try {
        readDatapoints(bytes);
        return undefined;
      } catch (error) {
        return error instanceof Fault ? undefined : error;
      }
    };
    const whole = Uint8Array.from(Buffer.from(INSERTED, "hex"));
    const mutated = fc.tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length)).map(([at, byte, length]) => {
      const bytes = whole.slice(0, length);
      bytes[at] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 100 })), (bytes) => {
        expect(refusal(bytes)).toBeUndefined();
      }),
      { seed: 1, numRuns: 1000 },
    );
    expect(() => readDatapoints(whole.slice(0, 20))).toThrow("not a valid message");
  });
});
