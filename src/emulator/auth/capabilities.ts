import { ConfigError } from "../../errors/index.js";
import { isRecord } from "../../models/index.js";

/** Where a capability applies. */
export type CapabilityScope =
  | { readonly all: object }
  | { readonly spaceIdScope: { readonly spaceIds: readonly string[] } };

/** Which projects a capability is for. */
export type ProjectScope = { readonly allProjects: object } | { readonly projects: readonly string[] };

/**
 * A right in the service's own form (contract 1.3): one key such as `dataModelsAcl`, and `projectScope` if it is not for
 * all projects.
 *
 * @example
 * ```ts
 * import type { Capability } from "pygen/emulator";
 * const reading: Capability = { dataModelsAcl: { actions: ["READ"], scope: { spaceIdScope: { spaceIds: ["wind"] } } } };
 * ```
 */
export interface Capability {
  readonly [acl: string]:
    | { readonly actions: readonly string[]; readonly scope: CapabilityScope }
    | ProjectScope
    | undefined;
}

/** Who may do what: rights by a token's groups (claim `groups`) and by its subject (claim `sub`). */
export interface Capabilities {
  readonly groups?: Readonly<Record<string, readonly Capability[]>>;
  readonly subjects?: Readonly<Record<string, readonly Capability[]>>;
}

/** A right, taken apart. */
export interface Right {
  readonly acl: string;
  readonly actions: ReadonlySet<string>;
  /** The spaces it is for; without them, all. */
  readonly spaces: ReadonlySet<string> | undefined;
  readonly projects: ReadonlySet<string> | undefined;
  /** As it was given, `projectScope` added. */
  readonly capability: Capability;
}

/** Rights by name. */
export interface RightsBook {
  readonly groups: ReadonlyMap<string, readonly Right[]>;
  readonly subjects: ReadonlyMap<string, readonly Right[]>;
}

/** The rights that the emulator knows, and their actions. */
export const ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["dataModelsAcl", ["READ", "WRITE"]],
  ["dataModelInstancesAcl", ["READ", "WRITE", "WRITE_PROPERTIES"]],
  ["timeSeriesAcl", ["READ", "WRITE"]],
  ["filesAcl", ["READ", "WRITE"]],
  ["sequencesAcl", ["READ", "WRITE"]],
  ["streamsAcl", ["CREATE", "READ", "DELETE"]],
  ["streamRecordsAcl", ["READ", "WRITE"]],
]);

const SPACED: ReadonlySet<string> = new Set(["dataModelsAcl", "dataModelInstancesAcl"]);

/**
 * Reads who may do what.
 *
 * @throws ConfigError `CONFIG.CAPABILITIES` that names the place of the first mistake, such as
 *   `groups.editors[0].dataModelsAcl.actions[1]`
 */
export function readCapabilities(given: unknown): RightsBook {
  const top = record(given, "capabilities");
  for (const key of Object.keys(top)) {
    if (key !== "groups" && key !== "subjects") throw wrong(key, "is not known: use groups and subjects");
  }
  return { groups: readBook(top["groups"], "groups"), subjects: readBook(top["subjects"], "subjects") };
}

function readBook(given: unknown, place: string): ReadonlyMap<string, readonly Right[]> {
  const entries = given === undefined ? [] : Object.entries(record(given, place));
  return new Map(
    entries.map(([name, rights]) => [
      name,
      list(rights, `${place}.${name}`).map((right, index) => readRight(right, `${place}.${name}[${index}]`)),
    ]),
  );
}

function readRight(given: unknown, place: string): Right {
  const { projectScope, ...rest } = record(given, place);
  const [acl, ...more] = Object.keys(rest);
  if (acl === undefined || more.length > 0) throw wrong(place, "must have one key such as dataModelsAcl");
  const known = ACTIONS.get(acl);
  if (!known) throw wrong(`${place}.${acl}`, `is not known: use one of ${[...ACTIONS.keys()].join(", ")}`);
  const { actions, scope } = record(rest[acl], `${place}.${acl}`);
  const named = texts(actions, `${place}.${acl}.actions`);
  const unknown = named.findIndex((action) => !known.includes(action));
  if (unknown >= 0) throw wrong(`${place}.${acl}.actions[${unknown}]`, `must be one of ${known.join(", ")}`);
  const projects = readProjects(projectScope, `${place}.projectScope`);
  return {
    acl,
    actions: new Set(named),
    spaces: readScope(scope, `${place}.${acl}.scope`, SPACED.has(acl)),
    projects,
    capability: { ...(rest as Capability), projectScope: projects ? { projects: [...projects] } : { allProjects: {} } },
  };
}

function readScope(given: unknown, place: string, spaced: boolean): ReadonlySet<string> | undefined {
  const scope = record(given, place);
  const [kind, ...more] = Object.keys(scope);
  if (kind === "all" && more.length === 0) return undefined;
  if (kind === "spaceIdScope" && more.length === 0 && spaced) {
    return new Set(texts(record(scope[kind], `${place}.${kind}`)["spaceIds"], `${place}.${kind}.spaceIds`));
  }
  throw wrong(place, `must be {"all": {}}${spaced ? ' or {"spaceIdScope": {"spaceIds": [...]}}' : ""}`);
}

function readProjects(given: unknown, place: string): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined;
  const scope = record(given, place);
  if (Object.hasOwn(scope, "allProjects")) return undefined;
  return new Set(texts(scope["projects"], `${place}.projects`));
}

function record(given: unknown, place: string): Record<string, unknown> {
  if (isRecord(given)) return given;
  throw wrong(place, "must be an object");
}

function list(given: unknown, place: string): readonly unknown[] {
  if (Array.isArray(given)) return given;
  throw wrong(place, "must be a list");
}

function texts(given: unknown, place: string): readonly string[] {
  return list(given, place).map((text, index) => {
    if (typeof text === "string") return text;
    throw wrong(`${place}[${index}]`, "must be a text");
  });
}

function wrong(place: string, message: string): ConfigError {
  return new ConfigError("CONFIG.CAPABILITIES", `Invalid capabilities: ${place} ${message}.`, {
    hint: 'Write for example {"groups": {"editors": [{"dataModelsAcl": {"actions": ["READ"], "scope": {"all": {}}}}]}}.',
  });
}
