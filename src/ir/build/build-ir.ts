import type { Diagnostic } from "../../errors/index.js";
import {
  type DataModel,
  type DataModelCreate,
  formatVersionedId,
  isMapped,
  isReverse,
  isViewReference,
  type View,
  type ViewCreate,
  type ViewReference,
} from "../../models/index.js";
import { canonical, compareText } from "../canonical-json.js";
import { type DiagnosticSink, Diagnostics } from "../diagnostics.js";
import { freeze } from "../freeze.js";
import { ancestors } from "../inherit.js";
import type { IrModel, IrProperty, IrView } from "../model.js";
import { edgeProperty, reverseProperty } from "./connections.js";
import type { BuildContext, PropertyPlace } from "./context.js";
import { checkInheritance } from "./inheritance.js";
import { labelsOf } from "./labels.js";
import { nodeTypeOf } from "./node-type.js";
import { identityOf, resolver, resourceOf, usedForOf, writableOf } from "./resolve.js";
import { type Schema, schemaOf } from "./schema.js";
import { storedProperty } from "./stored.js";

/** A data model whose views are resolved, and everything that is odd about it. */
export interface BuiltModel {
  readonly model: IrModel;
  /** Sorted by place. Where there are errors the model is still usable, without what is at fault. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Resolves a data model: inheritance flattened, connections checked, every problem told at once. Only the property or
 * view at fault is left out or weakened. The result is the same for any order of views and properties (E131), and frozen.
 *
 * @param dataModel - with views by reference, or whole as the service gives them with `inlineViews`
 * @param schema - where views and containers are found that the data model does not hold itself; views in create form
 *   need their containers, views as the service returns them stand for themselves
 *
 * @example
 * ```ts
 * import { buildIr, readModelDocument, schemaOf } from "pygen/codegen";
 *
 * const document = readModelDocument(json);
 * for (const dataModel of document.dataModels) {
 *   const { model, diagnostics } = buildIr(dataModel, schemaOf(document));
 * }
 * ```
 */
export function buildIr(dataModel: DataModelCreate | DataModel, schema: Schema = schemaOf()): BuiltModel {
  const diagnostics = new Diagnostics();
  const model = buildModel(dataModel, schema, diagnostics);
  return { model: freeze(model), diagnostics: diagnostics.all() };
}

/** The same, with its problems told elsewhere. */
export function buildModel(
  dataModel: DataModelCreate | DataModel,
  schema: Schema,
  diagnostics: DiagnosticSink,
): IrModel {
  const members: readonly (ViewReference | View | ViewCreate)[] = dataModel.views ?? [];
  const whole = schemaOf({ views: members.filter((view): view is View | ViewCreate => !isViewReference(view)) });
  const both: Schema = { view: (id) => whole.view(id) ?? schema.view(id), container: schema.container };
  const resolve = resolver(both);
  const views = memberViews(dataModel, both, diagnostics);
  const uses = new Map<string, IrView["usedFor"]>();
  for (const [id, view] of views) {
    const use = usedForOf(view, resolve.properties(view), both);
    if (use === "record") {
      diagnostics.add("IR.RECORD_VIEW", id, "the view is for records; it is left out");
    } else {
      const stores = [...resolve.properties(view).values()].some(({ property }) => isMapped(property));
      uses.set(id, stores ? use : "node");
    }
  }
  const context: BuildContext = { schema: both, resolver: resolve, uses, diagnostics };
  const used = [...uses].flatMap(([id, usedFor]) => {
    const view = views.get(id);
    return view ? [{ view, usedFor }] : [];
  });
  checkInheritance(
    used.map(({ view }) => view),
    context,
  );
  const built = used.map(({ view, usedFor }) => buildView(view, usedFor, context));
  if (built.length === 0)
    diagnostics.add("IR.NO_VIEWS", formatVersionedId(dataModel), "the data model has no usable view");
  return { irVersion: 1, id: identityOf(dataModel), ...labelsOf(dataModel), views: built };
}

/** The views of the data model that are there, sorted by space, external id and version; those that lack are told. */
export function memberViews(
  dataModel: DataModelCreate | DataModel,
  schema: Schema,
  diagnostics: DiagnosticSink,
): ReadonlyMap<string, ViewCreate | View> {
  const members: readonly (ViewReference | View | ViewCreate)[] = dataModel.views ?? [];
  const found = new Map<string, ViewCreate | View>();
  for (const member of [...members].sort(compareIds)) {
    const id = formatVersionedId(member);
    const view = isViewReference(member) ? schema.view(member) : member;
    if (view) found.set(id, view);
    else {
      const message = `the data model holds view ${id}, which is not there; it is left out`;
      diagnostics.add("IR.VIEW_MISSING", formatVersionedId(dataModel), message);
    }
  }
  return found;
}

function compareIds(a: ViewReference | View | ViewCreate, b: ViewReference | View | ViewCreate): number {
  return compareText(a.space, b.space) || compareText(a.externalId, b.externalId) || compareText(a.version, b.version);
}

function buildView(view: ViewCreate | View, usedFor: IrView["usedFor"], context: BuildContext): IrView {
  const resolved = context.resolver.properties(view);
  const id = formatVersionedId(view);
  const parents = ancestors(view, context.schema);
  const properties: IrProperty[] = [];
  for (const at of inOrder(view, context)) {
    const built = buildProperty(at, usedFor, context);
    if (built) properties.push(built);
  }
  const nodeType = view.filter && nodeTypeOf(view.filter);
  const filter = view.filter && "invalid" in view.filter ? undefined : view.filter;
  if (view.filter && !filter) {
    context.diagnostics.add(
      "IR.FILTER_INVALID",
      id,
      "the view's filter names something that was deleted; it is left out",
    );
  }
  return {
    id: identityOf(view),
    ...labelsOf(view),
    usedFor,
    writable: writableOf(view, resolved, context.schema),
    implements: parents.filter((parent) => context.uses.has(formatVersionedId(parent))),
    ...(filter ? { filter: canonical(filter) } : {}),
    ...(nodeType && usedFor !== "edge" ? { nodeType } : {}),
    ...resourceOf(resolved),
    properties,
  };
}

/** Inherited properties first, view by view in the order of `implements`; those of one view by id. */
function inOrder(view: ViewCreate | View, { schema, resolver: resolve }: BuildContext): readonly PropertyPlace[] {
  const own = formatVersionedId(view);
  const rank = new Map([...ancestors(view, schema).map(formatVersionedId), own].map((id, index) => [id, index]));
  return [...resolve.properties(view)]
    .map(([id, inherited]) => ({
      at: { ...inherited, id, place: `${own}.${id}` },
      rank: rank.get(formatVersionedId(inherited.declaredBy)) ?? rank.size,
    }))
    .sort((a, b) => a.rank - b.rank || compareText(a.at.id, b.at.id))
    .map(({ at }): PropertyPlace => at);
}

function buildProperty(at: PropertyPlace, usedFor: IrView["usedFor"], context: BuildContext): IrProperty | undefined {
  const { property } = at;
  if (isMapped(property)) return storedProperty(property, at, context);
  if (!isReverse(property) && !("source" in property && "type" in property)) {
    const message = "the kind of the property is not known; it is left out";
    context.diagnostics.add("IR.PROPERTY_KIND_UNKNOWN", at.place, message);
    return undefined;
  }
  if (usedFor === "edge") {
    context.diagnostics.add(
      "IR.CONNECTION_ON_EDGE",
      at.place,
      "the view is for edges, which have no connections; the property is left out",
    );
    return undefined;
  }
  return isReverse(property) ? reverseProperty(property, at, context) : edgeProperty(property, at, context);
}
