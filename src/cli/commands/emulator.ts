import { createEmulator } from "../../emulator/index.js";
import { listen } from "../../emulator/node.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readModelFile } from "../model-file.js";

/** Options of `pygen emulator`. */
export interface EmulatorCommandOptions {
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
  const { port, host, project, load = [], json } = options;
  const emulator = createEmulator(project === undefined ? {} : { project });
  for (const file of load) emulator.load(await readModelFile(file, io.cwd));
  const stopped = io.stopped();
  const server = await listen(emulator, { port, host });
  try {
    io.stdout(
      json
        ? `${JSON.stringify({ url: server.url, project: project ?? anyProject })}\n`
        : `Emulator ready at ${server.url}, project ${project ?? `${anyProject} (or any other)`}. Ctrl+C stops it.\n`,
    );
    await stopped;
  } finally {
    await server.close();
  }
  return exitCodes.ok;
}
