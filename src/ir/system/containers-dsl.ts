import type {
  Constraint,
  ContainerCreate,
  ContainerPropertyCreate,
  ContainerReference,
  Index,
  JsonValue,
  PropertyType,
  UsedFor,
} from "../../models/index.js";

/** A property that holds one value of a type without options. */
export function one(type: Exclude<PropertyType["type"], "enum">): ContainerPropertyCreate {
  return { type: { type, list: false } };
}

/** A property that holds a list of a type without options. */
export function many(type: Exclude<PropertyType["type"], "enum" | "direct">): ContainerPropertyCreate {
  return { type: { type, list: true } };
}

/** A direct relation, to any node or to those with data in a container. */
export function relation(container?: ContainerReference): ContainerPropertyCreate {
  return { type: { type: "direct", list: false, ...(container ? { container } : {}) } };
}

/** A list of direct relations. */
export function relations(
  options: { readonly most?: number; readonly container?: ContainerReference } = {},
): ContainerPropertyCreate {
  const { most, container } = options;
  return {
    type: {
      type: "direct",
      list: true,
      ...(most === undefined ? {} : { maxListSize: most }),
      ...(container ? { container } : {}),
    },
  };
}

/** A property that holds one of the named values. */
export function oneOf(...values: readonly string[]): ContainerPropertyCreate {
  return { type: { type: "enum", values: Object.fromEntries(values.map((value) => [value, {}])) } };
}

/** The same property, required. */
export function required(property: ContainerPropertyCreate): ContainerPropertyCreate {
  return { ...property, nullable: false };
}

/** The same property, fixed once it is written. */
export function immutable(property: ContainerPropertyCreate): ContainerPropertyCreate {
  return { ...property, immutable: true };
}

/** The same property with a default value. */
export function byDefault(defaultValue: JsonValue, property: ContainerPropertyCreate): ContainerPropertyCreate {
  return { ...property, defaultValue };
}

/** Several properties alike. */
export function each(
  ids: readonly string[],
  property: ContainerPropertyCreate,
): Readonly<Record<string, ContainerPropertyCreate>> {
  return Object.fromEntries(ids.map((id) => [id, property]));
}

/** What a container has besides its properties. */
export interface ContainerParts {
  /** @defaultValue "node" */
  readonly usedFor?: UsedFor;
  /** Containers of `cdf_cdm` that must have data too, without the prefix `Cognite`; the constraints are named after them. */
  readonly requires?: readonly string[];
  readonly unique?: Readonly<Record<string, { readonly properties: readonly string[]; readonly bySpace: boolean }>>;
  /** Indexes that cursors cannot use, and those they can: by name, the properties. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  readonly cursorable?: Readonly<Record<string, readonly string[]>>;
}

/** Gives what declares containers of one space. */
export function containersOf(
  space: string,
): (
  externalId: string,
  properties: Readonly<Record<string, ContainerPropertyCreate>>,
  parts?: ContainerParts,
) => ContainerCreate {
  return (externalId, properties, parts = {}) => ({
    space,
    externalId,
    usedFor: parts.usedFor ?? "node",
    properties,
    constraints: constraintsOf(parts),
    indexes: Object.fromEntries([
      ...Object.entries(parts.indexes ?? {}).map(([id, columns]) => btree(id, columns, false)),
      ...Object.entries(parts.cursorable ?? {}).map(([id, columns]) => btree(id, columns, true)),
    ]),
  });
}

function constraintsOf({ requires = [], unique = {} }: ContainerParts): Readonly<Record<string, Constraint>> {
  const required = requires.map((name): [string, Constraint] => [
    `${name.charAt(0).toLowerCase()}${name.slice(1)}Present`,
    { constraintType: "requires", require: { type: "container", space: "cdf_cdm", externalId: `Cognite${name}` } },
  ]);
  const distinct = Object.entries(unique).map(([id, { properties, bySpace }]): [string, Constraint] => [
    id,
    { constraintType: "uniqueness", properties, bySpace },
  ]);
  return Object.fromEntries([...required, ...distinct]);
}

function btree(id: string, properties: readonly string[], cursorable: boolean): [string, Index] {
  return [id, { indexType: "btree", properties, cursorable, bySpace: false }];
}

/** Indexes named like the one property they are on. */
export function on(...properties: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(properties.map((property) => [property, [property]]));
}
