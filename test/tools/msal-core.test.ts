import { type Plugin, rollup } from "rollup";
import { describe, expect, it } from "vitest";
import { msalCore } from "./msal-core.mjs";

const entry = "/app/node_modules/@azure/msal-browser/dist/index.mjs";

/** Files of a made-up MSAL, by name, which rollup reads after those that the plugin gives. */
const files = (names: readonly string[]): Plugin => ({
  name: "files",
  resolveId: (id) => (id.startsWith("./") ? `/app/node_modules/@azure/msal-browser/dist/${id.slice(2)}` : id),
  load: (id) =>
    id === entry
      ? names.map((name) => `export { ${name} } from "./${name}.mjs";`).join("\n")
      : `export class ${id.replace(/.*\/|\.mjs$/g, "")} { whole() {} }`,
});

const built = async (names: readonly string[]): Promise<string> => {
  const bundle = await rollup({ input: entry, plugins: [msalCore() as Plugin, files(names)] });
  return (await bundle.generate({})).output[0].code;
};

const broker = ["PlatformAuthInteractionClient", "PlatformAuthExtensionHandler", "PlatformAuthDOMHandler"];

describe("msal-core", () => {
  it("leaves the broker's classes empty and all else as it is", async () => {
    const code = await built([...broker, "PopupClient"]);
    expect(code.match(/whole\(\)/g)).toHaveLength(1);
    expect(code).toMatch(/class PopupClient \{ whole\(\)/);
  });

  it("stops when one of the files is not there any more", async () => {
    await expect(built(broker.slice(1))).rejects.toThrow("has no PlatformAuthInteractionClient.mjs");
  });
});
