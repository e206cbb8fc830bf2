import { QueryError } from "../src/errors/index.js";
import { type GraphQLResponse, isRecord, type JsonObject } from "../src/models/index.js";

/** What the first field of an answer in GraphQL holds, in an array (L2). */
export class GraphQLList<Row> extends Array<Row> {
  /** Where the next page begins, if it was asked for: `{ pageInfo { hasNextPage endCursor } }`. */
  readonly pageInfo: JsonObject | undefined;

  constructor(rows: Iterable<Row>, pageInfo: JsonObject | undefined) {
    super();
    for (const row of rows) this.push(row);
    this.pageInfo = pageInfo;
  }

  /** What arrays make of themselves are plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** The rows of an answer. Of which type they are the document says, which only its author knows. */
export function graphqlList<Row>({ data, errors = [] }: GraphQLResponse): GraphQLList<Row> {
  if (errors.length > 0) {
    throw new QueryError("QUERY.GRAPHQL", errors.map(({ message }) => message).join("; "), {
      hint: "client.dataModels.query gives what could be answered beside what could not.",
    });
  }
  const [field = null] = Object.values(data ?? {});
  const held: unknown = isRecord(field) && Array.isArray(field["items"]) ? field["items"] : [field];
  const pageInfo = isRecord(field) && isRecord(field["pageInfo"]) ? (field["pageInfo"] as JsonObject) : undefined;
  return new GraphQLList<Row>(
    (held as readonly (Row | null)[]).filter((row) => row !== null),
    pageInfo,
  );
}
