import type { ViewDescriptor } from "../../ir/index.js";
import type { Instance } from "../../models/index.js";
import { answeredFilter } from "../answered-filter.js";
import { Mismatches } from "../decode/mismatch.js";
import { compileRow, type Row } from "../decode/row.js";
import { exactly } from "../execute/exact-integers.js";
import type { HandleContext } from "../handle-context.js";
import { referenceOf } from "../identity.js";
import { openRetrieve } from "../nested.js";
import { nothing } from "../plan/condition.js";
import { plainFields, plainSet } from "../plan/plan-plain.js";
import { planSearch, searchFilter } from "../plan/plan-search.js";
import type { SelectArgs } from "../plan/query-args.js";
import { optionsOf } from "../problems.js";
import type { CallOptions } from "../types/call.js";
import type { Found } from "../types/searching.js";
import type { UntypedRow, UntypedSearchArgs } from "../types/untyped.js";
import { callKeys, callName, callOptions } from "./call-options.js";

const keys = ["properties", "operator", "where", "select", "targetUnits", "sort", "limit", ...callKeys];

/** Instances of a view that have the words in their texts: one request, and those that read relations of what it found. */
export async function search(
  context: HandleContext,
  view: ViewDescriptor,
  query: unknown,
  args: UntypedSearchArgs,
): Promise<Found<UntypedRow>> {
  optionsOf(args, callName("search", view), keys);
  const options = callOptions(args);
  const request = planSearch(view, { query, ...args });
  const { rowsOf, readOptions } = await openRows(context, view, args, options);
  const filter = await answeredFilter(context, view, args.where, options);
  if (filter === nothing) return { items: [], truncated: false };
  const asked = { ...request, ...searchFilter(view, filter) };
  const { items, truncated } = await context.client.instances.search(asked, readOptions);
  return { items: (await rowsOf(items)) as UntypedRow[], truncated };
}

/** An answer has all values of its instances; what else is selected is read by their ids. */
async function openRows(context: HandleContext, view: ViewDescriptor, args: SelectArgs, options: CallOptions) {
  const fields = plainFields(args.select, view);
  if (fields === undefined) {
    const read = await openRetrieve(context, view, { select: args.select, targetUnits: args.targetUnits }, options);
    return { readOptions: options, rowsOf: (found: readonly Instance[]) => read(found.map(referenceOf)) };
  }
  const mismatches = new Mismatches(context.client);
  const decode = compileRow(view.instanceType, view, fields, mismatches.on);
  return {
    readOptions: exactly(options, [plainSet(view, fields)], context.scope.registry),
    rowsOf: async (found: readonly Instance[]): Promise<Row[]> => mismatches.checked(found.map(decode)),
  };
}
