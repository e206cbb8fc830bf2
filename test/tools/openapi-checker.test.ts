import { describe, expect, test } from "vitest";
import { openApiChecker } from "./openapi-checker.js";

const checker = openApiChecker();
const base = "https://service.example/api/v1/projects/acme";
const space = { space: "a", createdTime: 1, lastUpdatedTime: 1, isGlobal: false };

const send = (path: string, body: unknown, answer: unknown, status = 200) =>
  checker?.wrap(async () => Response.json(answer, { status }))(
    new Request(`${base}${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  );

describe.skipIf(checker === null)("the checker of requests and answers", () => {
  test("lets pass what fits, and hands the answer on", async () => {
    const response = await send("/models/spaces", { items: [{ space: "a" }] }, { items: [space] });
    expect(await response?.json()).toEqual({ items: [space] });
    await send("/models/spaces?limit=5&includeGlobal=true", undefined, { items: [] });
    await send("/somewhere/else", { any: 1 }, { thing: 2 });
    await send("/models/spaces", { items: [{ space: "a" }] }, "overloaded", 503);
  });

  test.each([
    ["a wrong request", "/models/spaces", { items: [{ space: "not a space" }] }, { items: [space] }, "request of POST"],
    [
      "a wrong answer",
      "/models/spaces",
      { items: [{ space: "a" }] },
      { items: [{ space: "a" }] },
      "answer 200 of POST",
    ],
    ["a wrong error", "/models/spaces", { items: [{ space: "a" }] }, { error: "x" }, "answer 400 of POST", 400],
    ["an unknown parameter", "/models/spaces?limt=5", undefined, { items: [] }, "does not take the parameter limt"],
  ])("throws for %s", async (_name, path, body, answer, message, status = 200) => {
    await expect(send(path, body, answer, status)).rejects.toThrow(message);
  });
});
