import { executeSync, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import type {
  DataModelId,
  GraphQLProblem,
  GraphQLRequest,
  GraphQLResponse,
  JsonObject,
} from "../../../models/index.js";
import { Fault } from "../fault.js";
import { type ProjectState, type StoredDataModel, versionedKey } from "../state.js";
import { Resolvers } from "./resolvers.js";
import { graphQLSchema } from "./schema.js";

/** Most tokens of a document; the service names no bound of its own. */
const MAX_TOKENS = 20_000;

const schemas = new WeakMap<StoredDataModel, { readonly version: number; readonly schema: GraphQLSchema }>();

/**
 * Answers a GraphQL query of a data model (contract 6.8). What is wrong with the document, or with single fields, is in
 * the answer's `errors`.
 *
 * @throws {@link Fault} 404 for unknown data models
 */
export function queryModel(state: ProjectState, id: DataModelId, request: GraphQLRequest): GraphQLResponse {
  const model = state.dataModels.get(versionedKey(id));
  if (!model) throw new Fault(404, `Unknown data model '${id.space}:${id.externalId}/${id.version}'`);
  const schema = schemaOf(state, model);
  try {
    const document = parse(request.query, { maxTokens: MAX_TOKENS });
    const problems = validate(schema, document);
    if (problems.length > 0) return { errors: problems.map(problemOf) };
    const { data, errors } = executeSync({
      schema,
      document,
      contextValue: new Resolvers(state),
      variableValues: request.variables,
      operationName: request.operationName,
    });
    return {
      ...(data === undefined ? {} : { data: data as JsonObject | null }),
      ...(errors ? { errors: errors.map(problemOf) } : {}),
    };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [problemOf(error)] };
    throw error;
  }
}

function schemaOf(state: ProjectState, model: StoredDataModel): GraphQLSchema {
  const known = schemas.get(model);
  if (known?.version === state.schemaVersion) return known.schema;
  const schema = graphQLSchema(state, model);
  schemas.set(model, { version: state.schemaVersion, schema });
  return schema;
}

/** In the service's words where they are known. */
function problemOf({ message, locations, path }: GraphQLError): GraphQLProblem {
  const [, field, type] = /^Cannot query field "(.*?)" on type "(.*?)"/.exec(message) ?? [];
  return {
    message: field === undefined ? message : `Field '${field}' in type '${type}' is undefined`,
    ...(locations ? { locations: locations.map(({ line, column }) => ({ line, column })) } : {}),
    ...(path ? { path } : {}),
  };
}
