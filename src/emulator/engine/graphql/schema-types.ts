import {
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import type { Instance, PropertyType, ViewReference } from "../../../models/index.js";
import type { ProjectState } from "../state.js";
import type { PageArguments, Reader } from "./reader.js";
import type { ShownView } from "./shown-view.js";

/** Fields of anything. */
export type Fields = GraphQLFieldConfigMap<unknown, Reader>;
/** Fields of a node. */
export type InstanceFields = GraphQLFieldConfigMap<Instance, Reader>;

/** The types of one view. */
export interface ViewTypes {
  readonly view: ShownView;
  readonly node: GraphQLObjectType;
  readonly page: GraphQLObjectType;
}

/** The arguments that say which nodes of a view, in which order, and which page of them. */
export type PageInputs = GraphQLFieldConfigArgumentMap &
  Readonly<Record<"first" | "after" | "filter" | "sort", GraphQLFieldConfigArgumentMap[string]>>;

/** What the fields of a schema are made of. */
export interface SchemaTypes {
  readonly state: ProjectState;
  /** An id. */
  readonly reference: GraphQLObjectType;
  /** The types of a view that is part of the model. */
  readonly typesOf: (reference: ViewReference) => ViewTypes | undefined;
  /** The type of values that lead to no view of the model. */
  readonly outputOf: (type: PropertyType) => GraphQLOutputType;
  /** The type of pages of nodes or groups; `more` are further fields of its edges. */
  readonly pageType: (name: string, node: GraphQLObjectType, more?: Fields) => GraphQLObjectType;
  readonly pageArguments: (view: ShownView) => PageInputs;
  /** What those arguments mean. */
  readonly pageFrom: (view: ShownView, given: Readonly<Record<string, unknown>>) => PageArguments;
}

/** A type with these fields. */
export function objectType(name: string, fields: Fields): GraphQLObjectType {
  return new GraphQLObjectType<unknown, Reader>({ name, fields });
}

/** A time as the service writes it. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "+00:00");
}
