import type { NodeReference, UpsertOptions } from "../../../models/index.js";
import { badRequest, Fault } from "../fault.js";
import { describePlace, type WrittenRelation } from "./apply-values.js";
import { instanceName } from "./names.js";
import { checkSpacesWritable } from "./spaces.js";
import type { Draft, Transaction } from "./transaction.js";

/** An end of a written edge, to be checked once everything is in place. */
export interface WrittenEnd {
  readonly edge: Draft;
  readonly node: NodeReference;
  readonly end: "start" | "end";
}

/**
 * Sees to it that written relations and edges have the nodes they need, creating bare ones
 * where the request allows it (contract 7.2.11-7.2.13).
 *
 * @throws {@link Fault} 400 for relations, 409 for the ends of edges.
 */
export function settleTargets(
  tx: Transaction,
  relations: readonly WrittenRelation[],
  ends: readonly WrittenEnd[],
  options: UpsertOptions,
  system: boolean,
): void {
  for (const { edge, node, end } of ends) {
    const found = tx.find(node);
    if (found && found.instanceType !== "node") throw notNode(node, `the ${end} of ${instanceName(edge)}`);
    if (found) continue;
    if (mayCreate(end, options)) createBare(tx, node, system);
    else throw missingEnd(edge, node, end);
  }
  for (const relation of relations) settleRelation(tx, relation, options.autoCreateDirectRelations !== false, system);
}

function settleRelation(tx: Transaction, relation: WrittenRelation, mayCreateTargets: boolean, system: boolean): void {
  const { target, container } = relation;
  const found = tx.find(target);
  if (found && found.instanceType !== "node") throw notNode(target, describePlace(relation));
  if (container && !tx.row(target, container.key)) {
    throw badRequest(
      `Invalid value for ${describePlace(relation)}: target node '${target.space}:${target.externalId}' must exist and have data in container '${container.name}'; it cannot be created automatically`,
    );
  }
  if (!found && mayCreateTargets) createBare(tx, target, system);
}

function mayCreate(end: "start" | "end", options: UpsertOptions): boolean {
  return (end === "start" ? options.autoCreateStartNodes : options.autoCreateEndNodes) === true;
}

function createBare(tx: Transaction, node: NodeReference, system: boolean): void {
  checkSpacesWritable(tx.state, [node.space], system);
  tx.edit(node, "node");
}

function notNode(node: NodeReference, where: string): Fault {
  return badRequest(`Invalid value for ${where}: '${node.space}:${node.externalId}' is an edge, expected a node`);
}

function missingEnd(edge: Draft, node: NodeReference, end: "start" | "end"): Fault {
  const option = end === "start" ? "autoCreateStartNodes" : "autoCreateEndNodes";
  return new Fault(
    409,
    `Cannot write ${instanceName(edge)}: its ${end} node '${node.space}:${node.externalId}' does not exist. Create it first or set ${option}`,
  );
}
