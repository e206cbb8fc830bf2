import { InputError } from "../errors/index.js";
import type { IrModel, IrView, ScalarKind } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";
import { type ExternalIdFactory, incrementalId } from "./external-ids.js";
import type { ValueFactory } from "./values.js";

/** How the instances of a view are made. */
export interface MockViewOptions {
  /** How many nodes. @defaultValue 5 */
  readonly nodes?: number;
  /** Most edges of a type that leave a node. @defaultValue 5 */
  readonly edges?: number;
  /** Share of values that are not set, of properties that may be without. From 0 to 1. @defaultValue 0.25 */
  readonly nulls?: number;
  /** @defaultValue `incrementalId` */
  readonly externalId?: ExternalIdFactory;
  /** Values by kind, where those that come with the package are not wanted. */
  readonly kinds?: Readonly<Partial<Record<ScalarKind, ValueFactory>>>;
  /** Values by property, by its id in CDF. */
  readonly properties?: Readonly<Record<string, ValueFactory>>;
}

/** What instances are made. */
export interface MockOptions extends MockViewOptions {
  /** The space of the instances. */
  readonly space: string;
  /** The same seed gives the same instances. Views are independent: adding one changes no other. @defaultValue 1 */
  readonly seed?: number | string;
  /** What is different for a view: by its external id, or by `space/externalId@version`. */
  readonly views?: Readonly<Record<string, MockViewOptions>>;
  /** Makes no nodes of views that others implement. @defaultValue false */
  readonly skipInterfaces?: boolean;
}

/** A view that nodes are made of, and how. */
export interface Plan extends Required<Omit<MockViewOptions, "kinds" | "properties">> {
  readonly view: IrView;
  readonly kinds: Readonly<Partial<Record<ScalarKind, ValueFactory>>>;
  readonly properties: Readonly<Record<string, ValueFactory>>;
}

/**
 * The views that nodes are made of, by id.
 *
 * @throws InputError `INPUT.MOCK` for numbers out of bounds, and for views and properties that the model has not
 */
export function plansOf(model: IrModel, options: MockOptions): ReadonlyMap<string, Plan> {
  const { views = {}, skipInterfaces = false } = options;
  const given = new Set(Object.keys(views));
  const interfaces = new Set(model.views.flatMap((view) => view.implements.map(formatVersionedId)));
  const plans = new Map<string, Plan>();
  for (const view of model.views) {
    const id = formatVersionedId(view.id);
    const own = { ...views[view.id.externalId], ...views[id] };
    given.delete(id);
    given.delete(view.id.externalId);
    if (view.usedFor === "edge" || !view.writable || (skipInterfaces && interfaces.has(id))) continue;
    plans.set(id, planOf(view, options, own));
  }
  const [unknown] = given;
  if (unknown !== undefined) {
    throw problem(
      `views.${unknown}`,
      "is no view of the model",
      `It has ${model.views.map(({ id }) => id.externalId).join(", ")}.`,
    );
  }
  return plans;
}

function planOf(view: IrView, options: MockOptions, own: MockViewOptions): Plan {
  const { nodes = 5, edges = 5, nulls = 0.25, externalId = incrementalId } = { ...options, ...own };
  const properties = own.properties ?? {};
  const at = `views.${view.id.externalId}`;
  checkCount(`${at}.nodes`, nodes);
  checkCount(`${at}.edges`, edges);
  if (!(nulls >= 0 && nulls <= 1)) throw problem(`${at}.nulls`, `is ${nulls}`, "Use a share from 0 to 1.");
  const known = new Set(view.properties.map(({ id }) => id));
  const unknown = Object.keys(properties).find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw problem(`${at}.properties.${unknown}`, "is no property of the view", `It has ${[...known].join(", ")}.`);
  }
  return {
    view,
    nodes,
    edges,
    nulls,
    externalId,
    kinds: { ...options.kinds, ...own.kinds },
    properties: { ...options.properties, ...properties },
  };
}

function checkCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 0) return;
  throw problem(name, `is ${value}`, "Use a whole number from 0.");
}

function problem(path: string, what: string, hint: string): InputError {
  return new InputError("INPUT.MOCK", `Option ${path} ${what}.`, { path, hint });
}
