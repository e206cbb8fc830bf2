import type { DiagnosticCode } from "../../ir/index.js";
import type { SourceCode } from "../sources/index.js";

/** Codes of what keeps a model from being read or found at all. */
export type ModelCode = "MODEL.INVALID" | "MODEL.DUPLICATE" | "MODEL.NOT_FOUND" | "MODEL.AMBIGUOUS";

/** Every code of a diagnostic. */
export type AnyDiagnosticCode = DiagnosticCode | SourceCode | ModelCode;

/** What a code means. */
export interface DiagnosticText {
  readonly title: string;
  /** When it is told. */
  readonly cause: string;
  /** What happens then. */
  readonly effect: string;
}

const nothing = "Nothing is generated.";
const propertyLeftOut = "The property is left out; the rest of the view stays.";
const onlyIds = "The property gives ids; nodes behind it cannot be selected.";

/** The text of every code; that none is missing is checked by the compiler. */
export const catalogue: Readonly<Record<AnyDiagnosticCode, DiagnosticText>> = {
  "IR.NO_VIEWS": {
    title: "A data model without usable views",
    cause: "The data model holds no views, or none of them can be used.",
    effect: nothing,
  },
  "IR.VIEW_MISSING": {
    title: "A view of the data model is not there",
    cause:
      "The data model refers to a view that neither the files, nor those they build on, nor the system models hold.",
    effect: "The view is left out.",
  },
  "IR.PARENT_MISSING": {
    title: "A parent is not there",
    cause: "A view in create form implements a view that is nowhere to be found.",
    effect: "The view lacks the properties that it would inherit.",
  },
  "IR.PARENT_CYCLE": {
    title: "Views implement each other",
    cause: "Following `implements` leads back to the view.",
    effect: "The circle is cut where it closes; the service refuses such views.",
  },
  "IR.CONTAINER_MISSING": {
    title: "A container is not there",
    cause:
      "A view in create form maps a container that is nowhere to be found, so the type of the property is not known.",
    effect: propertyLeftOut,
  },
  "IR.CONTAINER_PROPERTY_MISSING": {
    title: "A container has no such property",
    cause: "`containerPropertyIdentifier` names what the container does not have.",
    effect: propertyLeftOut,
  },
  "IR.TYPE_UNKNOWN": {
    title: "A type that pygen does not know",
    cause: "The type of a property is none of those of the service that this version knows.",
    effect: propertyLeftOut,
  },
  "IR.PROPERTY_KIND_UNKNOWN": {
    title: "A kind of property that pygen does not know",
    cause: "A property is neither stored, nor a reverse relation, nor a connection by edges.",
    effect: propertyLeftOut,
  },
  "IR.RECORD_VIEW": {
    title: "A view over records",
    cause: "The view maps containers for records, which are no nodes and no edges.",
    effect: "The view is left out.",
  },
  "IR.TARGET_MISSING": {
    title: "A relation leads out of the data model",
    cause: "The view that a relation leads to is not in the data model.",
    effect: onlyIds,
  },
  "IR.TARGET_NOT_NODES": {
    title: "A relation leads to a view for edges",
    cause: "Relations lead to nodes; the view that is named is for edges alone.",
    effect: onlyIds,
  },
  "IR.TARGET_VERSION": {
    title: "A relation leads to another version of a view",
    cause: "The data model holds the view that a relation leads to, in another version.",
    effect: onlyIds,
  },
  "IR.VERSIONS_MIXED": {
    title: "A view in several versions",
    cause: "The data model holds the same view in more than one version.",
    effect: "Each is generated; their names end in their versions.",
  },
  "IR.EDGE_VIEW_MISSING": {
    title: "An edge view outside of the data model",
    cause: "A connection names a view for the properties of its edges that is not in the data model.",
    effect: "Edges come without their own properties.",
  },
  "IR.EDGE_VIEW_NOT_EDGES": {
    title: "An edge view that is for nodes",
    cause: "A connection names a view for the properties of its edges that is for nodes alone.",
    effect: "Edges come without their own properties.",
  },
  "IR.THROUGH_MISSING": {
    title: "A reverse relation through what is not there",
    cause: "The direct relation that a reverse one goes through cannot be found on the view or container it names.",
    effect: propertyLeftOut,
  },
  "IR.THROUGH_NOT_RELATION": {
    title: "A reverse relation through a plain property",
    cause: "What a reverse relation goes through is no direct relation.",
    effect: propertyLeftOut,
  },
  "IR.THROUGH_SEVERAL": {
    title: "A reverse relation with several candidates",
    cause: "It goes through a container's property that the view of the nodes maps more than once.",
    effect: "The first of them by id is used; they hold the same values.",
  },
  "IR.CONNECTION_ON_EDGE": {
    title: "A connection on a view for edges",
    cause: "Edges have no edges and no reverse relations of their own.",
    effect: propertyLeftOut,
  },
  "IR.FILTER_INVALID": {
    title: "A filter that is no longer valid",
    cause: "The service marks the view's filter as naming something that was deleted.",
    effect: "The view is taken without its filter.",
  },
  "IR.SEVERAL_PARENTS": {
    title: "Parents that differ",
    cause: "Several views that a view implements have a property of one id, and do not agree on it.",
    effect: "That of the last one in `implements` is taken, as the service does.",
  },
  "IR.USES_MIXED": {
    title: "Containers for nodes and for edges",
    cause: "A view maps containers of which some hold data of nodes alone and others of edges alone.",
    effect: "The view is for nodes; properties of the other containers are always empty.",
  },
  "IR.REFUSED": {
    title: "A definition that the service would refuse",
    cause: "A definition in create form breaks a rule of the service: of ids, reserved words, sizes or fields.",
    effect: "Code is generated all the same; deploying the model fails.",
  },
  "IR.TEXT_UNREADABLE": {
    title: "A text with signs that cannot be read",
    cause: "A name or description holds control characters or marks that change the direction of text.",
    effect: "Comments of generated code leave the signs out.",
  },
  "IR.PATTERN_UNUSED": {
    title: "An exclusion, a rename or a type that means nothing",
    cause:
      "`exclude` or `rename` names a view, a space or a property that no data model of the SDK has, or `jsonTypes` what is no JSON property of one.",
    effect: "It is passed over.",
  },
  "IR.NAME_ESCAPED": {
    title: "A reserved word",
    cause: "The name that would be made of an id is reserved in the language.",
    effect: "The name gets `_` at its end. The service is given the id of the model as before.",
  },
  "IR.NAME_CLASH": {
    title: "Two ids, one name",
    cause: "Two views or two properties would be called the same in the language.",
    effect: "Views are told apart by version, space or a number, properties by a number; always in the same way.",
  },
  "MODEL.INVALID": {
    title: "Not a model file",
    cause: "A part of a file does not have the form of what it is given as.",
    effect: nothing,
  },
  "MODEL.DUPLICATE": {
    title: "Two things of one id",
    cause: "A space, container, view or data model is given twice, and the two differ.",
    effect: nothing,
  },
  "MODEL.NOT_FOUND": {
    title: "No such data model",
    cause: "The files hold no data model and no views, or not the data model that was asked for.",
    effect: nothing,
  },
  "MODEL.AMBIGUOUS": {
    title: "Several data models of that name",
    cause: "The data model was asked for by a part of its id that several have.",
    effect: nothing,
  },
  "SOURCE.SYNTAX": {
    title: "A file that cannot be read",
    cause: "A file is not the JSON, YAML or GraphQL that its ending says.",
    effect: nothing,
  },
  "SOURCE.NOT_A_MODEL": {
    title: "A file without a model",
    cause: "A file that was named holds nothing that a data model is made of.",
    effect: nothing,
  },
  "SOURCE.VARIABLE_MISSING": {
    title: "A placeholder without a value",
    cause: "A file holds `{{ name }}`, and nothing says what the value of `name` is.",
    effect: nothing,
  },
  "SOURCE.DML_MODEL": {
    title: "GraphQL without a data model",
    cause: "The data modeling language does not say which data model a schema describes.",
    effect: nothing,
  },
  "SOURCE.DML_TYPE": {
    title: "A type that is not defined",
    cause: "A field, `implements` or `edgeSource` of a schema names a type that the file does not have.",
    effect: nothing,
  },
  "SOURCE.DML_DIRECTIVE": {
    title: "A directive that lacks an argument",
    cause: "A directive of a schema cannot be understood without the argument.",
    effect: nothing,
  },
};
