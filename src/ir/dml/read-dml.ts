import { type EnumTypeDefinitionNode, GraphQLError, parse } from "graphql";
import { type DataModelCreate, type VersionedIdentity, viewReference } from "../../models/index.js";
import { commentOf, directiveOf } from "./arguments.js";
import { DmlFields, type DmlProblem } from "./fields.js";
import { isImported, type TypeNode, viewIdOf } from "./view-of-type.js";

/** What a schema makes, in create form. */
export interface DmlSchema {
  readonly containers: readonly object[];
  readonly views: readonly object[];
  readonly dataModels: readonly DataModelCreate[];
}

/**
 * Turns a schema in the data modeling language into create form: a view and a container for each type, as the service
 * makes them; types with `@import` are views of elsewhere.
 *
 * @param model - the data model that the schema describes
 */
export function readDml(text: string, model: VersionedIdentity, problems: DmlProblem[]): DmlSchema | undefined {
  const types = new Map<string, TypeNode>();
  const enums = new Map<string, EnumTypeDefinitionNode>();
  try {
    for (const definition of parse(text).definitions) {
      if (definition.kind === "EnumTypeDefinition") enums.set(definition.name.value, definition);
      if (definition.kind === "ObjectTypeDefinition" || definition.kind === "InterfaceTypeDefinition") {
        types.set(definition.name.value, definition);
      }
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [{ line, column } = {}] = error.locations ?? [];
    problems.push({ code: "SYNTAX", message: error.message, line, column });
    return undefined;
  }
  const fields = new DmlFields({ model, types, enums, problems });
  const views = [...types.values()].filter((type) => !isImported(type)).map((type) => viewOf(type, model, fields));
  return {
    containers: fields.containers(),
    views,
    dataModels: [{ ...model, views: [...types.values()].map((type) => viewReference(viewIdOf(type, model))) }],
  };
}

function viewOf(type: TypeNode, model: VersionedIdentity, fields: DmlFields): object {
  const filter = directiveOf(type, "view")?.["rawFilter"];
  const parents = (type.interfaces ?? [])
    .map((parent) => fields.viewNamed(parent))
    .filter((view) => view !== undefined);
  return {
    ...viewIdOf(type, model),
    ...commentOf(type.description),
    ...(filter === undefined ? {} : { filter }),
    ...(parents.length > 0 ? { implements: parents } : {}),
    properties: fields.propertiesOf(type),
  };
}
