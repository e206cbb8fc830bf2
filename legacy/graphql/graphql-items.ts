import { QueryError } from "../../src/errors/index.js";
import { isRecord } from "../../src/models/index.js";
import {
  boundView,
  toWrite,
  type UntypedArgs,
  type UntypedBound,
  type UntypedViewApi,
} from "../../src/runtime/index.js";
import { rowOf } from "./graphql-row.js";

/** Items that write rows of an answer in GraphQL, by the view of an SDK that each of them tells by `__typename` (D3). */
export function graphqlItems(rows: readonly unknown[], sdk: UntypedBound): Record<string, UntypedArgs[]> {
  const items = new Map<string, UntypedArgs[]>();
  for (const given of rows) {
    const row: UntypedArgs = isRecord(given) ? given : {};
    const [name, handle] = handleFor(row["__typename"], sdk);
    const { view, scope } = boundView(handle, "asWrite()");
    const written = toWrite<UntypedArgs>(handle, rowOf(row, view, scope));
    items.set(name, [...(items.get(name) ?? []), written]);
  }
  return Object.fromEntries(items);
}

/** The handle of the view that a type of the data model stands for: types have the views' external ids. */
function handleFor(type: unknown, sdk: UntypedBound): readonly [name: string, handle: UntypedViewApi] {
  if (typeof type !== "string") {
    throw new QueryError("QUERY.MISSING_PROPERTY", "A row does not tell its view, which asWrite() needs.", {
      hint: "Ask for __typename beside its properties.",
    });
  }
  const found = Object.entries<UntypedViewApi>(sdk).filter(
    ([, { view }]) => view.instanceType === "node" && view.externalId === type,
  );
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  const of = first === undefined ? "No view" : "More than one view";
  throw new QueryError("QUERY.UNBOUND_VIEW", `${of} of the SDK is called '${type}', which asWrite() needs.`, {
    hint: "Give bind() the one that the data model has.",
  });
}
