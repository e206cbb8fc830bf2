import type { Container } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { containerKey, type StoredInstance } from "../state.js";
import { containerName, instanceName } from "./names.js";
import { holdersOfUnique, type PlacedUniqueness, partKey, uniquenessOf, uniqueValue } from "./row-indexes.js";
import type { Draft, Transaction } from "./transaction.js";

type Constraints = NonNullable<Container["constraints"]>;

/**
 * Checks the constraints of every container that was written, on what the transaction will leave (contract 7.2.7).
 *
 * @throws {@link Fault} 400 for the first constraint that does not hold.
 */
export function checkConstraints(tx: Transaction): void {
  const claims = new Map<string, Draft>();
  for (const draft of tx.drafts) {
    for (const key of draft.rows.keys()) {
      const container = tx.state.containers.get(key);
      if (container?.constraints) checkRequires(tx, draft, key, container.constraints);
      for (const placed of uniquenessOf(container, key)) checkUnique(tx, draft, placed, claims);
    }
  }
}

function checkRequires(tx: Transaction, draft: Draft, key: string, constraints: Constraints): void {
  for (const [id, constraint] of Object.entries(constraints)) {
    if (constraint.constraintType !== "requires" || tx.hasRow(draft, containerKey(constraint.require))) continue;
    throw badRequest(
      `Constraint '${id}' of container '${key.replace("/", ":")}' is violated: ${instanceName(draft)} must also have data in container '${containerName(constraint.require)}'`,
    );
  }
}

function checkUnique(tx: Transaction, draft: Draft, placed: PlacedUniqueness, claims: Map<string, Draft>): void {
  const value = uniqueValue(placed, draft.space, draft.rows.get(placed.containerKey));
  if (value === undefined) return;
  const claim = `${partKey(placed.containerKey, placed.id)}|${value}`;
  const holder = claims.get(claim) ?? keptBy(tx, holdersOfUnique(tx.state, placed).get(value), placed, value);
  if (holder && holder !== draft && holder !== draft.base) {
    const properties = placed.constraint.properties.map((property) => `'${property}'`).join(", ");
    throw badRequest(
      `Uniqueness constraint '${placed.id}' of container '${placed.containerKey.replace("/", ":")}' is violated: ${instanceName(draft)} and ${instanceName(holder)} have the same values of ${properties}`,
    );
  }
  claims.set(claim, draft);
}

/** The stored holder of a value, unless the transaction deletes it or takes the value from it. */
function keptBy(
  tx: Transaction,
  holder: StoredInstance | undefined,
  placed: PlacedUniqueness,
  value: string,
): StoredInstance | undefined {
  if (!holder || tx.isDeleted(holder)) return undefined;
  const written = tx.draft(holder)?.rows.get(placed.containerKey);
  return written && uniqueValue(placed, holder.space, written) !== value ? undefined : holder;
}
