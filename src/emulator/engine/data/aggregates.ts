import type { AggregateDatapoint, DatapointAggregate, NumericDatapoint } from "../../../models/index.js";
import type { Granularity } from "./granularity.js";
import type { Points } from "./points.js";
import { type Quality, qualityOf } from "./status.js";

/** A numeric series to aggregate. */
export interface AggregatedSeries {
  /** All of its points: what is counted by status. */
  readonly all: Points;
  /** Those that count as good: what all else is computed of. */
  readonly good: Points;
  /** Whether a value holds until the next one; else it moves there on a line. */
  readonly isStep: boolean;
}

/** The points of one interval, whose end is not included: places from `low` up to but not including `high`. */
interface Interval {
  readonly begin: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
}

/** What an aggregate is of an interval; `undefined` when there is none. */
type Compute = (series: AggregatedSeries, interval: Interval) => number | NumericDatapoint | undefined;

const computed: Readonly<Record<DatapointAggregate, Compute>> = {
  count: (_series, { low, high }) => positive(high - low),
  sum: (series, interval) => ofValues(series, interval, sumOf),
  average: (series, interval) => ofValues(series, interval, meanOf),
  discreteVariance: (series, interval) => ofValues(series, interval, varianceOf),
  max: (series, interval) => extreme(series, interval, 1)?.value,
  min: (series, interval) => extreme(series, interval, -1)?.value,
  maxDatapoint: (series, interval) => extreme(series, interval, 1),
  minDatapoint: (series, interval) => extreme(series, interval, -1),
  interpolation: ({ good, isStep }, { begin }) => valueAt(good, begin, isStep),
  stepInterpolation: ({ good }, { begin }) => valueAt(good, begin, true),
  totalVariation: (series, interval) => ofCurve(series, interval, variationOf),
  continuousVariance: (series, interval) => ofCurve(series, interval, curveVarianceOf),
  countGood: ({ all }, interval) => countOf(all, interval, "good"),
  countUncertain: ({ all }, interval) => countOf(all, interval, "uncertain"),
  countBad: ({ all }, interval) => countOf(all, interval, "bad"),
  durationGood: ({ all }, interval) => durationOf(all, interval, "good"),
  durationUncertain: ({ all }, interval) => durationOf(all, interval, "uncertain"),
  durationBad: ({ all }, interval) => durationOf(all, interval, "bad"),
};

/** These have a value in intervals without points too: between good points, and between any. */
const ofTheCurve: readonly DatapointAggregate[] = [
  ...(["interpolation", "stepInterpolation", "totalVariation", "continuousVariance"] as const),
];
const ofDurations: readonly DatapointAggregate[] = ["durationGood", "durationUncertain", "durationBad"];

/** Which intervals to compute: those that begin before `end`, from the one that begins at `begin` on. */
export interface AggregateRange {
  readonly begin: number;
  readonly end: number;
  readonly granularity: Granularity;
}

/** The aggregates of each interval that has some, in order. */
export function* aggregatesOf(
  series: AggregatedSeries,
  names: readonly DatapointAggregate[],
  range: AggregateRange,
): Generator<AggregateDatapoint, void, undefined> {
  const has = (some: readonly DatapointAggregate[]): boolean => some.some((name) => names.includes(name));
  const spans = [...(has(ofTheCurve) ? [series.good] : []), ...(has(ofDurations) ? [series.all] : [])];
  for (const interval of intervalsOf(series, range, spans)) {
    const entries = names.flatMap((name) => {
      const value = computed[name](series, interval);
      return value === undefined ? [] : [[name, value] as const];
    });
    if (entries.length > 0) yield { timestamp: interval.begin, ...Object.fromEntries(entries) };
  }
}

function* intervalsOf(
  { all, good }: AggregatedSeries,
  { begin, end, granularity }: AggregateRange,
  spans: readonly Points[],
): Generator<Interval, void, undefined> {
  let at = begin;
  while (at < end) {
    const within = spans.some((points) => points.from(at) > 0 && points.from(at) < points.size);
    if (!within) {
      const place = all.from(at);
      if (place === all.size) return;
      at = granularity.containing(at, all.time(place));
      if (at >= end) return;
    }
    const next = granularity.next(at);
    yield { begin: at, end: next, low: good.from(at), high: good.from(Math.min(next, end)) };
    at = next;
  }
}

function positive(count: number): number | undefined {
  return count > 0 ? count : undefined;
}

/** How many points have a quality; nothing where there is no point at all. */
function countOf(points: Points, { begin, end }: Interval, quality: Quality): number | undefined {
  const [low, high] = [points.from(begin), points.from(end)];
  if (low === high) return undefined;
  let count = 0;
  for (let place = low; place < high; place += 1) if (qualityOf(points.status(place)) === quality) count += 1;
  return count;
}

/** For how many milliseconds the last point before has a quality; nothing counts before the first and after the last point. */
function durationOf(points: Points, { begin, end }: Interval, quality: Quality): number | undefined {
  let [total, duration] = [0, 0];
  const first = Math.max(0, points.from(begin + 1) - 1);
  for (let place = first; place + 1 < points.size && points.time(place) < end; place += 1) {
    const length = Math.min(end, points.time(place + 1)) - Math.max(begin, points.time(place));
    total += Math.max(0, length);
    if (qualityOf(points.status(place)) === quality) duration += Math.max(0, length);
  }
  return total > 0 ? duration : undefined;
}

function ofValues(
  { good }: AggregatedSeries,
  { low, high }: Interval,
  compute: (values: readonly number[]) => number,
): number | undefined {
  const values = Array.from({ length: high - low }, (_, place) => Number(good.value(low + place)));
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

function extreme({ good }: AggregatedSeries, { low, high }: Interval, sign: 1 | -1): NumericDatapoint | undefined {
  let best: NumericDatapoint | undefined;
  for (let place = low; place < high; place += 1) {
    const value = Number(good.value(place));
    if (best === undefined || sign * value > sign * best.value) best = { timestamp: good.time(place), value };
  }
  return best;
}

/**
 * The value that a series has at a time that is not after its last point: between two points, on the line between them
 * unless it moves in steps.
 */
function valueAt(points: Points, time: number, isStep: boolean): number | undefined {
  const after = points.from(time);
  if (after === points.size) return undefined;
  const next = Number(points.value(after));
  if (points.time(after) === time) return next;
  if (after === 0) return undefined;
  const previous = Number(points.value(after - 1));
  if (isStep) return previous;
  const [from, to] = [points.time(after - 1), points.time(after)];
  return previous + ((next - previous) * (time - from)) / (to - from);
}

/** A part of the curve that a series is: from one value to another, in some milliseconds. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Computes something of the curve within an interval, as far as the curve reaches. */
function ofCurve(
  { good, isStep }: AggregatedSeries,
  { begin, end, low, high }: Interval,
  compute: (pieces: readonly Piece[], isStep: boolean) => number,
): number | undefined {
  const knots: { readonly time: number; readonly value: number }[] = [];
  const add = (time: number, value: number | undefined): void => {
    if (value !== undefined && knots.at(-1)?.time !== time) knots.push({ time, value });
  };
  add(begin, valueAt(good, begin, isStep));
  for (let place = low; place < high; place += 1) add(good.time(place), Number(good.value(place)));
  // Where the curve moves in steps, the value at the end belongs to the next interval.
  add(end, isStep && high < good.size ? knots.at(-1)?.value : valueAt(good, end, isStep));
  if (knots.length < 2) return undefined;
  const pieces = knots.slice(1).map(({ time, value }, place) => {
    const previous = knots[place] as (typeof knots)[number];
    return { from: previous.value, to: value, length: time - previous.time };
  });
  return compute(pieces, isStep);
}

function variationOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0);
}

/** The mean of the squares less the square of the mean, both over time. */
function curveVarianceOf(pieces: readonly Piece[], isStep: boolean): number {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const over = (of: (piece: Piece) => number): number =>
    pieces.reduce((sum, piece) => sum + of(piece) * piece.length, 0) / length;
  const mean = over(({ from, to }) => (isStep ? from : (from + to) / 2));
  // Around the mean, so that large values with small differences keep their digits.
  return over(({ from, to }) => {
    const [a, b] = [from - mean, (isStep ? from : to) - mean];
    return (a * a + a * b + b * b) / 3;
  });
}
