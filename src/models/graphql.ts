import type { JsonObject } from "./json.js";

/** A GraphQL document and what to run of it. */
export interface GraphQLRequest {
  /** The document, such as `{ listTurbine { items { name } } }`. */
  readonly query: string;
  readonly variables?: JsonObject;
  /** Which operation to run, where the document has several. */
  readonly operationName?: string;
}

/** Something that could not be answered. */
export interface GraphQLProblem {
  readonly message: string;
  /** Places in the document, counted from 1. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  /** The field of the answer that is missing because of it. */
  readonly path?: readonly (string | number)[];
  readonly extensions?: JsonObject;
}

/**
 * An answer to a GraphQL document: `data`, `errors`, or both where some fields could be answered and others not
 * (contract 6.8).
 */
export interface GraphQLResponse<Data = JsonObject> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLProblem[];
}
