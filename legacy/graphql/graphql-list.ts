import { QueryError } from "../../src/errors/index.js";
import { type GraphQLResponse, isRecord, type JsonObject } from "../../src/models/index.js";
import { heldIn } from "./graphql-page.js";

/** What the first field of an answer in GraphQL holds, in an array (L2). */
export class GraphQLList<Row, Items = unknown> extends Array<Row> {
  /** Where the next page begins, if it was asked for: `{ pageInfo { hasNextPage endCursor } }`. */
  readonly pageInfo: JsonObject | undefined;
  readonly #toItems: (rows: readonly Row[]) => Items;

  /** @param toItems - what writes rows back */
  constructor(rows: Iterable<Row>, pageInfo: JsonObject | undefined, toItems: (rows: readonly Row[]) => Items) {
    super();
    for (const row of rows) this.push(row);
    this.pageInfo = pageInfo;
    this.#toItems = toItems;
  }

  /** What arrays make of themselves are plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /**
   * Items that write the rows, by view, as `upsert` takes them (D3). Each row has to tell its view by `__typename`, its
   * `externalId`, and what is required of it. Answers in GraphQL tell no versions: what is there already is written over
   * with `allowVersionIncrease` alone, as in v1.
   *
   * @throws QueryError `QUERY.MISSING_PROPERTY` naming what the document has not asked for, `QUERY.UNBOUND_VIEW` for a type that
   *   is no view of the SDK
   */
  asWrite(): Items {
    return this.#toItems(this);
  }
}

/** The rows of an answer. Of which type they are the document says, which only its author knows. */
export function graphqlList<Row, Items>(
  { data, errors = [] }: GraphQLResponse,
  toItems: (rows: readonly Row[]) => Items,
): GraphQLList<Row, Items> {
  if (errors.length > 0) {
    throw new QueryError("QUERY.GRAPHQL", errors.map(({ message }) => message).join("; "), {
      hint: "client.dataModels.query gives what could be answered beside what could not.",
    });
  }
  const [field = null] = Object.values(data ?? {});
  const held = heldIn(field);
  const rows = (Array.isArray(held) ? held : [held]) as readonly (Row | null)[];
  const pageInfo = isRecord(field) && isRecord(field["pageInfo"]) ? (field["pageInfo"] as JsonObject) : undefined;
  return new GraphQLList<Row, Items>(
    rows.filter((row) => row !== null),
    pageInfo,
    toItems,
  );
}
