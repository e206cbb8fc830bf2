import * as v from "valibot";
import type { Aggregate, InstancesAggregateRequest } from "../aggregate.js";
import type { InstancesSearchRequest, SearchOperator, SearchSortKey } from "../search.js";
import { viewReferenceSchema } from "./common.js";
import { filterSchema, MAX_SORT_KEYS, propertyPath } from "./filter.js";
import { instanceType, targetUnits } from "./instance.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, fields, integer, items, list } from "./shapes.js";

/** Most aggregates, and most properties to group by (contract 3.4). */
const MAX_AGGREGATES = 5;
/** Most properties that an aggregation searches in (contract 3.4). */
const MAX_PROPERTIES = 200;

const operator: RequestSchema<SearchOperator> = lazily(() => v.picklist(["AND", "OR"]));

/** What searches and aggregations share. */
function searchFields() {
  return {
    view: viewReferenceSchema(),
    query: v.exactOptional(v.string()),
    instanceType: v.exactOptional(instanceType()),
    filter: v.exactOptional(filterSchema()),
    operator: v.exactOptional(operator()),
    targetUnits: v.exactOptional(targetUnits()),
    includeTyping: v.exactOptional(v.boolean()),
    limit: v.exactOptional(integer(1, 1000)),
  } as const;
}

const sortKey: RequestSchema<SearchSortKey> = lazily(() =>
  fields({ property: propertyPath(), direction: v.exactOptional(v.picklist(["ascending", "descending"])) }),
);

/** Body of `POST /models/instances/search` (contract 9.4). */
export const instancesSearchBody: RequestSchema<InstancesSearchRequest> = lazily(() =>
  fields({
    ...searchFields(),
    properties: v.exactOptional(list(v.string())),
    sort: v.exactOptional(items(sortKey(), 0, MAX_SORT_KEYS)),
  }),
);

const NUMBER_AGGREGATES = ["avg", "min", "max", "sum"] as const;

/** Picked by its key, so that errors name fields of that aggregate only. */
const aggregate: RequestSchema<Aggregate> = lazily(() => {
  const property = fields({ property: v.string() });
  const count = fields({ count: fields({ property: v.exactOptional(v.string()) }) });
  const histogram = fields({
    histogram: fields({
      property: v.string(),
      interval: v.pipe(
        v.number(),
        v.finite(),
        v.check((interval) => interval > 0, "must be greater than 0"),
      ),
    }),
  });
  const numbers = new Map<string, v.GenericSchema<unknown, Aggregate>>(
    NUMBER_AGGREGATES.map((name) => [name, fields({ [name]: property }) as v.GenericSchema<unknown, Aggregate>]),
  );
  const schemas = new Map<string, v.GenericSchema<unknown, Aggregate>>([
    ...numbers,
    ["count", count],
    ["histogram", histogram],
  ]);
  const refused = v.custom<Aggregate>(() => false, `must have exactly one of [${[...schemas.keys()].join(", ")}]`);
  return choose<Aggregate>((input) => {
    const [name = "", ...others] = Object.keys(input);
    return others.length === 0 ? (schemas.get(name) ?? refused) : refused;
  });
});

/** Body of `POST /models/instances/aggregate` (contract 9.5). */
export const instancesAggregateBody: RequestSchema<InstancesAggregateRequest> = lazily(() =>
  fields({
    ...searchFields(),
    properties: v.exactOptional(items(v.string(), 1, MAX_PROPERTIES)),
    aggregates: v.exactOptional(items(aggregate(), 0, MAX_AGGREGATES)),
    groupBy: v.exactOptional(items(v.string(), 1, MAX_AGGREGATES)),
  }),
);
