import { type DefinitionNode, type EnumTypeDefinitionNode, GraphQLError, type NameNode, parse } from "graphql";
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
      if (!isType(definition)) continue;
      const { name } = definition;
      if (types.has(name.value) || enums.has(name.value)) problems.push(definedTwice(`type ${name.value}`, name));
      if (definition.kind === "EnumTypeDefinition") {
        enums.set(name.value, definition);
      } else {
        types.set(name.value, definition);
        problems.push(...fieldsTwice(definition));
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

function isType(definition: DefinitionNode): definition is TypeNode | EnumTypeDefinitionNode {
  return ["EnumTypeDefinition", "ObjectTypeDefinition", "InterfaceTypeDefinition"].includes(definition.kind);
}

function fieldsTwice({ name: type, fields = [] }: TypeNode): readonly DmlProblem[] {
  const names = new Set<string>();
  return fields.flatMap(({ name }) => {
    if (names.has(name.value)) return [definedTwice(`field ${name.value} of ${type.value}`, name)];
    names.add(name.value);
    return [];
  });
}

/** Only one of them would be there, and which was meant is not known. */
function definedTwice(what: string, { loc }: NameNode): DmlProblem {
  const { line, column } = loc?.startToken ?? {};
  return { code: "TYPE", message: `${what} is defined twice`, line, column };
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
