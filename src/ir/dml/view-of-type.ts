import type { InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode } from "graphql";
import type { VersionedIdentity } from "../../models/index.js";
import { directiveOf, textOf, textsOf } from "./arguments.js";

/** A type of the language: it defines a view, or names one of elsewhere. */
export type TypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The view that a type stands for: of its own model unless it says otherwise. */
export function viewIdOf(type: TypeNode, model: VersionedIdentity): VersionedIdentity {
  const from = textsOf(directiveOf(type, "import"), "dataModel", ["space", "version"]) ?? model;
  const view = directiveOf(type, "view");
  return {
    space: textOf(view, "space", from.space),
    externalId: type.name.value,
    version: textOf(view, "version", from.version),
  };
}

/** Whether the type is defined elsewhere, and named here only. */
export function isImported(type: TypeNode): boolean {
  return directiveOf(type, "import") !== undefined;
}
