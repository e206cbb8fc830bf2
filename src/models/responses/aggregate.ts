import * as v from "valibot";
import type { AggregatedItem, AggregatedValue, InstancesAggregateResponse } from "../aggregate.js";
import { isRecord } from "../json.js";
import { tagged } from "./common.js";
import { instanceType, typing } from "./instance.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

/** Groups can be many: their values are not looked into. */
const group: () => SchemaOf<NonNullable<AggregatedItem["group"]>> = once(() =>
  v.custom<NonNullable<AggregatedItem["group"]>>(isRecord, "Expected an object"),
);

const value: () => SchemaOf<AggregatedValue> = once(() => {
  const number = v.custom<number | bigint>((value) => /number|bigint/.test(typeof value), "Expected a number");
  const plain = v.looseObject({
    aggregate: v.picklist(["avg", "count", "max", "min", "sum"]),
    property: v.exactOptional(v.string()),
    value: v.exactOptional(number),
  });
  const histogram = v.looseObject({
    aggregate: v.literal("histogram"),
    property: v.string(),
    interval: v.number(),
    buckets: v.array(v.looseObject({ start: number, count: v.number() })),
  });
  return tagged<AggregatedValue>("aggregate", {
    avg: plain,
    count: plain,
    max: plain,
    min: plain,
    sum: plain,
    histogram,
  });
});

/** Answer of `aggregate` (contract 9.5). */
export const aggregateResponse: AnswerCheck<InstancesAggregateResponse> = answerCheck(() =>
  v.looseObject({
    items: v.array(
      v.looseObject({
        instanceType: instanceType(),
        group: v.exactOptional(group()),
        aggregates: v.array(value()),
      }),
    ),
    typing: v.exactOptional(typing()),
  }),
);
