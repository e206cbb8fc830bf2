import type { Buffer } from "node:buffer";
import { existsSync, mkdirSync, truncateSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import process from "node:process";
import { ConfigError } from "../../errors/index.js";
import { writeJson } from "../../models/index.js";
import type { ChangeRecord } from "../engine/journal/index.js";
import type { EmulatorStorage } from "../storage.js";
import { DataFiles, headerLine } from "./files.js";
import { lineOf } from "./lines.js";
import { lockFolder } from "./lock.js";

/** Options of {@link openStorage}. */
export interface StorageOptions {
  /**
   * Whether an answer waits until the disk has what it tells, which outlives a loss of power too. Without, what is
   * answered outlives the process, not the system.
   * @defaultValue true
   */
  readonly sync?: boolean;
  /** Bytes of a journal from which on it is put together with the snapshot before it. @defaultValue 256 MiB */
  readonly compactAfter?: number;
}

/** A folder that keeps the projects of an emulator. */
export interface FolderStorage extends EmulatorStorage {
  /** Lets go of the folder, once all that was appended is safe. Calling it again does nothing more. */
  readonly close: () => Promise<void>;
}

const COMPACT_AFTER = 256 * 1024 * 1024;
/** Characters of JSON that are written at once, about. */
const MOST = 32 * 1024 * 1024;

/**
 * Opens a folder, made if need be, that keeps the projects of one emulator: a snapshot and a journal of what happened
 * since. Whatever was answered is there again after the process ends, however it ends.
 *
 * @throws ConfigError `CONFIG.DATA_LOCKED` while another process has the folder, `CONFIG.DATA` when it cannot be used;
 *   `createEmulator` throws `CONFIG.DATA_VERSION` for one of another release's form and `CONFIG.DATA_DAMAGED` for one
 *   that was changed from outside
 *
 * @example
 * ```ts
 * import { createEmulator } from "pygen/emulator";
 * import { listen, openStorage } from "pygen/emulator/node";
 * const storage = await openStorage("./cdf-data");
 * const server = await listen(createEmulator({ storage }), { port: 4000 });
 * await server.close();
 * await storage.close();
 * ```
 */
export async function openStorage(folder: string, options: StorageOptions = {}): Promise<FolderStorage> {
  try {
    mkdirSync(folder, { recursive: true });
    return new Folder(new DataFiles(folder), await lockFolder(folder), options);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError("CONFIG.DATA", `Cannot use the folder ${folder}: ${(error as Error).message}`, {
      hint: "Name a folder that this process may write to.",
      cause: error,
    });
  }
}

/**
 * Records that come while others are on their way to the disk wait for each other and go together, so that the disk is
 * asked once for many. One write is one line: after a crash the last one is whole, or not there.
 */
class Folder implements FolderStorage {
  readonly #files: DataFiles;
  readonly #unlock: () => void;
  readonly #sync: boolean;
  readonly #compactAfter: number;
  #journal: FileHandle | undefined;
  #number = 0;
  /** Bytes of the journal, and of the snapshot before it. */
  #size = 0;
  #snapshotSize = 0;
  /** Records that are not written yet. */
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  /** How many records were appended, and how many of them are safe. */
  #appended = 0;
  #safe = 0;
  #waiters: { readonly count: number; readonly resolve: () => void; readonly reject: (reason: unknown) => void }[] = [];
  #failure: unknown;
  #all: (() => Iterable<ChangeRecord>) | undefined;
  #compacting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(files: DataFiles, unlock: () => void, { sync = true, compactAfter = COMPACT_AFTER }: StorageOptions) {
    this.#files = files;
    this.#unlock = unlock;
    this.#sync = sync;
    this.#compactAfter = compactAfter;
  }

  restore(apply: (record: ChangeRecord) => void): void {
    const { snapshot, journals } = this.#files.newest();
    this.#snapshotSize = this.#files.readSnapshot(snapshot, apply);
    this.#number = journals.at(-1) ?? snapshot;
    for (const number of journals) {
      const isLast = number === this.#number;
      this.#size = this.#files.readJournal(number, isLast, apply);
      if (isLast) truncateSync(this.#files.journal(number), this.#size);
    }
    this.#files.clear(snapshot);
  }

  compactFrom(all: () => Iterable<ChangeRecord>): void {
    this.#all = all;
  }

  append(records: readonly ChangeRecord[]): void {
    for (const record of records) this.#waiting.push(writeJson(record));
    this.#appended += records.length;
    this.#writing ??= this.#write();
  }

  settled(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#safe === this.#appended) return Promise.resolve();
    const count = this.#appended;
    return new Promise((resolve, reject) => {
      this.#waiters.push({ count, resolve, reject });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#writing;
      this.#all = undefined;
      await this.#compacting;
      await this.#journal?.close();
    } finally {
      this.#unlock();
    }
  }

  async #write(): Promise<void> {
    try {
      // Whatever comes within one turn goes together.
      await Promise.resolve();
      while (this.#waiting.length > 0 && this.#failure === undefined) {
        this.#journal ??= await this.#openJournal();
        const records = this.#next();
        const line = lineOf(`[${records.join(",")}]`);
        await writeAll(this.#journal, line);
        if (this.#sync) await this.#journal.datasync();
        this.#size += line.length;
        this.#safe += records.length;
        this.#tell();
        if (this.#size > Math.max(this.#compactAfter, 2 * this.#snapshotSize)) await this.#beginCompaction();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  /** Tells those whose records are safe. */
  #tell(): void {
    const waiters = this.#waiters;
    this.#waiters = waiters.filter(({ count }) => count > this.#safe);
    for (const { count, resolve } of waiters) if (count <= this.#safe) resolve();
  }

  /** From here on nothing is safe any more. */
  #fail(error: unknown): void {
    this.#failure = error;
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  /** Some of what waits, no more than can be one text. */
  #next(): readonly string[] {
    let length = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || length < MOST)) {
      length += this.#waiting[count]?.length ?? 0;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #openJournal(): Promise<FileHandle> {
    const file = this.#files.journal(this.#number);
    const isNew = !existsSync(file) || this.#size === 0;
    const journal = await open(file, "a");
    if (!isNew) return journal;
    const header = headerLine();
    await writeAll(journal, header);
    await journal.datasync();
    await syncFolder(this.#files.folder);
    this.#size = header.length;
    return journal;
  }

  /** From here on another journal is written, and a snapshot of all that was before it beside. */
  async #beginCompaction(): Promise<void> {
    const all = this.#all;
    if (!all || this.#compacting) return;
    // Only the last journal may end within a line, whatever happens to the system.
    await this.#journal?.datasync();
    await this.#journal?.close();
    this.#number += 1;
    this.#size = 0;
    this.#journal = await this.#openJournal();
    this.#compacting = this.#compact(all(), this.#number)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#compacting = undefined;
      });
  }

  async #compact(all: Iterable<ChangeRecord>, number: number): Promise<void> {
    const draft = this.#files.draft(number);
    const file = await open(draft, "w");
    let size = 0;
    try {
      const header = headerLine();
      await writeAll(file, header);
      for (const record of all) {
        const line = lineOf(`[${writeJson(record)}]`);
        await writeAll(file, line);
        size += line.length;
        // Closing, it is given up: the journals are all that is needed.
        if (!this.#all) return;
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#files.snapshot(number));
    await syncFolder(this.#files.folder);
    this.#snapshotSize = size;
    this.#files.clear(number);
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written);
    written += bytesWritten;
  }
}

/** Makes the names of files in a folder safe, where the system lets one do that. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
