import { createEmulator, type Emulator } from "../../emulator/index.js";
import { listen } from "../../emulator/node.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readModelFile } from "../model-file.js";
import { type OidcCommandOptions, oidcOptions, withFileName } from "../oidc-options.js";

/** Options of `pygen emulator`. */
export interface EmulatorCommandOptions extends OidcCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly project?: string;
  /** Model files to load as system models, in this order. */
  readonly load?: readonly string[];
  readonly json?: boolean;
}

/** The project to use where any is served. */
const anyProject = "emulator";

/** `pygen emulator`: serves until the process is asked to stop. */
export async function emulatorCommand(options: EmulatorCommandOptions, io: CliIo): Promise<ExitCode> {
  const { port, host, load = [] } = options;
  const emulator = await emulatorOf(options, io);
  for (const file of load) emulator.load(await readModelFile(file, io));
  const stopped = io.stopped();
  const server = await listen(emulator, { port, host });
  try {
    io.stdout(firstLine(server.url, options));
    await stopped;
  } finally {
    await server.close();
  }
  return exitCodes.ok;
}

async function emulatorOf(options: EmulatorCommandOptions, io: CliIo): Promise<Emulator> {
  const { project } = options;
  const tokens = await oidcOptions(options, io);
  return withFileName(options.capabilities, () =>
    createEmulator({ ...(project === undefined ? {} : { project }), ...tokens }),
  );
}

function firstLine(url: string, { project, json, oidcIssuer, audience = [] }: EmulatorCommandOptions): string {
  if (json) {
    const tokens = oidcIssuer === undefined ? {} : { issuer: oidcIssuer, audience };
    return `${JSON.stringify({ url, project: project ?? anyProject, ...tokens })}\n`;
  }
  const tokens =
    oidcIssuer === undefined
      ? "Any bearer token is accepted."
      : `Tokens of ${oidcIssuer} for ${audience.join(" or ")} are accepted.`;
  return `Emulator ready at ${url}, project ${project ?? `${anyProject} (or any other)`}. ${tokens} Ctrl+C stops it.\n`;
}
