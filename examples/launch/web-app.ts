import { join } from "node:path";
import { build } from "vite";
import { takeAddress } from "./address.js";
import { buildFolder, ROOT } from "./built.js";
import type { Example } from "./example.js";
import { pageConfig, signInNotes } from "./farm.js";
import { policyFor, servePages } from "./pages.js";

/** Builds the web app and serves it as a web server would. */
export const webApp: Example = async (startFarm) => {
  const folder = await buildFolder("web-app");
  const address = await takeAddress();
  const [farm] = await Promise.all([
    startFarm(address.url),
    build({
      configFile: join(ROOT, "examples/web-app/vite.config.ts"),
      logLevel: "error",
      build: { outDir: folder.path, emptyOutDir: true },
    }),
  ]);
  const policy = policyFor(farm.api, farm.issuer);
  address.serve(servePages({ folders: [folder.path], policy, config: pageConfig(farm) }));
  return {
    url: `${address.url}/`,
    notes: signInNotes(farm),
    stop: async () => {
      await Promise.all([address.close(), farm.stop(), folder.remove()]);
    },
  };
};
