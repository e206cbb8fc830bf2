import type { ChangeRecord } from "./engine/journal/index.js";

/**
 * Where an emulator keeps its projects, so that they outlive the process: `openStorage` of `pygen/emulator/node` gives
 * one that is a folder. One storage is for one emulator.
 */
export interface EmulatorStorage {
  /**
   * Gives what was kept to whoever makes it the state again, record after record. Called once, before all else.
   *
   * @throws ConfigError when what was kept cannot be read
   */
  readonly restore: (apply: (record: ChangeRecord) => void) => void;
  /** Tells where a record of all there is can be had at any time, for a fresh start of what is kept. */
  readonly compactFrom: (all: () => Iterable<ChangeRecord>) => void;
  /** Keeps records: all of them or, when the process ends meanwhile, none. */
  readonly append: (records: readonly ChangeRecord[]) => void;
  /** Resolves once all that was appended is safe; rejects when it cannot be, from then on. */
  readonly settled: () => Promise<void>;
}
