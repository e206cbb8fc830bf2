import { join } from "node:path";
import { build } from "vite";
import { takeAddress } from "./address.js";
import { buildFolder, ROOT } from "./built.js";
import type { Example } from "./example.js";
import { servePages } from "./pages.js";

/** Builds the playground, and serves its files: the page needs nothing else. */
export const playground: Example = async () => {
  const folder = await buildFolder("playground");
  const address = await takeAddress();
  await build({
    configFile: join(ROOT, "examples/playground/vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder.path, emptyOutDir: true },
  });
  // The service is in the page: it may load its own files, and call nobody.
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
  address.serve(servePages({ folders: [folder.path], policy, config: {} }));
  return {
    url: `${address.url}/`,
    notes: [],
    stop: async () => {
      await Promise.all([address.close(), folder.remove()]);
    },
  };
};
