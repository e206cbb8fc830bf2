import { onTestFinished } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { type Listening, listen } from "../../src/emulator/node.js";
import { type CommonClientOptions, type Fetch, type InstanceWrite, PygenClient, token } from "../../src/index.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const checker = openApiChecker();

type TestOptions = Partial<CommonClientOptions> & { readonly fetch?: Fetch };

/** A client of an emulator that listens, with time series and files to write data to in space `data`. */
export interface DataPlane {
  readonly client: PygenClient;
  readonly server: Listening;
  readonly emulator: Emulator;
}

/** Names the node of space `data`. */
export function idOf(externalId: string): {
  readonly instanceId: { readonly space: string; readonly externalId: string };
} {
  return { instanceId: { space: "data", externalId } };
}

/** Starts an emulator, over HTTP and held against the OpenAPI document, and stops it after the test. */
export async function dataPlane(options: TestOptions = {}, emulatorOptions: EmulatorOptions = {}): Promise<DataPlane> {
  const emulator = createEmulator({ token: "planted-token", ...emulatorOptions });
  const server = await listen(emulator);
  const client = clientOf(server.url, options);
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  await client.spaces.create([{ space: "data" }]);
  await client.instances.upsert([
    timeSeries("number", { type: "numeric" }),
    timeSeries("steps", { type: "numeric", isStep: true, sourceUnit: "bar" }),
    timeSeries("text", { type: "string" }),
    timeSeries("state", { type: "state" }),
    ...["file", "other"].map((name) => file(name, name === "file" ? { mimeType: "text/csv", directory: "/d" } : {})),
  ]);
  return { client, server, emulator };
}

/** A client that retries without waiting long. */
export function clientOf(baseUrl: string, options: TestOptions = {}): PygenClient {
  return new PygenClient({
    baseUrl,
    project: "demo",
    application: "tests",
    credentials: token("planted-token"),
    retry: { baseDelay: 1, attempts: 3 },
    compression: false,
    ...(checker === null ? {} : { fetch: checker.wrap() }),
    ...options,
  });
}

/** A node that is a time series. */
export function timeSeries(externalId: string, properties: Readonly<Record<string, string | boolean>>): InstanceWrite {
  const source = { type: "view", space: "cdf_cdm", externalId: "CogniteTimeSeries", version: "v1" } as const;
  return {
    instanceType: "node",
    space: "data",
    externalId,
    sources: [{ source, properties: { isStep: false, ...properties } }],
  };
}

function file(externalId: string, properties: Readonly<Record<string, string>>): InstanceWrite {
  const source = { type: "view", space: "cdf_cdm", externalId: "CogniteFile", version: "v1" } as const;
  return {
    instanceType: "node",
    space: "data",
    externalId,
    sources: [{ source, properties: { name: `${externalId}.csv`, ...properties } }],
  };
}
