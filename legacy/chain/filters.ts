import { QueryError } from "../../src/errors/index.js";
import type { UntypedArgs } from "../../src/runtime/index.js";
import type { FilterKind } from "../filter-kind.js";
import { asking, type Chain } from "./chain.js";

/** Makes of a chain with more asked what a user goes on with. */
type GoOn = (chain: Chain) => object;

/** How a chain is filtered and sorted by a property (Q2). */
export function filterOf(chain: Chain, name: string, kind: Exclude<FilterKind, "relation">, goOn: GoOn): object {
  const asked = (condition: UntypedArgs): object => goOn(where(chain, name, condition));
  const inOrder = (order: "asc" | "desc", one = false): object => goOn(sorted(chain, name, order, one));
  // The service sorts nodes at the other end of edges, never the edges.
  const order = {
    ...(kind === "time" ? { earliest: () => inOrder("asc", true), latest: () => inOrder("desc", true) } : {}),
    sortAscending: () => inOrder("asc"),
    sortDescending: () => inOrder("desc"),
  };
  const isRange = kind === "number" || kind === "time";
  return {
    ...(isRange
      ? { range: (gte?: unknown, lte?: unknown) => asked({ gte, lte }) }
      : { equals: (equals: unknown) => asked({ equals }) }),
    ...(kind === "text" ? { prefix: (prefix: unknown) => asked({ prefix }) } : {}),
    ...(kind === "text" || kind === "enum" ? { in: (values: unknown) => asked({ in: values }) } : {}),
    ...(chain.atEdge ? {} : order),
  };
}

/** How a chain is filtered by the ids of a direct relation. */
export function relationFilter(chain: Chain, name: string, isList: boolean, goOn: GoOn): object {
  const among = (ids: unknown): object => goOn(where(chain, name, isList ? { containsAny: ids } : { in: ids }));
  return { equals: (id: unknown) => among([id]), in: among };
}

/** @throws QueryError `QUERY.INVALID_VALUE` where the property has a condition already */
function where(chain: Chain, name: string, condition: UntypedArgs): Chain {
  return asking(chain, (asked) => {
    if (!Object.hasOwn(asked.where, name)) {
      return { ...asked, where: { ...asked.where, ...Object.fromEntries([[name, condition]]) } };
    }
    throw new QueryError("QUERY.INVALID_VALUE", `The chain has a filter of '${name}' already.`, {
      hint: "Use list({ where }) of the generated SDK, whose conditions can be combined.",
    });
  });
}

function sorted(chain: Chain, name: string, order: "asc" | "desc", one: boolean): Chain {
  return asking(chain, (asked) => ({
    ...asked,
    sort: [...asked.sort, Object.fromEntries([[name, order]])],
    one: asked.one || one,
  }));
}
