import type { Listening } from "../../server/index.js";
import { createEmulator, type Emulator, type EmulatorOptions, type LoadModel } from "../index.js";
import { type ListenOptions, listen } from "./listen.js";

/** Options of {@link startEmulator}. */
export interface StartOptions extends EmulatorOptions, ListenOptions {
  /** Models to load as if a user had created them, in this order. */
  readonly models?: readonly LoadModel[];
}

/** An emulator that listens, with all that tests want of it. */
export interface RunningEmulator extends Emulator, Listening, AsyncDisposable {
  /** The project to use: the one that is served, `emulator` where any is. */
  readonly project: string;
}

/**
 * Makes an emulator, loads models, and lets it listen: what a test suite needs. It stops with `close()`, or at the end of the
 * scope of an `await using`.
 *
 * @throws ConfigError as `createEmulator` and `listen` do; ModelError `MODEL.REFUSED` for a model that breaks a rule
 *
 * @example
 * ```ts
 * import { startEmulator } from "pygen/emulator/node";
 * const emulator = await startEmulator({ models: [{ spaces: [{ space: "wind_data" }] }] });
 * const loaded = emulator.snapshot();
 * // Each test: calls to emulator.url, in emulator.project, with any token; then all is as it was loaded.
 * emulator.restore(loaded);
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const { models = [], project = "emulator" } = options;
  const emulator = createEmulator(options);
  for (const model of models) emulator.load(model, { global: false });
  const { url, close } = await listen(emulator, options);
  return { ...emulator, url, close, project, [Symbol.asyncDispose]: close };
}
