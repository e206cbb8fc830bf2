import * as v from "valibot";
import type { GraphQLProblem, GraphQLResponse } from "../graphql.js";
import { isRecord, type JsonObject } from "../json.js";
import { type AnswerCheck, answerCheck } from "./schema.js";

/** Answer of a GraphQL query (contract 6.8). */
export const graphQLResponse: AnswerCheck<GraphQLResponse> = answerCheck(() =>
  v.looseObject({
    data: v.exactOptional(v.nullable(v.custom<JsonObject>(isRecord, "Expected an object"))),
    errors: v.exactOptional(
      v.array(
        v.custom<GraphQLProblem>(
          (problem) => isRecord(problem) && typeof problem["message"] === "string",
          "Expected an object with a message",
        ),
      ),
    ),
  }),
);
