import { describe, expect, it } from "vitest";
import { isMultiRequestError, isPygenError } from "../../src/errors/index.js";
import type { Fault } from "../tools/fault-server.js";
import { type Choices, clientOf, endless, nodeOf, nodes, rejection, sharedServer } from "./setup.js";

const server = sharedServer();

/** Attempts are short where an answer never ends, and there may be as many as a busy machine needs. */
const optionsFor = (fault: Fault): Choices =>
  endless(fault)
    ? { timeout: { attempt: 300, total: Number.POSITIVE_INFINITY }, retry: { attempts: 1_000, baseDelay: 2 } }
    : {};

/** A server that has nodes in version 1, and then fails writes as the script says. */
async function prepare(count: number, script: readonly (Fault | null)[]): Promise<void> {
  await server.current.configure({});
  await clientOf(server.current).instances.upsert(nodes(count));
  await server.current.configure({ script, paths: ["/models/instances"], keep: true });
}

const changed = (count: number, existingVersion = 1) =>
  Array.from({ length: count }, (_, number) => nodeOf(number, { existingVersion, value: number + 1_000_000 }));

async function writes() {
  return (await server.current.record()).requests.filter(({ path }) => path === "/models/instances");
}

const applied: readonly Fault[] = [
  "reset-after",
  "reset-within",
  "stall-headers",
  "stall-body",
  "truncated",
  "length-too-long",
  "503-after",
];

describe.each(applied)("an upsert with existingVersion that was applied, then %s", (fault) => {
  it("is read back and reported as written, not as a conflict with itself", async () => {
    await prepare(3, [fault]);
    const written = await clientOf(server.current, optionsFor(fault)).instances.upsert(changed(3));
    expect(written.map(({ externalId, version }) => [externalId, version])).toEqual([
      ["n0", 2],
      ["n1", 2],
      ["n2", 2],
    ]);
    expect((await writes()).filter((entry) => entry.applied)).toHaveLength(1);
    expect((await server.current.stored()).map(({ version, values }) => [version, values["value"]])).toEqual([
      [2, 1_000_000],
      [2, 1_000_001],
      [2, 1_000_002],
    ]);
  });
});

describe.each(["reset-before", "503", "stall-before"] as const)("one that was not applied, then %s", (fault) => {
  it("is sent again and written once", async () => {
    await prepare(3, [fault, null]);
    const written = await clientOf(server.current, optionsFor(fault)).instances.upsert(changed(3));
    expect(written.map(({ version }) => version)).toEqual([2, 2, 2]);
    const [first, ...further] = await writes();
    expect(first?.applied).toBe(false);
    expect(further.filter((entry) => entry.applied)).toHaveLength(1);
    if (!endless(fault)) expect(further).toHaveLength(1);
  });
});

describe("an insert (existingVersion 0)", () => {
  it("whose answer was lost is reported as written", async () => {
    await prepare(0, ["reset-after"]);
    const written = await clientOf(server.current).instances.upsert(changed(2, 0));
    expect(written.map(({ version }) => version)).toEqual([1, 1]);
    expect((await writes()).filter((entry) => entry.applied)).toHaveLength(1);
  });

  it("that never arrived is sent again", async () => {
    await prepare(0, ["reset-before"]);
    expect(await clientOf(server.current).instances.upsert(changed(2, 0))).toHaveLength(2);
    expect((await writes()).map((entry) => entry.applied)).toEqual([false, true]);
  });
});

describe("another writer", () => {
  it("that came first makes it a conflict, which is reported as refused", async () => {
    await prepare(2, []);
    await clientOf(server.current).instances.upsert([nodeOf(1, { value: 5 })]);
    const error = await rejection(clientOf(server.current).instances.upsert(changed(2)));
    expect(error).toMatchObject({ name: "ConflictError", status: 409 });
  });

  it("that came between a lost attempt and the next one makes it a conflict, not a success", async () => {
    await prepare(2, ["reset-before-rival-first"]);
    const error = await rejection(clientOf(server.current).instances.upsert(changed(2)));
    expect((await writes()).some((entry) => entry.applied)).toBe(false);
    expect(error).toMatchObject({ name: "ConflictError", status: 409 });
  });

  it("that wrote over what was applied never makes it be reported as not applied", async () => {
    await prepare(2, ["reset-after-rival-last"]);
    const outcome = await clientOf(server.current)
      .instances.upsert(changed(2))
      .catch((error: unknown) => error);
    expect((await writes())[0]?.applied).toBe(true);
    if (Array.isArray(outcome)) return;
    if (!isPygenError(outcome)) throw outcome;
    expect(outcome).toMatchObject({ outcome: "unknown" });
  });
});

describe("one through a container, which cannot be read back", () => {
  it("that was applied before its answer was lost is not reported as refused", async () => {
    await prepare(0, ["reset-after"]);
    const source = { type: "container", space: "faults", externalId: "Item" } as const;
    const error = await rejection(
      clientOf(server.current).instances.upsert([nodeOf(1, { existingVersion: 0, source })]),
    );
    expect((await writes()).filter((entry) => entry.applied)).toHaveLength(1);
    expect(error).toMatchObject({ status: 409, outcome: "unknown", hint: expect.stringContaining("itself") });
  });
});

describe("3,500 upserts with existingVersion at 30 % lost answers and 10 % lost requests", () => {
  it.each([1, 2, 3])("all end as written, each once (seed %d)", async (seed) => {
    await server.current.configure({});
    await clientOf(server.current).instances.upsert(nodes(3_500));
    const rates = { "reset-after": 0.3, "reset-before": 0.1 };
    await server.current.configure({ seed, rates, keep: true });
    const client = clientOf(server.current, { retry: { attempts: 15, baseDelay: 2 } });
    const written = await client.instances.upsert(changed(3_500));
    expect(written.map(({ externalId }) => externalId)).toEqual(nodes(3_500).map(({ externalId }) => externalId));
    expect(written.every(({ version }) => version === 2)).toBe(true);
    const done = (await writes()).filter((entry) => entry.applied);
    expect(done.reduce((sum, entry) => sum + entry.items, 0)).toBe(3_500);
    expect((await server.current.stored()).every(({ version }) => version === 2)).toBe(true);
  });

  it("that give up say of no item that was applied that it failed", async () => {
    await server.current.configure({});
    await clientOf(server.current).instances.upsert(nodes(3_500));
    await server.current.configure({ rates: { "reset-after": 0.5, "reset-before": 0.4 }, seed: 4, keep: true });
    const client = clientOf(server.current, { retry: { attempts: 2, baseDelay: 2 } });
    const error = await rejection(client.instances.upsert(changed(3_500)));
    if (!isMultiRequestError(error)) throw error;
    const version = new Map((await server.current.stored()).map((stored) => [stored.externalId, stored.version]));
    const nameOf = (id: unknown) => (id as { externalId: string }).externalId;
    expect(error.succeeded.every((id) => version.get(nameOf(id)) === 2)).toBe(true);
    expect(error.failed.every(({ id }) => version.get(nameOf(id)) === 1)).toBe(true);
    expect(error.unsent.every((id) => version.get(nameOf(id)) === 1)).toBe(true);
    const all = error.succeeded.length + error.failed.length + error.unknown.length + error.unsent.length;
    expect(all).toBe(3_500);
  });
});
