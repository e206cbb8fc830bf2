import type { ViewDescriptor } from "../../ir/index.js";
import { type Filter, isRecord } from "../../models/index.js";
import { optionsOf, type Place, placeText } from "../problems.js";
import { isStored, propertyOf } from "../registry.js";
import { deeper } from "./deeper.js";
import { mayAsk } from "./may-ask.js";
import type { PlanScope } from "./scope.js";

/** What a `some` asks: whether there is an instance at the other end of a relation for which its conditions hold. */
export interface Question {
  readonly place: Place;
  readonly some: unknown;
  /** What holds at the other end. */
  readonly scope: PlanScope;
}

/** Turns a question into a filter of the instances at this end. */
export type Ask = (question: Question) => Promise<Filter>;

/**
 * A `where` without any `some`: each is asked from the far side, and its answer put in its place. What is wrong with
 * the rest is told when it is planned.
 */
export async function expandWhere(where: unknown, view: ViewDescriptor, scope: PlanScope, ask: Ask): Promise<unknown> {
  if (!mayAsk(where) || !isRecord(where)) return where;
  const entries = Object.entries(where).map(([name, value]) => {
    const place = { view, name };
    return name.startsWith("$") ? combined(place, value, scope, ask) : condition(place, value, scope, ask);
  });
  return { $and: (await Promise.all(entries)).flat() };
}

async function combined(place: Place, value: unknown, scope: PlanScope, ask: Ask): Promise<unknown[]> {
  const { view, name } = place;
  if (name === "$not") return [{ $not: await expandWhere(value, view, scope, ask) }];
  if ((name !== "$and" && name !== "$or") || !Array.isArray(value)) return [{ [name]: value }];
  return [{ [name]: await Promise.all(value.map((one: unknown) => expandWhere(one, view, scope, ask))) }];
}

async function condition(place: Place, value: unknown, scope: PlanScope, ask: Ask): Promise<unknown[]> {
  const { name } = place;
  const property = propertyOf(place.view, name);
  if (!isRecord(value) || property === undefined || !("some" in value || "is" in value)) return [{ [name]: value }];
  const { some, ...rest } = value;
  const asked = async (): Promise<unknown[]> =>
    some === undefined ? [] : [{ $raw: await ask({ place, some, scope: deeper(scope, place) }) }];
  if (!isStored(property)) {
    optionsOf(value, placeText(place), ["some"]);
    return asked();
  }
  if (property.type !== "direct") return [{ [name]: value }];
  if (property.list) return [{ [name]: rest }, ...(await asked())];
  const target = scope.registry.node(property.source);
  if (target === undefined) return [{ [name]: value }];
  return [{ [name]: { ...value, is: await expandWhere(value["is"], target, deeper(scope, place), ask) } }];
}

/** A `select` whose conditions, at any depth, are without `some`. */
export async function expandSelect(
  select: unknown,
  view: ViewDescriptor,
  scope: PlanScope,
  ask: Ask,
): Promise<unknown> {
  if (!mayAsk(select) || !isRecord(select)) return select;
  const entries = Object.entries(select).map(async ([name, value]): Promise<[string, unknown]> => {
    const property = propertyOf(view, name);
    if (property === undefined || !("source" in property) || !isRecord(value)) return [name, value];
    const further = deeper(scope, { view, name });
    const part = async (given: unknown, of: ViewDescriptor | undefined): Promise<unknown> => {
      if (of === undefined || !isRecord(given)) return given;
      return {
        ...given,
        ...("select" in given ? { select: await expandSelect(given["select"], of, further, ask) } : {}),
        ...("where" in given ? { where: await expandWhere(given["where"], of, further, ask) } : {}),
      };
    };
    const target = scope.registry.node(property.source);
    if (property.type !== "edge" || !("edge" in value)) return [name, await part(value, target)];
    const edge = await part(value["edge"], scope.registry.edge(property.edgeSource));
    return [name, { ...value, edge, ...("node" in value ? { node: await part(value["node"], target) } : {}) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
