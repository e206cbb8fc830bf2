import type { IrScalar } from "../ir/index.js";
import type { JsonObject, JsonValue } from "../models/index.js";
import type { Random } from "./random.js";
import { textFor } from "./texts.js";

/** What a value is made for. */
export interface ValueContext {
  /** External id of the view. */
  readonly view: string;
  /** Of the instance among those of its view, from 0. */
  readonly index: number;
  readonly property: IrScalar;
  readonly random: Random;
}

/** Makes a value as the service takes it; `null` for none. */
export type ValueFactory = (context: ValueContext) => JsonValue;

/** The year that times lie in, so that they are the same whenever they are made. */
const from = Date.UTC(2024, 0, 1);
const day = 86_400_000;

/** Values that are usual in a unit, by how its external id begins. */
const ranges: readonly (readonly [unit: RegExp, low: number, high: number])[] = [
  [/^temperature:k$/, 250, 400],
  [/^temperature:/, -20, 120],
  [/^pressure:pa$/, 90_000, 2_000_000],
  [/^pressure:/, 0, 60],
  [/^power:w$/, 1_000, 5_000_000],
  [/^power:/, 0, 20],
  [/^(angle|angular_.*):/, 0, 360],
  [/^velocity:/, 0, 40],
  [/^(length|distance):/, 0, 500],
  [/^(frequency|time):/, 0, 100],
  [/^(dimensionless|percentage|ratio)/, 0, 100],
];

function rangeOf(unit: string | undefined): readonly [number, number] {
  const [, low = 0, high = 1_000] = ranges.find(([pattern]) => unit !== undefined && pattern.test(unit)) ?? [];
  return [low, high];
}

/** A value of a property, or of one place of its list. */
export const usualValue: ValueFactory = ({ view, index, property, random }) => {
  switch (property.type) {
    case "text":
      return textFor(property.id, view, index, random);
    case "boolean":
      return random.chance(0.5);
    case "int32":
      return random.int(0, 1_000);
    case "int64":
      return random.int(0, 1_000_000_000);
    case "float32":
      return Math.fround(Math.round(random.float(...rangeOf(property.unit)) * 4) / 4);
    case "float64":
      return random.float(...rangeOf(property.unit));
    case "timestamp":
      return new Date(from + random.int(0, 366 * day - 1)).toISOString();
    case "date":
      return new Date(from + random.int(0, 365) * day).toISOString().slice(0, 10);
    case "enum":
      return property.values?.length ? random.pick(property.values).value : null;
    case "json":
      return jsonValue(random);
    case "timeseries":
    case "file":
    case "sequence":
      return `${view}_${index + 1}_${property.id}`.slice(0, 255);
  }
};

function jsonValue(random: Random): JsonObject {
  return {
    source: random.pick(["scada", "manual", "import"]),
    revision: random.int(1, 9),
    checked: random.chance(0.5),
  };
}
