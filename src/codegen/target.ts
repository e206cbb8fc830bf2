import type {
  IrDirect,
  IrEdge,
  IrModel,
  IrReverse,
  IrScalar,
  ModelNames,
  NamedView,
  NamingRules,
  Representation,
  ScalarKind,
} from "../ir/index.js";

/** The type of one value in a language. */
export interface ValueType {
  /** How the type is written: `string`, `LocalDate`. */
  readonly name: string;
  /** Where it is imported from, in a form that the target knows; absent for what is always there. */
  readonly from?: string;
}

/** The type of one value of every kind; of enums, where a language has no literal types, or what they build on. */
export type TypeMap = Readonly<Record<ScalarKind, ValueType>>;

/**
 * What a language needs of the generator. Everything else is the same for all languages: reading and checking models,
 * deciding between names, and what is written where. Targets are plain data and pure functions.
 *
 * @typeParam Role - the names that are made from the external id of the data model
 *
 * @example
 * ```ts
 * import { generate, readModelDocument, type Target, typescript } from "pygen/codegen";
 *
 * // As TypeScript, and one file more that lists the interfaces.
 * const sdk = typescript();
 * const target: Target = {
 *   ...sdk,
 *   render: (model) =>
 *     new Map([...sdk.render(model), ["interfaces.txt", model.views.map(({ type }) => `${type}\n`).join("")]]),
 * };
 * const { files } = generate({ document: readModelDocument(json), target });
 * ```
 */
export interface Target<Role extends string = string> {
  /** Casing and reserved words. Two equal names are told apart the same way in every language. */
  readonly naming: NamingRules<Role>;
  /** What a value of each kind is in the language. */
  readonly types: TypeMap;
  /** How values are represented where the metadata says so. */
  readonly representation?: Representation;
  /**
   * The files of one data model by path, with `/` between folders. Equal input must give equal bytes. Names are safe to
   * write; ids and texts of the model are hostile and must be escaped for the place they go to.
   */
  readonly render: (model: TargetModel<Role>) => ReadonlyMap<string, string>;
  /**
   * The files of several data models as one SDK. A view that several of them hold is there once, under one name (E33).
   * Left out, each data model is rendered by itself in a folder of its own.
   *
   * @param models - sorted by id; `folder` is a name for each that is safe and no other has
   * @param views - the views of all of them
   * @param origin - one line that says where a file of all of them comes from
   */
  readonly renderSeveral?: (
    models: readonly TargetModel<Role>[],
    views: readonly NamedView[],
    origin: string,
  ) => ReadonlyMap<string, string>;
}

/** What a target renders. */
export interface TargetModel<Role extends string = string> {
  /** A name for a file or folder, made from the external id and, where others have that too, version and space (E35, E37). */
  readonly folder: string;
  /** The data model, resolved and without names. */
  readonly model: IrModel;
  /** What the model is called, and its views by id. */
  readonly names: ModelNames<Role>;
  /** Every kind of instances of every view, in the order of their ids: a view for nodes and edges comes twice. */
  readonly views: readonly NamedView[];
  /** One line that says where a file of the data model comes from, for a comment at its top. */
  readonly origin: string;
  /**
   * The same for a file of one view, with those of several data models that hold it; without a view for a file that is
   * the same for all models.
   */
  readonly originOf: (view?: NamedView) => string;
  /** The type of one value of a property, by the target's own map or, for JSON, as the user chose it. */
  readonly valueType: (property: IrScalar) => ValueType;
  /** The nodes at the other end of a relation; `undefined` where the model does not say. */
  readonly targetOf: (property: IrDirect | IrReverse | IrEdge) => NamedView | undefined;
  /** The edges that hold a connection's own properties, where it has some. */
  readonly edgesOf: (property: IrEdge) => NamedView | undefined;
}
