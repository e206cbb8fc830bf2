import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { takeAddress } from "./address.js";
import { ROOT } from "./built.js";
import type { Example } from "./example.js";
import { pageConfig, signInNotes } from "./farm.js";
import { policyFor, servePages } from "./pages.js";

const BUNDLES = join(ROOT, "dist/cdn");

/** Serves the page with the script-tag bundles beside it; builds these first where they are missing. */
export const cdn: Example = async (startFarm) => {
  if (!existsSync(join(BUNDLES, "pygen.auth.min.js"))) {
    const rollup = join(ROOT, "node_modules/rollup/dist/bin/rollup");
    const { status } = spawnSync(process.execPath, [rollup, "-c", "--silent"], { cwd: ROOT, stdio: "inherit" });
    if (status !== 0) throw new Error("The package could not be built.");
  }
  const address = await takeAddress();
  const farm = await startFarm(address.url);
  const folders = [join(ROOT, "examples/cdn"), BUNDLES];
  address.serve(servePages({ folders, policy: policyFor(farm.api, farm.issuer), config: pageConfig(farm) }));
  return {
    url: `${address.url}/`,
    notes: signInNotes(farm),
    stop: async () => {
      await Promise.all([address.close(), farm.stop()]);
    },
  };
};
