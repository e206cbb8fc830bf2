import { loadPart } from "../../client/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { Mismatches } from "../decode/mismatch.js";
import { compileRow } from "../decode/row.js";
import { exactly } from "../execute/exact-integers.js";
import type { HandleContext } from "../handle-context.js";
import { keyOf } from "../identity.js";
import { planWholeRetrieve } from "../plan/plan-retrieve.js";
import { optionsOf, tooManyRequests } from "../problems.js";
import type { UntypedRetrieveArgs, UntypedRow } from "../types/untyped.js";
import { bounded, callName, callOptions, queryKeys } from "./call-options.js";
import { idOf } from "./id-of.js";

/** Instances of a view by id: each once, in the order of the ids, without those that are not there (E113). */
export async function retrieve(
  unbounded: HandleContext,
  view: ViewDescriptor,
  ids: readonly unknown[],
  args: UntypedRetrieveArgs,
): Promise<UntypedRow[]> {
  optionsOf(args, callName("retrieve", view), ["select", "targetUnits", ...queryKeys]);
  const context = bounded(unbounded, args);
  const { client, scope } = context;
  const options = callOptions(args);
  const references = ids.map((id) => idOf(id, view, scope.space));
  const unique = [...new Map(references.map((id) => [keyOf(id), id])).values()];
  const { select, targetUnits } = args;
  if (select !== undefined || targetUnits !== undefined) {
    const { retrieveNested } = await loadPart("reading relations", () => import("../nested.js"), options);
    return (await retrieveNested(context, view, unique, { select, targetUnits }, options)) as UntypedRow[];
  }
  const { root, request } = planWholeRetrieve(view, scope);
  const { items: _template, ...wanted } = request;
  const { chunk, requests } = scope.limits;
  if (Math.ceil(unique.length / chunk) > requests) throw tooManyRequests(requests);
  const named = unique.map((id) => ({ instanceType: view.instanceType, ...id }));
  const found = await client.instances.retrieve(named, wanted, exactly(options, [root], scope.registry));
  const mismatches = new Mismatches(client);
  const decode = compileRow(view.instanceType, view, root.fields, mismatches.on);
  return mismatches.checked(found.map(decode)) as UntypedRow[];
}
