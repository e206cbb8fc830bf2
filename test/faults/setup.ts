import { afterAll, beforeAll, expect } from "vitest";
import { PygenClient, type PygenClientOptions } from "../../src/client/index.js";
import type { InstanceWrite, SourceReference } from "../../src/models/index.js";
import { type Fault, type FaultServer, startFaultServer } from "../tools/fault-server.js";
import type { ClientReport } from "./watch.js";

/** The options of a client that tests choose. */
export type Choices = Partial<Omit<PygenClientOptions, "baseUrl" | "cluster">>;

/** One fault server for the tests of a file, which give it a new plan each. */
export function sharedServer(): { readonly current: FaultServer } {
  let server: FaultServer | undefined;
  beforeAll(async () => {
    server = await startFaultServer();
  });
  afterAll(() => server?.stop());
  return {
    get current() {
      if (server === undefined) throw new Error("The fault server has not started.");
      return server;
    },
  };
}

/** A client that waits little between attempts. */
export function clientOf(server: FaultServer, choices: Choices = {}): PygenClient {
  return new PygenClient({
    baseUrl: server.url,
    project: "acme",
    application: "fault-tests",
    credentials: { getToken: async () => ({ token: "planted-token-1" }) },
    retry: { baseDelay: 2 },
    ...choices,
  } as PygenClientOptions);
}

const view = { type: "view", space: "faults", externalId: "Item", version: "v1" } as const;

/** A node by its number. */
export function nodeOf(
  number: number,
  more: { existingVersion?: number; value?: number; source?: SourceReference } = {},
): InstanceWrite {
  const { value = number, source = view, ...rest } = more;
  return {
    instanceType: "node",
    space: "faults",
    externalId: `n${number}`,
    ...rest,
    sources: [{ source, properties: { value } }],
  };
}

/** Nodes from 0. */
export function nodes(count: number): InstanceWrite[] {
  return Array.from({ length: count }, (_, number) => nodeOf(number));
}

/** The ids of nodes from 0. */
export function ids(count: number): { instanceType: "node"; space: string; externalId: string }[] {
  return Array.from({ length: count }, (_, number) => ({
    instanceType: "node",
    space: "faults",
    externalId: `n${number}`,
  }));
}

/** Whether an answer never ends, unless the client gives it up. */
export function endless(fault: Fault): boolean {
  return /stall|drip/.test(fault);
}

/** Waits until a client has met these faults, one after another, and waits: for the rest of an answer, or to send again. */
export async function met(server: FaultServer, report: ClientReport, faults: readonly Fault[]): Promise<void> {
  await expect.poll(async () => (await server.record()).requests.map(({ fault }) => fault)).toEqual(faults);
  const ended = faults.filter((fault) => !endless(fault)).length;
  await expect.poll(() => Object.values(report.repeated()).reduce((sum, times) => sum + times, 0)).toBe(ended);
}

/** What a promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`It resolved, with ${JSON.stringify(value)?.slice(0, 200)}`);
    },
    (error: unknown) => error,
  );
}
