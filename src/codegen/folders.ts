import { camelCase, isDeviceName, kebabCase } from "../ir/index.js";
import { formatVersionedId, type VersionedIdentity } from "../models/index.js";

/**
 * A folder for each data model by id, given in order: after its external id, else with version, else with space and
 * version, else numbered (E35). Names hold letters, digits, `-` and `_` only (E37).
 */
export function folderNames(dataModels: readonly VersionedIdentity[]): ReadonlyMap<string, string> {
  const wantedBy = new Map<string, number>();
  for (const model of dataModels) wantedBy.set(plain(model), (wantedBy.get(plain(model)) ?? 0) + 1);
  const taken = new Set<string>();
  const folders = new Map<string, string>();
  for (const model of dataModels) {
    const alone = wantedBy.get(plain(model)) === 1;
    const versioned = `${plain(model)}-${safe(model.version)}`;
    const base = alone
      ? plain(model)
      : sameVersion(model, dataModels)
        ? `${safe(model.space)}-${versioned}`
        : versioned;
    let folder = base;
    for (let n = 2; taken.has(folder); n++) folder = `${base}_${n}`;
    taken.add(folder);
    folders.set(formatVersionedId(model), folder);
  }
  return folders;
}

function plain({ externalId }: VersionedIdentity): string {
  return safe(externalId);
}

function sameVersion(model: VersionedIdentity, dataModels: readonly VersionedIdentity[]): boolean {
  return dataModels.some(
    (other) => other !== model && plain(other) === plain(model) && safe(other.version) === safe(model.version),
  );
}

/** Devices of Windows are no folders either. */
function safe(text: string): string {
  const name = kebabCase(camelCase(text.replace(/[^A-Za-z0-9]+/g, " "))).replace(/^_/, "") || "model";
  return isDeviceName(name) ? `${name}_` : name;
}
