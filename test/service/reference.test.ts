import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { dataModelsOf, generate, readModelDocument } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { formatVersionedId } from "../../src/models/index.js";
import { createService, memoryStore, type ServiceOptions } from "../../src/service/index.js";
import { direct, file, text, view } from "../ir/models.js";
import { post, refusalOf } from "./asking.js";

const secret = "cdf-token-planted-0123456789";
const wind = file({
  Turbine: { properties: { name: text, farm: direct(view("Farm")) } },
  Farm: { properties: { name: text } },
});
const [model] = dataModelsOf(readModelDocument(wind));
const id = formatVersionedId(model!);
const reference = { dataModels: [id], project: "demo", baseUrl: "http://emulator" };
const headers = { "x-cdf-authorization": `Bearer ${secret}` };

function setUp(options: ServiceOptions = {}, token: string | undefined = secret) {
  const emulator = createEmulator(token === undefined ? {} : { token });
  emulator.load(wind);
  const asked: Request[] = [];
  const lines: string[] = [];
  const line = (message: string, fields: object = {}) => void lines.push(message + JSON.stringify(fields));
  const kept: string[] = [];
  const store = memoryStore();
  const service = createService({
    baseUrls: ["http://emulator"],
    fetch: (request) => {
      asked.push(request);
      return emulator.fetch(request);
    },
    logger: { debug: line, info: line, warn: line, error: line },
    store: {
      ...store,
      set: (key, result) => {
        kept.push(key, strFromU8(result.bytes));
        return store.set(key, result);
      },
    },
    ...options,
  });
  return { service, asked, lines, kept };
}

describe("a model that is named", () => {
  test("is fetched with the caller's token, and gives what its file gives", async () => {
    const { service, asked } = setUp();
    const answer = await service.fetch(post("/generate", { model: reference }, headers));
    expect(answer.status).toBe(200);
    const entries = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const { files } = generate({ document: readModelDocument(wind) });
    expect(Object.keys(entries).sort()).toEqual([...files.keys()].sort());
    expect(asked.map((request) => request.headers.get("authorization"))).toEqual([`Bearer ${secret}`]);
  });

  test("leaves nothing of the token in logs, answers and what is kept, whatever happens", async () => {
    const { service, lines, kept } = setUp();
    const { service: refusing, lines: refused } = setUp({}, "another-token-0123456789");
    const { service: failing, lines: failed } = setUp({
      fetch: () => Promise.reject(new TypeError(`failed with ${headers["x-cdf-authorization"]}`)),
      limits: { fetchMilliseconds: 200 },
    });
    const answers = [
      await service.fetch(post("/generate", { model: reference }, headers)),
      await service.fetch(post("/validate", { model: { ...reference, dataModels: ["a/b@c"] } }, headers)),
      await refusing.fetch(post("/generate", { model: reference }, headers)),
      await failing.fetch(post("/generate", { model: reference }, headers)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 502]);
    const texts = await Promise.all(
      answers.map(async (answer) => (await answer.text()) + JSON.stringify([...answer.headers])),
    );
    expect([...texts, ...lines, ...refused, ...failed, ...kept].join("\n")).not.toContain(secret);
    expect(kept.length).toBeGreaterThan(0);
    expect(failed.length).toBeGreaterThan(0);
  });

  test.for([
    ["without a token", reference, {}, 401, "ACCESS.CDF_TOKEN"],
    [
      "at an address that is not allowed",
      { ...reference, baseUrl: "http://169.254.169.254" },
      headers,
      422,
      "REQUEST.ADDRESS",
    ],
    [
      "at another port of an allowed one",
      { ...reference, baseUrl: "http://emulator:81" },
      headers,
      422,
      "REQUEST.ADDRESS",
    ],
    ["with an address and a cluster", { ...reference, cluster: "westeurope-1" }, headers, 422, "REQUEST.ADDRESS"],
    [
      "with a cluster that is part of an address",
      { ...reference, baseUrl: undefined, cluster: "evil.test/" },
      headers,
      422,
      "REQUEST.BODY",
    ],
    ["with a project that is a path", { ...reference, project: "../x" }, headers, 422, "REQUEST.BODY"],
    ["that is not there", { ...reference, dataModels: ["a/b@c"] }, headers, 404, "MODEL.NOT_FOUND"],
  ] as const)("%s is refused, and no other address is asked", async ([, model, given, status, code]) => {
    const { service, asked } = setUp();
    const answer = await service.fetch(post("/validate", { model }, given));
    expect(await refusalOf(answer)).toEqual([status, code]);
    expect(asked.every(({ url }) => new URL(url).origin === "http://emulator")).toBe(true);
  });

  test("of a cluster is asked for there", async () => {
    const urls: string[] = [];
    const { service } = setUp({
      fetch: async ({ url }) => {
        urls.push(url);
        return Response.json({ items: [] });
      },
    });
    await service.fetch(
      post("/validate", { model: { dataModels: [id], project: "acme", cluster: "westeurope-1" } }, headers),
    );
    expect(urls.map((url) => new URL(url).origin)).toEqual(["https://westeurope-1.cognitedata.com"]);
  });
});
