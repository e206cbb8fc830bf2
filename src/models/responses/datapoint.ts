import * as v from "valibot";
import type {
  AggregateDatapoint,
  AggregateSeries,
  DatapointsResponse,
  NumericDatapoint,
  NumericSeries,
  Series,
  StringDatapoint,
  StringSeries,
} from "../datapoint.js";
import { isRecord } from "../json.js";
import { nodeReference } from "./common.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

/** Data points, of which there are many: a loop over them instead of a schema for each. */
function points<P>(fits: (point: Record<string, unknown>) => boolean, expected: string): SchemaOf<readonly P[]> {
  return v.custom<readonly P[]>(
    (value) =>
      Array.isArray(value) &&
      value.every((point) => isRecord(point) && typeof point["timestamp"] === "number" && fits(point)),
    `Expected a list of data points ${expected}`,
  );
}

const facts = once(() => ({
  id: v.number(),
  externalId: v.exactOptional(v.string()),
  instanceId: v.exactOptional(nodeReference()),
  type: v.exactOptional(v.string()),
  isStep: v.exactOptional(v.boolean()),
  unit: v.exactOptional(v.string()),
  unitExternalId: v.exactOptional(v.string()),
  nextCursor: v.exactOptional(v.nullable(v.string())),
}));

const numeric: () => SchemaOf<NumericSeries> = once(() =>
  v.looseObject({
    ...facts(),
    isString: v.literal(false),
    datapoints: points<NumericDatapoint>(({ value }) => typeof value === "number", "with a time and a number"),
  }),
);

const text: () => SchemaOf<StringSeries> = once(() =>
  v.looseObject({
    ...facts(),
    isString: v.literal(true),
    datapoints: points<StringDatapoint>(({ value }) => typeof value === "string", "with a time and a text"),
  }),
);

const series: () => SchemaOf<Series> = once(() =>
  v.lazy((value): SchemaOf<Series> => (isRecord(value) && value["isString"] === true ? text() : numeric())),
);

/** Answer of a read of data points, and of the latest ones (contract 11.1). */
export const datapointsResponse: AnswerCheck<DatapointsResponse> = answerCheck(() =>
  v.looseObject({ items: v.array(series()) }),
);

/** Answer of a read of aggregates (contract 11.1). */
export const aggregatesResponse: AnswerCheck<DatapointsResponse<AggregateSeries>> = answerCheck(() =>
  v.looseObject({
    items: v.array(
      v.looseObject({
        ...facts(),
        isString: v.boolean(),
        datapoints: points<AggregateDatapoint>(() => true, "with a time"),
      }),
    ),
  }),
);
