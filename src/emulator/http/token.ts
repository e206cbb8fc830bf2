import type { JsonObject, TokenInspection } from "../../models/index.js";
import { Fault } from "../engine/fault.js";

/** The one token that is accepted, or what tells which are; without it any is. */
export type TokenRule = string | ((token: string) => boolean);

/**
 * Refuses calls without a bearer token, or with one that the rule does not accept (contract 1.2).
 *
 * @throws Fault 401
 */
export function authorize(header: string | undefined, rule: TokenRule | undefined): void {
  const token = /^Bearer +([^\s]+) *$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw new Fault(401, "Unauthorized: the header Authorization must be 'Bearer <token>'.");
  const accepted = rule === undefined || (typeof rule === "string" ? rule === token : rule(token));
  if (!accepted) throw new Fault(401, "Unauthorized: the token is not accepted.");
}

const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  dataModelsAcl: ["READ", "WRITE"],
  dataModelInstancesAcl: ["READ", "WRITE", "WRITE_PROPERTIES"],
  timeSeriesAcl: ["READ", "WRITE"],
  filesAcl: ["READ", "WRITE"],
  sequencesAcl: ["READ", "WRITE"],
  streamsAcl: ["CREATE", "READ", "DELETE"],
  streamRecordsAcl: ["READ", "WRITE"],
};

/** What any accepted token may do: everything (contract 1.3). */
export function inspectToken(projects: readonly string[], onlyThese: boolean): TokenInspection {
  const projectScope: JsonObject = onlyThese ? { projects: [...projects] } : { allProjects: {} };
  return {
    subject: "emulator",
    projects: projects.map((projectUrlName) => ({ projectUrlName, groups: [1] })),
    capabilities: Object.entries(RIGHTS).map(([acl, actions]) => ({
      [acl]: { actions, scope: { all: {} } },
      projectScope,
    })),
  };
}
