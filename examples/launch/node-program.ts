import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./built.js";
import type { Farm } from "./farm.js";

/** A program of an example in a process of its own. */
export interface NodeProgram {
  /** The first line that it printed: where it serves. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a program as a deployment does: it knows the services, and who it is, from its environment. */
export async function startProgram(
  file: string,
  farm: Farm,
  env: Readonly<Record<string, string>> = {},
): Promise<NodeProgram> {
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, file)], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: "0",
      TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json"),
      // The certificate authority of the local identity provider; the variable is Node's own.
      NODE_EXTRA_CA_CERTS: farm.caFile,
      CDF_URL: farm.api,
      CDF_PROJECT: farm.project,
      IDP_CLIENT_ID: farm.service.clientId,
      IDP_CLIENT_SECRET: farm.service.clientSecret,
      IDP_TOKEN_URL: farm.service.tokenUrl,
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([
    once(lines, "line"),
    exit.then(([code]) => {
      throw new Error(`${file} ended with ${code} before it served.`);
    }),
  ])) as [string];
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}
