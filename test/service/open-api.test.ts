import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { createService } from "../../src/service/index.js";
import { file, text } from "../ir/models.js";
import { plant, post } from "./asking.js";

interface Description {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, object>> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const service = createService({ limits: { views: 5 } });
let description: Description;
let check: (name: string, value: unknown) => boolean;

beforeAll(async () => {
  description = (await (await service.fetch(new Request("http://service/openapi.json"))).json()) as Description;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(description, "openapi");
  check = (name, value) => ajv.validate({ $ref: `openapi#/components/schemas/${name}` }, value);
});

describe("/openapi.json", () => {
  test("names every path that is served, with what it answers", async () => {
    expect(Object.keys(description.paths).sort()).toEqual(
      ["/diff", "/generate", "/health", "/openapi.json", "/ready", "/validate", "/version"].sort(),
    );
    for (const [path, methods] of Object.entries(description.paths)) {
      const answer = await service.fetch(methods["get"] ? new Request(`http://service${path}`) : post(path, {}));
      const [only] = Object.values(methods);
      expect(Object.keys(only?.responses ?? {}), path).toContain(String(answer.status));
    }
  });

  test("describes bodies as they are taken", () => {
    const model = { document: plant };
    expect(check("GenerateRequest", { model, format: "zip", config: { language: "python" } })).toBe(true);
    expect(check("GenerateRequest", { model, format: "rar" })).toBe(false);
    expect(check("GenerateRequest", { model, lang: 1 })).toBe(false);
    expect(check("ValidateRequest", { model: { files: [{ path: "a.json", text: "{}" }] } })).toBe(true);
    expect(check("DiffRequest", { before: model, after: model })).toBe(true);
    expect(check("DiffRequest", { before: model })).toBe(false);
  });

  test("describes answers as they are given", async () => {
    const model = { document: plant };
    const of = async (path: string, body: object) => (await service.fetch(post(path, body))).json();
    expect(check("Diagnostics", await of("/validate", { model }))).toBe(true);
    expect(
      check(
        "Changes",
        await of("/diff", { before: model, after: { document: file({ Farm: { properties: { name: text } } }) } }),
      ),
    ).toBe(true);
    expect(check("Files", await of("/generate", { model, format: "json" }))).toBe(true);
    expect(check("Problem", await of("/generate", { model: 1 }))).toBe(true);
  });
});

describe("the page", () => {
  test("runs nothing but what is in it", async () => {
    const answer = await service.fetch(new Request("http://service/"));
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-[\w+/=]+'; style-src 'sha256-/);
    const [, script = ""] = /<script type="module">([\s\S]*)<\/script>/.exec(await answer.text()) ?? [];
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
    expect(policy).toContain(`'sha256-${Buffer.from(digest).toString("base64")}'`);
  });

  test("HEAD has no body, and every answer has an id", async () => {
    const answer = await service.fetch(new Request("http://service/version", { method: "HEAD" }));
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a service that is to stop is healthy, and not ready", async () => {
    const stopping = createService();
    const statusOf = async (path: string) => (await stopping.fetch(new Request(`http://service${path}`))).status;
    expect(await statusOf("/ready")).toBe(200);
    stopping.drain();
    expect([await statusOf("/health"), await statusOf("/ready")]).toEqual([200, 503]);
  });
});
