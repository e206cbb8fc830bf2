// A rollup plugin: leaves MSAL's platform broker out, through which Windows or a browser's extension would sign in. Nothing
// reaches it, because sessions do not allow it (`allowPlatformBroker`), but bundlers cannot know that.

/** Files whose classes only the broker's code makes. */
const broker = ["PlatformAuthInteractionClient", "PlatformAuthExtensionHandler", "PlatformAuthDOMHandler"];

/** The plugin. It stops the build when MSAL is cut in other files than it was. */
export function msalCore() {
  const left = new Set(broker);
  return {
    name: "msal-core",
    load(id) {
      const name = broker.find((file) => id.includes("/@azure/msal-browser/") && id.endsWith(`/${file}.mjs`));
      if (name === undefined) return undefined;
      left.delete(name);
      return { code: `export class ${name} {}`, map: { mappings: "" } };
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0)
        this.error(`msal-core: @azure/msal-browser has no ${[...left].join(", ")}.mjs`);
    },
  };
}
