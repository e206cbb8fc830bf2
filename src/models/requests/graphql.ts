import * as v from "valibot";
import type { GraphQLRequest } from "../graphql.js";
import { isRecord, type JsonObject } from "../json.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { fields } from "./shapes.js";

/** Body of a GraphQL query of a data model (contract 6.8). Clients send null for what they leave out. */
export const graphQLBody: RequestSchema<GraphQLRequest> = lazily(() =>
  v.pipe(
    fields({
      query: v.string(),
      variables: v.exactOptional(v.custom<JsonObject>(isRecord, "must be an object")),
      operationName: v.exactOptional(v.string()),
    }),
    v.transform(
      ({ query, variables, operationName }): GraphQLRequest => ({
        query,
        ...(variables ? { variables } : {}),
        ...(typeof operationName === "string" ? { operationName } : {}),
      }),
    ),
  ),
);
