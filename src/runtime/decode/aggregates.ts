import { ResponseError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type { AggregatedItem, AggregatedValue } from "../../models/index.js";
import { isReference, referenceOf } from "../identity.js";
import type { GroupKey, Metric } from "../plan/plan-aggregate.js";
import { kindOf, placeText } from "../problems.js";
import { propertyId, propertyOf } from "../registry.js";
import type { OnMismatch } from "./mismatch.js";
import { withEntry } from "./row.js";

type Values = Record<string, unknown>;

/** Turns something computed, or the value of a group, into what callers get. */
type Decode = (value: unknown) => unknown;

/**
 * Makes of what was computed the values that were asked for, by metric and, but for the count of instances, by property.
 * What could not be computed, because there is nothing to compute it from, is `null`.
 */
export function compileMetrics(
  view: ViewDescriptor,
  metrics: readonly Metric[],
  onMismatch: OnMismatch,
): (computed: readonly AggregatedValue[]) => Values {
  const steps = metrics.map(({ kind, name }) => ({
    kind,
    name,
    id: name === undefined ? undefined : propertyId(view, name),
    decode: valueDecoder(view, kind, name, onMismatch),
  }));
  return (computed) =>
    byMetric(steps, ({ kind, id, decode }) =>
      decode(computedIn(computed.find((one) => one.aggregate === kind && one.property === id))),
    );
}

/** The same for no instances at all. */
export function metricsOfNone(metrics: readonly Metric[]): Values {
  return byMetric(metrics, ({ kind }) => (kind === "count" ? 0 : kind === "histogram" ? [] : null));
}

function byMetric<One extends { readonly kind: Metric["kind"]; readonly name?: string | undefined }>(
  metrics: readonly One[],
  compute: (metric: One) => unknown,
): Values {
  const values = new Map<string, unknown>();
  for (const metric of metrics) {
    const { kind, name } = metric;
    const value = compute(metric);
    values.set(kind, name === undefined ? value : withEntry(values.get(kind), name, value));
  }
  return Object.fromEntries(values);
}

function computedIn(found: AggregatedValue | undefined): unknown {
  return found?.aggregate === "histogram" ? found.buckets : found?.value;
}

function valueDecoder(
  view: ViewDescriptor,
  kind: Metric["kind"],
  name: string | undefined,
  onMismatch: OnMismatch,
): Decode {
  const { expect, unsafe } = reporter(view, name ?? kind, kind, onMismatch);
  const property = name === undefined ? undefined : propertyOf(view, name);
  switch (kind) {
    case "count":
      return (value) => (Number.isSafeInteger(value) ? value : expect("a whole number", value));
    case "histogram":
      return (value) =>
        Array.isArray(value)
          ? value.map(({ start, count }) => ({ start: Number(start), count }))
          : expect("a list of buckets", value);
    case "avg":
      return nullable((value) => numberOf(value) ?? expect("a finite number", value));
    default:
      return nullable(property?.type === "int64" ? integer(property.bigint, expect, unsafe) : number(expect));
  }
}

/** Makes of the group of an item its values by the names of the properties; a value that the group has not is `null`. */
export function compileGroup(
  view: ViewDescriptor,
  keys: readonly GroupKey[],
  onMismatch: OnMismatch,
): (item: AggregatedItem) => Values {
  const steps = keys.map(({ name, id, property }) => ({
    name,
    id,
    decode: groupDecoder(view, name, property, onMismatch),
  }));
  return ({ group = {} }) =>
    Object.fromEntries(
      steps.map(({ name, id, decode }) => [name, decode(Object.hasOwn(group, id) ? group[id] : undefined)]),
    );
}

function groupDecoder(
  view: ViewDescriptor,
  name: string,
  property: GroupKey["property"],
  onMismatch: OnMismatch,
): Decode {
  const { expect, unsafe } = reporter(view, name, "groupBy", onMismatch);
  switch (property.type) {
    case "direct":
      return nullable((value) => (isReference(value) ? referenceOf(value) : expect("{ space, externalId }", value)));
    case "boolean":
      return nullable((value) => (typeof value === "boolean" ? value : expect("a boolean", value)));
    case "int64":
      return nullable(integer(property.bigint, expect, unsafe));
    case "int32":
    case "float32":
    case "float64":
      return nullable(number(expect));
    default:
      return nullable((value) => (typeof value === "string" ? value : expect("a string", value)));
  }
}

type Expect = (expected: string, value: unknown) => unknown;

function nullable(decode: Decode): Decode {
  return (value) => (value === undefined || value === null ? null : decode(value));
}

function number(expect: Expect): Decode {
  return (value) => numberOf(value) ?? expect("a finite number", value);
}

/** Where integers are read exactly, other numbers may come as `bigint` too. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function integer(exact: true | undefined, expect: Expect, unsafe: Decode): Decode {
  return (value) => {
    if (typeof value === "bigint") return exact ? value : unsafe(value);
    if (typeof value !== "number" || !Number.isInteger(value)) return expect("a whole number", value);
    if (!Number.isSafeInteger(value)) return unsafe(value);
    return exact ? BigInt(value) : value;
  };
}

/** Reports what is not as promised; it then passes as it is. */
function reporter(view: ViewDescriptor, name: string, of: string, onMismatch: OnMismatch) {
  const where = `${of} of ${placeText({ view, name })}`;
  const expect: Expect = (expected, value) => {
    onMismatch(name, () => new ResponseError("RESPONSE.VALUE", `${where} must be ${expected}, got ${kindOf(value)}.`));
    return value;
  };
  const unsafe: Decode = (value) => {
    onMismatch(
      name,
      () =>
        new ResponseError("RESPONSE.UNSAFE_INTEGER", `${where} is beyond 2^53, which a number cannot hold.`, {
          hint: "Generate the code with --int64 bigint, or load the model with { int64: 'bigint' }.",
        }),
    );
    return value;
  };
  return { expect, unsafe };
}
