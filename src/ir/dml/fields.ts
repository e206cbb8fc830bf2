import type { EnumTypeDefinitionNode, FieldDefinitionNode, NamedTypeNode } from "graphql";
import { type VersionedIdentity, type ViewReference, viewReference } from "../../models/index.js";
import { type Arguments, commentOf, directiveOf, textOf, textsOf } from "./arguments.js";
import { enumType, scalarType, unwrapped } from "./type-table.js";
import { type TypeNode, viewIdOf } from "./view-of-type.js";

/** Something wrong with a text of the data modeling language. Lines and columns count from 1. */
export interface DmlProblem {
  /** No GraphQL; a type that nothing defines; a directive without what it needs. */
  readonly code: "SYNTAX" | "TYPE" | "DIRECTIVE";
  readonly message: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** A file of the data modeling language while it is turned into create form. */
export interface DmlFile {
  readonly model: VersionedIdentity;
  readonly types: ReadonlyMap<string, TypeNode>;
  readonly enums: ReadonlyMap<string, EnumTypeDefinitionNode>;
  readonly problems: DmlProblem[];
}

interface DmlContainer {
  readonly space: string;
  readonly externalId: string;
  readonly usedFor: "node" | "edge";
  readonly properties: Map<string, object>;
}

/** Turns fields into properties of views, and collects the containers that they are stored in. */
export class DmlFields {
  readonly #file: DmlFile;
  readonly #containers = new Map<string, DmlContainer>();

  constructor(file: DmlFile) {
    this.#file = file;
  }

  /** The containers of all fields so far, with their properties. */
  containers(): readonly object[] {
    return [...this.#containers.values()].map(({ properties, ...container }) => ({
      ...container,
      properties: Object.fromEntries(properties),
    }));
  }

  /** The view that a name stands for; a name that nothing defines is told. */
  viewNamed(name: NamedTypeNode): ViewReference | undefined {
    const type = this.#file.types.get(name.name.value);
    if (type) return viewReference(viewIdOf(type, this.#file.model));
    this.#problem("TYPE", `type ${name.name.value} is not defined`, name);
    return undefined;
  }

  /** Properties of a type's view; fields that it only repeats from what it implements are left to that. */
  propertiesOf(type: TypeNode): Readonly<Record<string, object>> {
    const inherited = this.#inherited(type, new Set());
    const own = (type.fields ?? []).filter(({ name }) => !inherited.has(name.value));
    return Object.fromEntries(
      own.flatMap((field): [string, object][] => {
        const property = this.#property(field, type);
        return property ? [[field.name.value, { ...property, ...commentOf(field.description) }]] : [];
      }),
    );
  }

  #inherited(type: TypeNode, seen: Set<string>): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { name } of type.interfaces ?? []) {
      const parent = this.#file.types.get(name.value);
      if (!parent || seen.has(name.value)) continue;
      seen.add(name.value);
      for (const field of parent.fields ?? []) names.add(field.name.value);
      for (const field of this.#inherited(parent, seen)) names.add(field);
    }
    return names;
  }

  #property(field: FieldDefinitionNode, type: TypeNode): object | undefined {
    const { name, list, required } = unwrapped(field.type);
    const labels = this.#file.enums.get(name);
    const scalar = labels ? enumType(labels) : scalarStored(name, field);
    if (scalar) return this.#stored(field, type, { ...scalar, ...(list ? { list } : {}) }, required);
    const target = this.#file.types.get(name);
    if (!target) {
      this.#problem("TYPE", `type ${name} of ${type.name.value}.${field.name.value} is not defined`, field);
      return undefined;
    }
    const source = viewReference(viewIdOf(target, this.#file.model));
    const through = directiveOf(field, "reverseDirectRelation");
    if (through) return this.#reverse(field, through, source, list);
    const edge = directiveOf(field, "relation");
    if (edge || (list && !directiveOf(field, "directRelation"))) return this.#edge(field, type, edge, source, list);
    return { ...this.#stored(field, type, { type: "direct", ...(list ? { list } : {}) }, required), source };
  }

  #stored(field: FieldDefinitionNode, type: TypeNode, stored: object, required: boolean): object {
    const view = viewIdOf(type, this.#file.model);
    const mapping = directiveOf(field, "mapping");
    const container = {
      space: textOf(mapping, "space", view.space),
      externalId: textOf(mapping, "container", view.externalId),
    };
    const id = textOf(mapping, "property", field.name.value);
    const defaultValue = directiveOf(field, "default")?.["value"];
    this.#container(container, directiveOf(type, "edge") ? "edge" : "node").properties.set(id, {
      type: stored,
      nullable: !required,
      ...(defaultValue === undefined ? {} : { defaultValue }),
    });
    return { container: { type: "container", ...container }, containerPropertyIdentifier: id };
  }

  #container(id: { readonly space: string; readonly externalId: string }, usedFor: "node" | "edge"): DmlContainer {
    const key = `${id.space}/${id.externalId}`;
    const container = this.#containers.get(key) ?? { ...id, usedFor, properties: new Map<string, object>() };
    this.#containers.set(key, container);
    return container;
  }

  #reverse(field: FieldDefinitionNode, given: Arguments, source: ViewReference, list: boolean): object | undefined {
    const identifier = textOf(given, "throughProperty", undefined);
    if (identifier === undefined) {
      this.#problem("DIRECTIVE", "@reverseDirectRelation needs throughProperty", field);
      return undefined;
    }
    const container = textsOf(given, "throughContainer", ["space", "externalId"]);
    return {
      connectionType: list ? "multi_reverse_direct_relation" : "single_reverse_direct_relation",
      source,
      through: { source: container ? { type: "container", ...container } : source, identifier },
    };
  }

  #edge(
    field: FieldDefinitionNode,
    type: TypeNode,
    given: Arguments | undefined,
    source: ViewReference,
    list: boolean,
  ): object {
    const view = viewIdOf(type, this.#file.model);
    const named = textsOf(given, "type", ["space", "externalId"]);
    const edgeName = textOf(given, "edgeSource", undefined);
    const edgeType = edgeName === undefined ? undefined : this.#file.types.get(edgeName);
    if (edgeName !== undefined && !edgeType) {
      this.#problem("TYPE", `type ${edgeName} of edgeSource is not defined`, field);
    }
    return {
      connectionType: list ? "multi_edge_connection" : "single_edge_connection",
      type: named ?? { space: view.space, externalId: `${view.externalId}.${field.name.value}` },
      source,
      direction: textOf(given, "direction", "OUTWARDS").toLowerCase(),
      ...(edgeType ? { edgeSource: viewReference(viewIdOf(edgeType, this.#file.model)) } : {}),
    };
  }

  #problem(
    code: DmlProblem["code"],
    message: string,
    { loc }: { readonly loc?: { readonly startToken: { readonly line: number; readonly column: number } } },
  ): void {
    this.#file.problems.push({ code, message, line: loc?.startToken.line, column: loc?.startToken.column });
  }
}

function scalarStored(name: string, field: FieldDefinitionNode): object | undefined {
  const type = scalarType(name);
  const unit = textOf(directiveOf(field, "unit"), "externalId", undefined);
  return type === undefined ? undefined : { type, ...(unit === undefined ? {} : { unit: { externalId: unit } }) };
}
