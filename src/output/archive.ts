import { gzipSync, strToU8, type Zippable, zipSync } from "fflate";
import { packTar } from "modern-tar";

/** How files are packed into one. */
export type ArchiveFormat = "zip" | "tar.gz" | "json";

/** The media type of each format. */
export const mediaTypes: Readonly<Record<ArchiveFormat, string>> = {
  zip: "application/zip",
  "tar.gz": "application/gzip",
  json: "application/json",
};

/** The first time that a zip file can tell: equal files give equal bytes. */
const never = new Date(1980, 0, 1);

/** Files in one, the same bytes for the same files. */
export async function archiveOf(
  files: ReadonlyMap<string, string>,
  format: ArchiveFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === "json") return strToU8(JSON.stringify({ files: Object.fromEntries(files) }));
  if (format === "zip") {
    // As a Map has it, not an object: a path may be `__proto__`, or a number.
    const entries: Zippable = Object.create(null);
    for (const [path, content] of files) entries[path] = strToU8(content);
    return zipSync(entries, { mtime: never, level: 6 });
  }
  const entries = [...files].map(([path, content]) => {
    const body = strToU8(content);
    return { header: { name: path, size: body.length, mtime: new Date(0), mode: 0o644 }, body };
  });
  return gzipSync(await packTar(entries), { mtime: 0, level: 6 });
}
