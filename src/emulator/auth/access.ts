import type { JsonObject, TokenInspection } from "../../models/index.js";
import type { Holder } from "../../oidc/index.js";
import { Fault } from "../engine/fault.js";
import { quoted } from "../engine/resource.js";
import { ACTIONS, type Right, type RightsBook } from "./capabilities.js";

/** What the holder of a token may do in a project. */
export interface Access {
  /** Whether it may do this at all, or in this space. */
  readonly allows: (acl: string, action: string, space?: string) => boolean;
  /** Whether it may do this in every space. */
  readonly allowsAll: (acl: string, action: string) => boolean;
}

/** Who calls, and what it may do. */
export interface Caller {
  readonly subject: string;
  /** Its groups, by number. */
  readonly groups: readonly number[];
  /** Its rights; without them, it may do everything. */
  readonly rights: readonly Right[] | undefined;
}

/** A caller with a token that nothing is known about. */
export const ANYONE: Caller = { subject: "emulator", groups: [1], rights: undefined };

/** The caller that holds a token; without a book of rights, it may do everything. */
export function callerOf({ subject, groups }: Holder, book: RightsBook | undefined): Caller {
  if (!book) return { subject, groups: [1], rights: undefined };
  const numbers = new Map([...book.groups.keys()].map((name, index) => [name, index + 1]));
  return {
    subject,
    groups: groups.flatMap((group) => numbers.get(group) ?? []),
    rights: [...groups.flatMap((group) => book.groups.get(group) ?? []), ...(book.subjects.get(subject) ?? [])],
  };
}

/** What a caller may do in a project; nothing to check for one that may do everything. */
export function accessOf({ rights }: Caller, project: string): Access | undefined {
  if (!rights) return undefined;
  const here = rights.filter(({ projects }) => projects === undefined || projects.has(project));
  const allowing = (acl: string, action: string): readonly Right[] =>
    here.filter((right) => right.acl === acl && right.actions.has(action));
  return {
    allows: (acl, action, space) =>
      allowing(acl, action).some(
        ({ spaces }) => !spaces || (space === undefined ? spaces.size > 0 : spaces.has(space)),
      ),
    allowsAll: (acl, action) => allowing(acl, action).some(({ spaces }) => !spaces),
  };
}

/**
 * Refuses a caller that may not do something in all of some spaces; without spaces named, one that may do it in none.
 *
 * @throws Fault 403
 */
export function requireRight(access: Access, acl: string, action: string, spaces?: Iterable<string>): void {
  if (spaces === undefined) {
    if (!access.allows(acl, action)) throw lacking(`${acl}:${action}`);
    return;
  }
  const refused = [...new Set(spaces)].filter((space) => !access.allows(acl, action, space));
  if (refused.length > 0) throw lacking(`${acl}:${action}`, refused);
}

/** The refusal for a right that a caller lacks. */
export function lacking(right: string, spaces: readonly string[] = []): Fault {
  const where = spaces.length > 0 ? ` on space ${quoted(spaces)}` : "";
  return new Fault(403, `Forbidden: the token lacks the capability ${right}${where}.`);
}

/** What a caller's token is good for (contract 1.3). */
export function inspectCaller(
  { subject, groups, rights }: Caller,
  projects: readonly string[],
  onlyThese: boolean,
): TokenInspection {
  const open = rights === undefined || rights.some((right) => right.projects === undefined);
  const seen = projects.filter((name) => open || rights?.some((right) => right.projects?.has(name)));
  return {
    subject,
    projects: seen.map((projectUrlName) => ({ projectUrlName, groups })),
    capabilities: rights?.map(({ capability }) => capability as JsonObject) ?? everything(projects, onlyThese),
  };
}

function everything(projects: readonly string[], onlyThese: boolean): readonly JsonObject[] {
  const projectScope: JsonObject = onlyThese ? { projects: [...projects] } : { allProjects: {} };
  return [...ACTIONS].map(([acl, actions]) => ({ [acl]: { actions, scope: { all: {} } }, projectScope }));
}
