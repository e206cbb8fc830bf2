import path from "node:path";
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type EmulatorStorage,
  type LoadModel,
} from "../../emulator/index.js";
import { listen, openStorage } from "../../emulator/node.js";
import { emulatorLines } from "../emulator-lines.js";
import type { EmulatorCommandOptions, LoadedFile } from "../emulator-options.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readModelFile } from "../model-file.js";
import { oidcOptions, withFileName } from "../oidc-options.js";

/** `pygen emulator`: serves until the process is asked to stop. */
export async function emulatorCommand(io: CliIo, options: EmulatorCommandOptions): Promise<ExitCode> {
  const storage = options.data === undefined ? undefined : await openStorage(path.resolve(io.cwd, options.data));
  try {
    await serve(options, io, storage);
  } finally {
    await storage?.close();
  }
  return exitCodes.ok;
}

async function serve(options: EmulatorCommandOptions, io: CliIo, storage: EmulatorStorage | undefined): Promise<void> {
  const { port, host, load = [] } = options;
  const emulator = await emulatorOf(options, io, storage);
  const loaded: LoadedFile[] = [];
  for (const file of load) {
    const model = await readModelFile(file, io);
    emulator.load(model, { global: isOfTheSystem(model) });
    loaded.push({ file, model });
  }
  const stopped = io.stopped();
  const server = await listen(emulator, { port, host });
  try {
    io.stdout(emulatorLines(server.url, options, loaded, io));
    await stopped;
  } finally {
    await server.close();
  }
}

async function emulatorOf(
  options: EmulatorCommandOptions,
  io: CliIo,
  storage: EmulatorStorage | undefined,
): Promise<Emulator> {
  const { project, latency, chaos, rateLimit, retryAfter, readOnly } = options;
  const given: EmulatorOptions = {
    ...(project === undefined ? {} : { project }),
    ...(latency === undefined ? {} : { latency }),
    ...(chaos === undefined ? {} : { chaos }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(storage ? { storage } : {}),
    ...(await oidcOptions(options, io)),
  };
  return withFileName(options.capabilities, () => createEmulator(given));
}

/** Only what is the system's may have such spaces; all else is loaded as if the user had made it, to see and to change. */
function isOfTheSystem({ spaces = [] }: LoadModel): boolean {
  return spaces.some(({ space }) => space.startsWith("cdf_"));
}
