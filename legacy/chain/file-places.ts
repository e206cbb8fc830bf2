import { isDeviceName, type ViewDescriptor } from "../../src/ir/index.js";
import type { UntypedRow } from "../../src/runtime/index.js";
import type { DownloadArgs } from "../types/download.js";

/**
 * Where the contents of files go, by paths below a folder with `/` in them. Names are what somebody wrote: what would lead out
 * of the folder, or is no name for a file, has `_` in its place; names that some systems take for one count as one.
 */
export function filePlaces(
  rows: readonly UntypedRow[],
  view: ViewDescriptor,
  { keepDirectoryStructure = false, resolveDuplicateFileNames = false }: DownloadArgs,
): ReadonlyMap<string, UntypedRow> {
  const text = textReader(view);
  const places = new Map<string, { readonly path: string; readonly row: UntypedRow }>();
  for (const row of rows) {
    const folders = keepDirectoryStructure ? (text(row, "directory") ?? "").split(/[\\/]/).filter(Boolean) : [];
    const wanted = [...folders, text(row, "name") ?? row.externalId].map(safeName).join("/");
    let path = wanted;
    for (let number = 1; resolveDuplicateFileNames && places.has(path.toLowerCase()); number++) {
      path = wanted.replace(/(?<=[^/])(\.[^./]*)?$/, `(${number})$1`);
    }
    places.set(path.toLowerCase(), { path, row });
  }
  return new Map([...places.values()].map(({ path, row }) => [path, row]));
}

/** Reads a text of the core model's files, whatever its property is called. */
function textReader({ properties }: ViewDescriptor): (row: UntypedRow, id: string) => string | undefined {
  const names = new Map(Object.entries(properties).map(([name, property]) => [property.id ?? name, name]));
  return (row, id) => {
    const value = row[names.get(id) ?? ""];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
}

function safeName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may not be in names
  const safe = name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_").replace(/^\.{1,2}$|[. ]$/, "_");
  return isDeviceName(safe) ? safe.replace(/^[^.]*/, "$&_") : safe;
}
