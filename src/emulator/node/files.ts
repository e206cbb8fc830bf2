import type { Buffer } from "node:buffer";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ConfigError } from "../../errors/index.js";
import { parseJson } from "../../models/index.js";
import { type ChangeRecord, RECORD_VERSION } from "../engine/journal/index.js";
import { lineOf, readLines } from "./lines.js";

/** The first line of every file. */
const HEADER = { format: "pygen-emulator", version: RECORD_VERSION };

/** What a new file begins with. */
export function headerLine(): Buffer {
  return lineOf(JSON.stringify(HEADER));
}

/** The files of a folder: each snapshot is of all that was before the journal of its number. */
export class DataFiles {
  constructor(readonly folder: string) {}

  snapshot(number: number): string {
    return path.join(this.folder, `snapshot-${name(number)}.jsonl`);
  }

  /** Where a snapshot is until it is whole. */
  draft(number: number): string {
    return path.join(this.folder, `snapshot-${name(number)}.draft`);
  }

  journal(number: number): string {
    return path.join(this.folder, `journal-${name(number)}.jsonl`);
  }

  /** The number of the newest snapshot, 0 when there is none, and of the journals since. */
  newest(): { readonly snapshot: number; readonly journals: readonly number[] } {
    const names = readdirSync(this.folder);
    const numbered = (kind: string): number[] =>
      names
        .flatMap((file) => new RegExp(`^${kind}-(\\d{6,})\\.jsonl$`).exec(file)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    const snapshot = numbered("snapshot").at(-1) ?? 0;
    return { snapshot, journals: numbered("journal").filter((number) => number >= snapshot) };
  }

  /** Removes what a snapshot makes needless, and drafts. */
  clear(snapshot: number): void {
    for (const file of readdirSync(this.folder)) {
      const number = /^(snapshot|journal)-(\d{6,})\.jsonl$/.exec(file)?.[2];
      const old = number !== undefined && Number(number) < snapshot;
      if (old || /^snapshot-\d{6,}\.draft$/.test(file)) rmSync(path.join(this.folder, file), { force: true });
    }
  }

  /** Gives the records of a snapshot, which is whole, and how many bytes it has. */
  readSnapshot(number: number, apply: (record: ChangeRecord) => void): number {
    return number === 0 ? 0 : read(this.snapshot(number), apply, false);
  }

  /**
   * Gives the records of a journal, and how many of its bytes they take. Only the last journal may end within a line:
   * that one was being written when its process ended, and nobody was told of it.
   */
  readJournal(number: number, isLast: boolean, apply: (record: ChangeRecord) => void): number {
    return read(this.journal(number), apply, isLast);
  }
}

function name(number: number): string {
  return String(number).padStart(6, "0");
}

/** Gives the records of a file, and where the last of its good lines ends. */
function read(file: string, apply: (record: ChangeRecord) => void, mayBeTorn: boolean): number {
  let isTorn = false;
  let good = 0;
  for (const { text, end } of readLines(file)) {
    // Nothing is written after a line until that one is safe.
    if (isTorn || (text === undefined && !mayBeTorn)) throw damaged(file, good);
    if (text === undefined) {
      isTorn = true;
      continue;
    }
    if (good === 0) checkHeader(file, text);
    else for (const record of parseJson(text) as readonly ChangeRecord[]) apply(record);
    good = end;
  }
  return good;
}

function checkHeader(file: string, text: string): void {
  const { format, version } = JSON.parse(text) as Partial<typeof HEADER>;
  if (format === HEADER.format && version === HEADER.version) return;
  throw new ConfigError("CONFIG.DATA_VERSION", `${file} is of version ${String(version)}, which is not known here.`, {
    hint: `This emulator reads version ${HEADER.version}. Use the release that wrote it, or another folder.`,
  });
}

function damaged(file: string, at: number): ConfigError {
  return new ConfigError("CONFIG.DATA_DAMAGED", `${file} is damaged after byte ${at}.`, {
    hint: "Bring the folder back from a backup, or move it away to start anew.",
  });
}
