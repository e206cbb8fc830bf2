import type { AggregateDatapoint, DatapointAggregate, NumericDatapoint } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import type { Granularity } from "./moments.js";
import type { Points } from "./points.js";

/** The points of one interval: places from `low` up to but not including `high`. */
interface Interval {
  readonly begin: number;
  readonly low: number;
  readonly high: number;
}

/** What an aggregate is of an interval; `undefined` when there is none. */
type Compute = (points: Points, interval: Interval, isStep: boolean) => number | NumericDatapoint | undefined;

const computed: ReadonlyMap<DatapointAggregate, Compute> = new Map<DatapointAggregate, Compute>([
  ["count", (_points, interval) => countOf(interval)],
  ["countGood", (_points, interval) => countOf(interval)],
  ["countUncertain", (_points, interval) => (countOf(interval) === undefined ? undefined : 0)],
  ["countBad", (_points, interval) => (countOf(interval) === undefined ? undefined : 0)],
  ["sum", (points, interval) => ofValues(points, interval, sumOf)],
  ["average", (points, interval) => ofValues(points, interval, meanOf)],
  ["discreteVariance", (points, interval) => ofValues(points, interval, varianceOf)],
  ["max", (points, interval) => extreme(points, interval, 1)?.value],
  ["min", (points, interval) => extreme(points, interval, -1)?.value],
  ["maxDatapoint", (points, interval) => extreme(points, interval, 1)],
  ["minDatapoint", (points, interval) => extreme(points, interval, -1)],
  ["interpolation", (points, { begin }, isStep) => valueAt(points, begin, isStep)],
  ["stepInterpolation", (points, { begin }) => valueAt(points, begin, true)],
]);

/** These have a value in intervals without points too. */
const interpolated: ReadonlySet<DatapointAggregate> = new Set(["interpolation", "stepInterpolation"]);

/**
 * Refuses aggregates that are not computed here.
 *
 * @throws {@link Fault} 400 that names them
 */
export function checkAggregates(names: readonly DatapointAggregate[]): void {
  const others = names.filter((name) => !computed.has(name));
  if (others.length > 0) throw badRequest(`The emulator does not compute the aggregates [${others.join(", ")}] yet.`);
}

/** Which intervals to compute: those that begin before `end`, from the one that begins at `begin` on. */
export interface AggregateRange {
  readonly begin: number;
  readonly end: number;
  readonly granularity: Granularity;
  readonly isStep: boolean;
}

/** The aggregates of each interval that has some, in order. */
export function* aggregatesOf(
  points: Points,
  names: readonly DatapointAggregate[],
  range: AggregateRange,
): Generator<AggregateDatapoint, void, undefined> {
  const everywhere = names.some((name) => interpolated.has(name));
  for (const interval of intervalsOf(points, range, everywhere)) {
    const entries = names.flatMap((name) => {
      const value = computed.get(name)?.(points, interval, range.isStep);
      return value === undefined ? [] : [[name, value] as const];
    });
    if (entries.length > 0) yield { timestamp: interval.begin, ...Object.fromEntries(entries) };
  }
}

function* intervalsOf(
  points: Points,
  { begin, end, granularity }: AggregateRange,
  everywhere: boolean,
): Generator<Interval, void, undefined> {
  let at = begin;
  while (at < end) {
    let low = points.from(at);
    // After the last point there is nothing, not even between points; before the next one only what is between.
    if (low === points.size) return;
    if (!everywhere || low === 0) {
      at = granularity.containing(at, points.time(low));
      if (at >= end) return;
      low = points.from(at);
    }
    const next = granularity.next(at);
    yield { begin: at, low, high: points.from(Math.min(next, end)) };
    at = next;
  }
}

function countOf({ low, high }: Interval): number | undefined {
  return high > low ? high - low : undefined;
}

function ofValues(
  points: Points,
  { low, high }: Interval,
  compute: (values: readonly number[]) => number,
): number | undefined {
  const values = Array.from({ length: high - low }, (_, place) => Number(points.value(low + place)));
  return values.length === 0 ? undefined : compute(values);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}

function extreme(points: Points, { low, high }: Interval, sign: 1 | -1): NumericDatapoint | undefined {
  let best: NumericDatapoint | undefined;
  for (let place = low; place < high; place += 1) {
    const value = Number(points.value(place));
    if (best === undefined || sign * value > sign * best.value) best = { timestamp: points.time(place), value };
  }
  return best;
}

/** The value that a series has at a time that is not after its last point: between two points, on the line between them unless it moves in steps. */
function valueAt(points: Points, time: number, isStep: boolean): number | undefined {
  const after = points.from(time);
  const next = Number(points.value(after));
  if (points.time(after) === time) return next;
  if (after === 0) return undefined;
  const previous = Number(points.value(after - 1));
  if (isStep) return previous;
  const [from, to] = [points.time(after - 1), points.time(after)];
  return previous + ((next - previous) * (time - from)) / (to - from);
}
