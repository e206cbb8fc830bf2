import { describe, expect, it } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { openApiChecker } from "../../tools/openapi-checker.js";

const checker = openApiChecker();

describe.skipIf(checker === null)("the service's own document", () => {
  it.each([
    "models/spaces?includeGlobal=true",
    "models/containers?includeGlobal=true&limit=1000",
    "models/views?includeGlobal=true&limit=1000",
    "models/views?includeGlobal=true&limit=1000&includeInheritedProperties=false",
    "models/datamodels?includeGlobal=true",
    "models/datamodels?includeGlobal=true&inlineViews=true",
  ])("describes the answer with the whole core model to GET %s", async (path) => {
    const fetch = checker?.wrap(createEmulator().fetch);
    const request = new Request(`http://127.0.0.1/api/v1/projects/demo/${path}`, {
      headers: { authorization: "Bearer any" },
    });
    const answer = await fetch?.(request);
    expect(answer?.status).toBe(200);
    expect(await answer?.json()).toHaveProperty("items.0.isGlobal", true);
  });

  it("describes what a token may do", async () => {
    const fetch = checker?.wrap(createEmulator({ project: "demo" }).fetch);
    const request = new Request("http://127.0.0.1/api/v1/token/inspect", { headers: { authorization: "Bearer any" } });
    expect((await fetch?.(request))?.status).toBe(200);
  });
});
