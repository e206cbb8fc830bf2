import type { PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";
import {
  exactInteger,
  type Filter,
  type FilterOperators,
  formatVersionedId,
  type Instance,
  isRecord,
  type JsonValue,
  type PropertyPath,
  sameJson,
} from "../../models/index.js";
import { propertyReader } from "../decode/property-reader.js";
import { isReference, keyOf } from "../identity.js";
import { propertyById } from "../property-by-id.js";

/** A filter that an instance answers by itself. */
export interface LocalFilter {
  readonly matches: (instance: Instance) => boolean;
  /** Ids of the view's properties that it looks at. */
  readonly reads: readonly string[];
}

type Matches = LocalFilter["matches"];

/**
 * A filter as a function of instances that were read through a view, as the service would answer it (contract 9.2): missing
 * values match nothing, `not` inverts. `undefined` where more than the instance is needed to tell: conditions on other
 * nodes, on other sources, on what containers hold, and on other properties. Texts are ordered by their code units.
 */
export function localFilter(filter: Filter, view: ViewDescriptor): LocalFilter | undefined {
  const reads = new Set<string>();
  try {
    const matches = new FilterCompiler(view, reads).compile(filter);
    return { matches, reads: [...reads] };
  } catch (error) {
    if (error instanceof Untellable) return undefined;
    throw error;
  }
}

/** The instance alone does not tell. */
class Untellable extends Error {}

/** A property of an instance, in a form in which values are compared. */
interface Subject {
  readonly list: boolean;
  /** `undefined` where there is no value. */
  readonly read: (instance: Instance) => readonly JsonValue[] | undefined;
  readonly form: (value: JsonValue) => JsonValue;
}

const bounds: Readonly<Record<string, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

class FilterCompiler {
  readonly #view: ViewDescriptor;
  readonly #reads: Set<string>;

  constructor(view: ViewDescriptor, reads: Set<string>) {
    this.#view = view;
    this.#reads = reads;
  }

  compile(filter: Filter): Matches {
    if ("and" in filter) {
      const all = filter.and.map((one) => this.compile(one));
      return (instance) => all.every((matches) => matches(instance));
    }
    if ("or" in filter) {
      const any = filter.or.map((one) => this.compile(one));
      return (instance) => any.some((matches) => matches(instance));
    }
    if ("not" in filter) {
      const inner = this.compile(filter.not);
      return (instance) => !inner(instance);
    }
    if ("matchAll" in filter) return () => true;
    if ("exists" in filter) {
      const { read } = this.#subject(filter.exists.property);
      return (instance) => read(instance) !== undefined;
    }
    if ("equals" in filter) return this.#any(this.#single(filter.equals.property), [filter.equals.value]);
    if ("in" in filter) return this.#any(this.#subject(filter.in.property), filter.in.values);
    if ("containsAny" in filter) {
      return this.#any(this.#subject(filter.containsAny.property), filter.containsAny.values);
    }
    if ("containsAll" in filter) return this.#all(filter.containsAll);
    if ("range" in filter) return this.#range(filter.range);
    if ("prefix" in filter) return this.#prefix(filter.prefix);
    if ("instanceReferences" in filter) {
      const keys = new Set(filter.instanceReferences.map(keyOf));
      return (instance) => keys.has(keyOf(instance));
    }
    throw new Untellable();
  }

  #any(subject: Subject, wanted: unknown): Matches {
    const has = among(operandsOf(subject, wanted));
    return (instance) => subject.read(instance)?.some(has) === true;
  }

  #all({ property, values }: FilterOperators["containsAll"]): Matches {
    const subject = this.#subject(property);
    const wanted = operandsOf(subject, values);
    return (instance) => {
      const held = subject.read(instance);
      return held !== undefined && wanted.every(among(held));
    };
  }

  #range({ property, ...given }: FilterOperators["range"]): Matches {
    const subject = this.#single(property);
    const tests = Object.entries(given).flatMap(([name, bound]) => {
      const holds = bounds[name];
      if (holds === undefined || bound === undefined) return [];
      const limit = operandOf(subject, bound);
      return [(value: JsonValue) => holds(compare(value, limit))];
    });
    return (instance) => {
      const [value] = subject.read(instance) ?? [];
      return value !== undefined && tests.every((test) => test(value));
    };
  }

  #prefix({ property, value }: FilterOperators["prefix"]): Matches {
    const { read } = this.#single(property);
    if (typeof value !== "string") throw new Untellable();
    return (instance) => {
      const [text] = read(instance) ?? [];
      return typeof text === "string" && text.startsWith(value);
    };
  }

  #single(path: PropertyPath): Subject {
    const subject = this.#subject(path);
    if (subject.list) throw new Untellable();
    return subject;
  }

  #subject(path: PropertyPath): Subject {
    const [space = "", source = "", id] = path;
    if (id === undefined) return factSubject(space, source, this.#view);
    const { space: ofView, externalId, version } = this.#view;
    const property = propertyById(this.#view, id);
    if (space !== ofView || source !== `${externalId}/${version}` || property === undefined) throw new Untellable();
    this.#reads.add(id);
    const read = propertyReader({ source: formatVersionedId(this.#view), property: id });
    const list = "list" in property && property.list === true;
    const form = formOf(property);
    return {
      list,
      form,
      read: (instance) => {
        const value = read(instance);
        if (value === undefined || value === null) return undefined;
        return list && Array.isArray(value) ? value.map(form) : [form(value)];
      },
    };
  }
}

/** What every instance has. */
function factSubject(instanceType: string, fact: string, view: ViewDescriptor): Subject {
  if (instanceType !== view.instanceType) throw new Untellable();
  const form = (value: JsonValue): JsonValue => (isReference(value) ? keyOf(value) : value);
  const read = (instance: Instance): JsonValue | undefined =>
    Object.entries(instance).find(([key]) => key === fact)?.[1];
  return {
    list: false,
    form,
    read: (instance) => {
      const value = read(instance);
      return value === undefined || value === null ? undefined : [form(value)];
    },
  };
}

/** Values of one meaning in one form: times as milliseconds, references as text, integers as numbers where they fit. */
function formOf({ type }: PropertyDescriptor): Subject["form"] {
  switch (type) {
    case "timestamp":
      return (value) => (typeof value === "string" ? Date.parse(value) : value);
    case "direct":
      return (value) => (isReference(value) ? keyOf(value) : value);
    case "int64":
      return exactInteger;
    default:
      return (value) => value;
  }
}

function operandsOf(subject: Subject, values: unknown): JsonValue[] {
  if (!Array.isArray(values)) throw new Untellable();
  return values.map((value: unknown) => operandOf(subject, value));
}

/** A value to compare with: not another property, nor a parameter. */
function operandOf({ form }: Subject, value: unknown): JsonValue {
  if (isRecord(value) && (Object.hasOwn(value, "property") || Object.hasOwn(value, "parameter")))
    throw new Untellable();
  return form(value as JsonValue);
}

function among(values: readonly JsonValue[]): (value: JsonValue) => boolean {
  const plain = new Set(values);
  const records = values.filter((value) => typeof value === "object");
  return (value) => plain.has(value) || (typeof value === "object" && records.some((one) => sameJson(one, value)));
}

/** Below, above or 0; NaN where two values have no order. */
function compare(a: JsonValue, b: JsonValue): number {
  if (typeof a === "string" && typeof b === "string") return Number(a > b) - Number(a < b);
  if (isNumber(a) && isNumber(b)) return Number(a > b) - Number(a < b);
  return Number.NaN;
}

function isNumber(value: JsonValue): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
