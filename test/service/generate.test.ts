import { gunzipSync, gzipSync } from "node:zlib";
import { strFromU8, unzipSync } from "fflate";
import { unpackTar } from "modern-tar";
import { describe, expect, test } from "vitest";
import { generate, python, readModelDocument } from "../../src/codegen/index.js";
import { createService } from "../../src/service/index.js";
import { file, text } from "../ir/models.js";
import { plant, post, refusalOf } from "./asking.js";

const service = createService({ limits: { perMinute: 100_000 } });
const expected = generate({ document: readModelDocument(plant) });
const byText = [...expected.files].sort();

describe("POST /generate", () => {
  test("gives the files that the generator makes, as a zip where nothing else is asked for", async () => {
    const answer = await service.fetch(post("/generate", { model: { document: plant } }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="sdk.zip"');
    const entries = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(
      Object.entries(entries)
        .map(([name, bytes]) => [name, strFromU8(bytes)])
        .sort(),
    ).toEqual(byText);
    const warnings = expected.diagnostics.filter(({ severity }) => severity === "warning").length;
    expect(answer.headers.get("x-pygen-warnings")).toBe(String(warnings));
  });

  test.for([
    [{ format: "tar.gz" }, {}],
    [{}, { accept: "application/gzip" }],
    [{}, { accept: "application/zip;q=0.1, application/gzip;q=0.9" }],
  ] as const)("gives them as tar.gz by %j and %j", async ([more, headers]) => {
    const answer = await service.fetch(post("/generate", { model: { document: plant }, ...more }, headers));
    expect(answer.headers.get("content-type")).toBe("application/gzip");
    const entries = await unpackTar(gunzipSync(new Uint8Array(await answer.arrayBuffer())));
    expect(entries.map(({ header, data }) => [header.name, strFromU8(data ?? new Uint8Array())]).sort()).toEqual(
      byText,
    );
  });

  test.for([
    [{ format: "json" }, {}],
    [{}, { accept: "text/html, application/json" }],
  ] as const)("gives them as JSON by %j and %j", async ([more, headers]) => {
    const answer = await service.fetch(post("/generate", { model: { document: plant }, ...more }, headers));
    const { files } = (await answer.json()) as { readonly files: Readonly<Record<string, string>> };
    expect(Object.entries(files).sort()).toEqual(byText);
  });

  test("takes files in YAML, variables, what the model builds on, and a configuration", async () => {
    const model = {
      files: [
        {
          path: "Pump.view.yaml",
          text: "space: '{{ space }}'\nexternalId: Pump\nversion: v1\nimplements:\n- {type: view, space: base, externalId: Asset, version: v1}\n",
        },
      ],
      dependsOn: [{ path: "base.json", text: JSON.stringify(baseOf("base")) }],
      variables: { space: "plant" },
    };
    const answer = await service.fetch(
      post("/generate", { model, format: "json", config: { language: "python", naming: {}, strict: false } }),
    );
    const { files } = (await answer.json()) as { readonly files: Readonly<Record<string, string>> };
    expect(Object.keys(files).some((name) => name.endsWith("pump.py"))).toBe(true);
    expect(Object.values(files).join("\n")).toContain("serial_number");
  });

  test.for(["application/json; charset=UTF-8", 'application/json;charset="utf-8"; x=1', "application/geo+json"])(
    "takes a body of type %s, packed by gzip",
    async (type) => {
      const body = gzipSync(JSON.stringify({ model: { document: plant }, format: "json" }));
      const headers = { "content-type": type, "content-encoding": "GZIP" };
      const answer = await service.fetch(post("/generate", "", headers, { body }));
      const { files } = (await answer.json()) as { readonly files: Readonly<Record<string, string>> };
      expect(Object.entries(files).sort()).toEqual(byText);
    },
  );

  test("gives the same bytes and the same ETag for the same request, and 304 to who has it", async () => {
    const ask = (headers = {}) => service.fetch(post("/generate", { model: { document: plant } }, headers));
    const [first, second] = [
      await ask(),
      await createService().fetch(post("/generate", { model: { document: plant } })),
    ];
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    expect(second.headers.get("etag")).toBe(etag);
    expect(new Uint8Array(await second.arrayBuffer())).toEqual(new Uint8Array(await first.arrayBuffer()));
    const third = await ask({ "if-none-match": `"other", W/${etag}` });
    expect([third.status, third.headers.get("etag"), await third.text()]).toEqual([304, etag, ""]);
    expect((await ask({ "if-none-match": '"other"' })).status).toBe(200);
  });

  test("If-None-Match: * is met by whatever there is, kept or made, and by nothing where there is none", async () => {
    const fresh = createService();
    const ask = (model: object) => fresh.fetch(post("/generate", { model }, { "if-none-match": " * " }));
    for (let time = 0; time < 2; time++) {
      const answer = await ask({ document: plant });
      expect([answer.status, await answer.text()]).toEqual([304, ""]);
      expect(answer.headers.get("etag")).toMatch(/^"[0-9a-f]{64}"$/);
    }
    expect((await ask({ files: [{ path: "a.json", text: "{" }] })).status).toBe(422);
  });

  test("another configuration has another ETag", async () => {
    const etags = new Set<string | null>();
    for (const config of [{}, { language: "python" }, { strict: false }, { typescript: { int64: "bigint" } }]) {
      etags.add((await service.fetch(post("/generate", { model: { document: plant }, config }))).headers.get("etag"));
    }
    expect(etags.size).toBe(4);
  });

  test("refuses a model with errors, and tells them all", async () => {
    const document = file({
      A: { implements: [{ type: "view", space: "gone", externalId: "B", version: "v1" }], properties: {} },
    });
    const answer = await service.fetch(post("/generate", { model: { document }, config: { strict: true } }));
    const problem = (await answer.json()) as { readonly code: string; readonly diagnostics: readonly object[] };
    expect([answer.status, problem.code]).toEqual([422, "MODEL.INVALID"]);
    expect(problem.diagnostics.length).toBeGreaterThan(0);
  });

  test("what is generated equals, whatever the language", async () => {
    const answer = await service.fetch(
      post("/generate", { model: { document: plant }, format: "json", config: { language: "python" } }),
    );
    const { files } = (await answer.json()) as { readonly files: Readonly<Record<string, string>> };
    const own = generate({ document: readModelDocument(plant), target: python() });
    expect(Object.entries(files).sort()).toEqual([...own.files].sort());
  });

  test("a view called __proto__ is a file as any other", async () => {
    const document = file({ ["__proto__"]: { properties: { name: text } } });
    const answer = await service.fetch(post("/generate", { model: { document } }));
    expect(answer.status).toBe(200);
    const entries = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(entries).length).toBe(generate({ document: readModelDocument(document) }).files.size);
  });
});

describe("POST /validate", () => {
  test("tells everything that is odd, as the generator does", async () => {
    const document = file({
      A: { implements: [{ type: "view", space: "gone", externalId: "B", version: "v1" }], properties: {} },
    });
    const answer = await service.fetch(post("/validate", { model: { document } }));
    const { diagnostics } = generate({ document: readModelDocument(document) });
    expect(await answer.json()).toEqual({
      ok: diagnostics.every(({ severity }) => severity !== "error"),
      diagnostics: JSON.parse(JSON.stringify(diagnostics)),
    });
  });

  test("chooses a data model, and says which there are where there is no such one", async () => {
    const answer = await service.fetch(post("/validate", { model: { document: plant }, dataModel: "Nothing" }));
    expect(await refusalOf(answer)).toEqual([422, "MODEL.NOT_FOUND"]);
  });
});

describe("POST /diff", () => {
  test("tells what changed, and whether it breaks", async () => {
    const after = file({ Turbine: { properties: { name: text } }, Farm: { properties: { name: text } } });
    const answer = await service.fetch(post("/diff", { before: { document: plant }, after: { document: after } }));
    const { breaking, changes } = (await answer.json()) as { breaking: boolean; changes: { place: string }[] };
    expect(breaking).toBe(true);
    expect(changes.map(({ place }) => place).join("\n")).toContain("Turbine@v1.farm");
    const same = await service.fetch(post("/diff", { before: { document: plant }, after: { document: plant } }));
    expect(await same.json()).toEqual({ breaking: false, changes: [] });
  });
});

function baseOf(space: string): object {
  return {
    views: [
      {
        space,
        externalId: "Asset",
        version: "v1",
        properties: {
          serialNumber: {
            container: { type: "container", space, externalId: "Asset" },
            containerPropertyIdentifier: "serialNumber",
          },
        },
      },
    ],
    containers: [{ space, externalId: "Asset", properties: { serialNumber: { type: { type: "text", list: false } } } }],
  };
}
