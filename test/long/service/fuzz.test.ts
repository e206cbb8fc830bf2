// Calls made up from the description of the service itself, and calls that are nearly so: CALLS=2000 by default.
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { serve } from "../../../src/service/node/index.js";
import { plant } from "../../service/asking.js";
import { builtWorker } from "../../service/built-worker.js";
import { anything, changed, type Schema, valuesOf } from "./schema-values.js";

interface Operation {
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly schema: { readonly $ref: string } } };
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> }>
  >;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Call {
  readonly at: string;
  readonly method: string;
  readonly operation: Operation;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

const calls = Number(process.env["CALLS"] ?? 2_000);
const { script } = builtWorker();

async function serving(): Promise<{ readonly url: string; readonly description: Description }> {
  const emulator = createEmulator();
  emulator.load(plant);
  const server = await serve({
    threads: 2,
    script: script(),
    cors: ["*"],
    baseUrls: ["http://emulator"],
    // Every cluster is this emulator: nothing leaves the machine.
    fetch: (request) => emulator.fetch(request),
    limits: { perMinute: 1_000_000, milliseconds: 10_000, bodyBytes: 2_000_000 },
  });
  onTestFinished(() => server.close());
  const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as Description;
  return { url: server.url, description };
}

/** Places in a value. */
const path = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 6 });

/** Models that are nearly right: what goes wrong deep inside is found by no other. */
const models = fc
  .array(fc.tuple(path, fc.option(anything, { nil: undefined })), { maxLength: 2 })
  .map((changes) => changes.reduce((model, [place, instead]) => changed(model, place, instead), plant as unknown));
const files = fc.array(
  fc.oneof(
    models.map((model) => ({ path: "model.json", text: JSON.stringify(model) ?? "" })),
    fc.record({ path: fc.constantFrom("a.yaml", "b.view.yaml", "c.graphql"), text: fc.string({ maxLength: 300 }) }),
    fc.string({ maxLength: 40 }).map((text) => ({ path: "d.graphql", text: `type A { name: String ${text} }` })),
  ),
  { minLength: 1, maxLength: 3 },
);
const model = fc.oneof(fc.constant(plant), models).map((document) => ({ document }));
const config = fc.constantFrom({}, { language: "python" }, { strict: false });
const known = { model, before: model, after: model, document: models, files, config, dataModel: fc.constant("M") };

const headers = fc.record(
  {
    "content-type": fc.oneof(
      { weight: 9, arbitrary: fc.constant("application/json") },
      fc.constantFrom("application/json; charset=utf-8", "application/vnd.x+json", "text/plain", "a/b;;=", ""),
    ),
    accept: fc.constantFrom(
      "*/*",
      "application/json",
      "application/gzip;q=x",
      ",;,=",
      "application/zip;q=0",
      "text/html",
    ),
    "if-none-match": fc.constantFrom("*", '"', 'W/"', `"${"0".repeat(64)}"`, ",,,"),
    "x-cdf-authorization": fc.constantFrom("Bearer t", "Bearer", "Basic YQ==", "bearer  a b", "Bearer \u00e9"),
    authorization: fc.constantFrom("Bearer x", "x"),
    "x-api-key": fc.string({ unit: "grapheme-ascii", maxLength: 5 }).map((key) => key.trim()),
    origin: fc.constantFrom("null", "https://a.test", "x"),
    "x-forwarded-for": fc.constantFrom("1.2.3.4", ",,", "x".repeat(3_000)),
    traceparent: fc.constantFrom("00-0-0-0", "x"),
  },
  { requiredKeys: [] },
);

/** What is sent as a body: of the schema; with one place changed; cut; or not JSON at all. */
function bodies(schema: Schema): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  const right = valuesOf(schema, known);
  const near = fc.tuple(right, path, fc.option(anything, { nil: undefined })).map((all) => changed(...all));
  const text = (value: fc.Arbitrary<unknown>) => value.map((each) => JSON.stringify(each) ?? "");
  return fc.oneof(
    { weight: 4, arbitrary: text(right) },
    { weight: 4, arbitrary: text(near) },
    { weight: 1, arbitrary: fc.tuple(text(right), fc.nat(200)).map(([whole, most]) => whole.slice(0, most)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array(bytes)) },
    { weight: 1, arbitrary: fc.integer({ min: 90, max: 50_000 }).map((levels) => `{"model":${"[".repeat(levels)}`) },
    { weight: 1, arbitrary: text(anything) },
  );
}

describe("the service, asked by its own description", () => {
  const checker = new Ajv2020({ strict: false, validateFormats: false });

  it(`answers ${calls} calls within bounds, as described, and never with a fault of its own`, async () => {
    const { url, description } = await serving();
    checker.addSchema(description, "openapi");
    const check = (ref: string, value: unknown): void => {
      const ok = checker.validate({ $ref: `openapi${ref}` }, value);
      expect(ok, `${checker.errorsText()} in ${JSON.stringify(value).slice(0, 500)}`).toBe(true);
    };
    const operations = Object.entries(description.paths).flatMap(([at, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ at, method: method.toUpperCase(), operation })),
    );
    const seen = new Map<string, number>();
    const works = fc.constantFrom(...operations.filter(({ method }) => method === "POST"));
    const operationOf = fc.oneof({ weight: 5, arbitrary: works }, fc.constantFrom(...operations));
    const call: fc.Arbitrary<Call> = operationOf.chain(({ at, method, operation }) => {
      const ref = operation.requestBody?.content["application/json"].schema.$ref.split("/").at(-1) ?? "";
      const schema = description.components.schemas[ref];
      return fc.record({
        at: fc.constant(at),
        method: fc.oneof(
          { weight: 9, arbitrary: fc.constant(method) },
          fc.constantFrom("GET", "PUT", "OPTIONS", "HEAD"),
        ),
        operation: fc.constant(operation),
        headers: headers.map((some) => ({ "content-type": "application/json", ...some })),
        body: schema ? bodies(schema) : fc.constant(undefined),
      });
    });
    const ask = async ({ at, method, operation, headers: sent, body }: Call): Promise<void> => {
      const withBody = body !== undefined && method !== "GET" && method !== "HEAD";
      const answer = await fetch(`${url}${at}`, {
        method,
        headers: sent,
        ...(withBody ? { body } : {}),
        // Whatever is asked has an end.
        signal: AbortSignal.timeout(300_000),
      });
      const { status } = answer;
      seen.set(`${at} ${status}`, (seen.get(`${at} ${status}`) ?? 0) + 1);
      const type = answer.headers.get("content-type") ?? "";
      const bytes = await answer.arrayBuffer();
      expect(status, Buffer.from(bytes).toString().slice(0, 500)).toBeLessThan(500);
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      if (method === "HEAD") return;
      const described = operation.responses[String(status)];
      if (method !== "OPTIONS" && status !== 405) expect(described, `${at} answers ${status}`).toBeDefined();
      if (status >= 400) {
        expect(type).toBe("application/problem+json");
        expect(bytes.byteLength).toBeLessThan(1_000_000);
        check("#/components/schemas/Problem", JSON.parse(Buffer.from(bytes).toString()));
      }
      const ref = described?.content?.[type]?.schema?.$ref;
      if (status === 200 && ref !== undefined) check(ref, JSON.parse(Buffer.from(bytes).toString()));
    };
    await fc.assert(fc.asyncProperty(call, ask), { seed: 8, numRuns: calls, endOnFailure: true });
    console.log(
      `calls: ${[...seen]
        .sort()
        .map(([what, count]) => `${what} x ${count}`)
        .join(", ")}`,
    );
    // It has come through to what does the work, and not only to the door.
    for (const at of ["/generate", "/validate", "/diff"]) expect(seen.get(`${at} 200`) ?? 0, at).toBeGreaterThan(3);
  });
});
