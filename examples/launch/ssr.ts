import { join } from "node:path";
import { build } from "vite";
import { buildFolder, ROOT } from "./built.js";
import type { Example } from "./example.js";
import { startProgram } from "./node-program.js";

/** Builds both sides of the app, and starts its server as a process of its own. */
export const ssr: Example = async (startFarm) => {
  const folder = await buildFolder("ssr");
  const [farm] = await Promise.all([startFarm(), buildBoth(folder.path)]);
  const program = await startProgram("examples/ssr/main.ts", farm, { APP_FOLDER: folder.path });
  return {
    url: program.url,
    notes: [],
    stop: async () => {
      await program.stop();
      await Promise.all([farm.stop(), folder.remove()]);
    },
  };
};

async function buildBoth(folder: string): Promise<void> {
  const shared = {
    configFile: join(ROOT, "examples/ssr/vite.config.ts"),
    logLevel: "error",
    // React as one develops with it, which tells when both sides differ.
    mode: "development",
    define: { "process.env.NODE_ENV": '"development"' },
  } as const;
  await build({ ...shared, build: { outDir: join(folder, "client"), emptyOutDir: true } });
  await build({ ...shared, build: { outDir: join(folder, "server"), emptyOutDir: true, ssr: "src/server.tsx" } });
}
