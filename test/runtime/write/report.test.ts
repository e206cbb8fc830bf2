import { describe, expect, it } from "vitest";
import { ApiError, apiError, MultiRequestError } from "../../../src/errors/index.js";
import type { InstanceWrite, WrittenInstance } from "../../../src/models/index.js";
import { failuresOf, reportOf, type WriteAnswer } from "../../../src/runtime/write/report.js";
import { ref } from "../farm.js";

const view = { type: "view", space: "s", externalId: "Turbine", version: "v1" } as const;
const write = (externalId: string, next?: string): InstanceWrite => ({
  instanceType: "node",
  ...ref(externalId),
  sources: [{ source: view, properties: next === undefined ? {} : { next: { ...ref(next) } } }],
});
type Facts = Partial<WrittenInstance>;
const written = (externalId: string, facts: Facts): WrittenInstance => ({
  instanceType: "node",
  ...ref(externalId),
  version: 1,
  wasModified: true,
  createdTime: 5_000,
  lastUpdatedTime: 5_000,
  ...facts,
});
const answer = (items: WrittenInstance[], more: Partial<WriteAnswer> = {}): WriteAnswer => ({
  items,
  lost: false,
  after: 10,
  ...more,
});
const statuses = (writes: InstanceWrite[], answers: WriteAnswer[], began = 4_995) =>
  Object.fromEntries(reportOf({ writes, answers, began }).items.map(({ externalId, status }) => [externalId, status]));

describe("what became of instances", () => {
  it("tells created, updated and unchanged apart", () => {
    const answers = [
      answer([
        written("new", {}),
        written("old", { version: 3, createdTime: 100 }),
        written("same", { version: 2, wasModified: false, createdTime: 100, lastUpdatedTime: 4_999 }),
      ]),
    ];
    const report = reportOf({ writes: [write("new"), write("old"), write("same")], answers, began: 0 });
    expect(report.items.map(({ status }) => status)).toEqual(["created", "updated", "unchanged"]);
    expect(report.counts).toMatchObject({ created: 1, updated: 1, unchanged: 1, failed: 0, skipped: 0 });
  });

  it("says what a lost request did, by the service's clock, whatever this machine's says", () => {
    const lost = [
      written("made", { wasModified: false, createdTime: 5_002, lastUpdatedTime: 5_002 }),
      written("changed", { version: 2, wasModified: false, createdTime: 100, lastUpdatedTime: 5_002 }),
      written("same", { version: 2, wasModified: false, createdTime: 100, lastUpdatedTime: 4_000 }),
    ];
    const writes = [write("made"), write("changed"), write("same"), write("sure")];
    const expected = { made: "created", changed: "updated", same: "unchanged" };
    const answers = [answer(lost, { lost: true, after: 500 }), answer([written("sure", {})])];
    for (const began of [0, 4_995, 9_999_999]) expect(statuses(writes, answers, began)).toMatchObject(expected);
    // No other request tells the service's time.
    expect(statuses(writes.slice(0, 3), answers.slice(0, 1), 4_995)).toEqual(expected);
  });

  it("knows a node that was made for a relation by an earlier request of the same write", () => {
    const second = written("b", { version: 2, createdTime: 5_000, lastUpdatedTime: 5_050 });
    const answers = [answer([written("a", {})]), answer([second], { after: 60 })];
    expect(statuses([write("a", "b"), write("b")], answers)).toEqual({ a: "created", b: "created" });
    expect(statuses([write("a"), write("b")], answers)).toEqual({ a: "created", b: "updated" });
    const older = [answer([written("a", {})]), answer([{ ...second, createdTime: 4_000 }], { after: 60 })];
    expect(statuses([write("a", "b"), write("b")], older)).toEqual({ a: "created", b: "updated" });
  });

  it("tells those whose stored version is newer as skipped, whether the service answers them or not", () => {
    const versioned = (externalId: string) => ({ ...write(externalId), existingVersion: 3 });
    const answers = [
      answer([
        written("newer", { version: 4, wasModified: false }),
        written("same", { version: 3, wasModified: false, createdTime: 1, lastUpdatedTime: 1 }),
      ]),
    ];
    const writes = [versioned("newer"), versioned("same"), versioned("left-out")];
    const report = reportOf({ writes, answers, began: 0 });
    expect(report.skipped.map(({ externalId }) => externalId)).toEqual(["newer", "left-out"]);
    expect(report.counts).toMatchObject({ unchanged: 1, skipped: 2 });
  });
});

describe("what an error says of items", () => {
  const error = (status: number): ApiError => apiError(status, "no");

  it("of one request: all of them, refused or unknown", () => {
    expect(failuresOf(error(400), [write("a")])).toEqual([
      { instanceType: "node", ...ref("a"), status: "failed", error: expect.any(ApiError) },
    ]);
    expect(failuresOf(apiError(503, "no", { outcome: "unknown" }), [write("a")])[0]?.status).toBe("unknown");
  });

  it("of several: each what it came to, and the rest is told as written", () => {
    const id = (externalId: string) => ({ instanceType: "node", ...ref(externalId) }) as const;
    const cause = error(400);
    const thrown = new MultiRequestError({
      succeeded: [id("a")],
      failed: [{ id: id("b"), error: cause }],
      unknown: [{ id: id("c"), error: cause }],
      unsent: [id("d")],
      errors: [cause],
      remaining: [],
    });
    const writes = ["a", "b", "c", "d"].map((name) => write(name));
    const report = reportOf({
      writes,
      answers: [answer([written("a", {})])],
      began: 0,
      failed: failuresOf(thrown, writes),
    });
    expect(report.items.map(({ externalId }) => externalId)).toEqual(["a"]);
    expect(report.failed.map(({ externalId, status }) => [externalId, status])).toEqual([
      ["b", "failed"],
      ["c", "unknown"],
      ["d", "unsent"],
    ]);
    expect(report.counts).toMatchObject({ created: 1, failed: 1, unknown: 1, unsent: 1, skipped: 0 });
  });
});
