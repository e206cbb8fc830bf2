import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { chmod, lstat, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import process from "node:process";
import { ConfigError, CredentialsError, isPygenError } from "../../errors/index.js";
import type { TokenStore } from "./token-store.js";

/** Windows keeps a user's folder from others by other means than modes. */
const hasModes = process.platform !== "win32";

/** Writing to one file goes one after the other. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Keeps tokens in a file, so that a command that runs again needs no new sign-in. Only its owner can read it (mode 0600,
 * in a folder of 0700 that is made for it); wider rights of the file are taken back, and a file or folder that another
 * user could exchange is refused. It is replaced as a whole, and a broken one counts as empty. Anyone who runs as you
 * can read it: use it for a person's commands, not for services.
 *
 * @param file - @defaultValue `.pygen/tokens.json` in the user's home
 * @throws ConfigError, from calls: `CONFIG.UNSAFE` when others could change the file; CredentialsError `CREDENTIALS.FAILED`
 * when it cannot be read or written
 *
 * @example
 * ```ts
 * import { deviceCode, fileCache } from "pygen/auth/node";
 *
 * const credentials = deviceCode({
 *   tenantId: "acme.onmicrosoft.com",
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   cache: fileCache(),
 *   onCode: ({ message }) => console.error(message),
 * });
 * ```
 */
export function fileCache(file: string = path.join(homedir(), ".pygen", "tokens.json")): TokenStore {
  const place = path.resolve(file);
  return {
    load: (name) => explained(place, async () => (await readEntries(place)).get(name)),
    save: (name, text) =>
      queued(place, () =>
        explained(place, async () => {
          await ownFolder(path.dirname(place));
          // Read again: another process may have saved under another name since.
          const entries = await readEntries(place);
          await replace(place, JSON.stringify(Object.fromEntries(entries.set(name, text))));
        }),
      ),
  };
}

async function queued<T>(place: string, work: () => Promise<T>): Promise<T> {
  const last = queues.get(place) ?? Promise.resolve();
  const next = last.then(work, work);
  queues.set(place, next);
  try {
    return await next;
  } finally {
    if (queues.get(place) === next) queues.delete(place);
  }
}

async function readEntries(place: string): Promise<Map<string, string>> {
  if (!(await ownFile(place))) return new Map();
  return entriesOf(await readFile(place, "utf8"));
}

function entriesOf(text: string): Map<string, string> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return new Map();
    return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new Map();
  }
}

/** Whether there is a file; afterwards it is readable by its owner alone. */
async function ownFile(place: string): Promise<boolean> {
  const found = await statOf(place);
  if (found === undefined) return false;
  if (!found.isFile() || !isMine(found.uid)) throw unsafe(place, "is not a file of yours");
  if (hasModes && (found.mode & 0o077) !== 0) await chmod(place, 0o600);
  return true;
}

/** Makes the folder, or sees that nobody else can put another file in it. */
async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await statOf(folder);
  const sticky = ((found?.mode ?? 0) & 0o1000) !== 0;
  if (hasModes && ((found?.mode ?? 0) & 0o022) !== 0 && !sticky) throw unsafe(folder, "can be written to by others");
}

async function statOf(place: string): Promise<Stats | undefined> {
  return lstat(place).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
}

function isMine(uid: number): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}

async function replace(place: string, text: string): Promise<void> {
  const draft = `${place}.${randomUUID()}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function explained<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isPygenError(cause)) throw cause;
    throw new CredentialsError("CREDENTIALS.FAILED", `The token cache ${place} cannot be used.`, {
      hint: "Give fileCache a path that you can write to, or leave it out.",
      cause,
    });
  }
}

function unsafe(place: string, why: string): ConfigError {
  return new ConfigError("CONFIG.UNSAFE", `The token cache cannot be kept safe: ${place} ${why}.`, {
    hint: "Take the rights of others away (chmod 700), or give fileCache a path in a folder of your own.",
  });
}
