import { upsertContainers } from "../../../src/emulator/engine/containers.js";
import {
  aggregateInstances,
  applyInstances,
  listInstances,
  queryInstances,
  searchInstances,
} from "../../../src/emulator/engine/instances/index.js";
import { upsertSpaces } from "../../../src/emulator/engine/spaces.js";
import { emptyState, type ProjectState } from "../../../src/emulator/engine/state.js";
import { upsertViews } from "../../../src/emulator/engine/views.js";
import type { AggregatedItem, InstancesListRequest } from "../../../src/models/index.js";
import type { DifferentialCase } from "./generate.js";
import { containersWith, viewsWith } from "./model.js";
import { Reference } from "./reference.js";

/** What two evaluations of the same questions gave. */
export interface Answers {
  readonly engine: unknown;
  readonly reference: unknown;
}

/** Writes step by step, and asks the engine and the reference the same questions after each. */
export function* answers({ indexed, viewFilter, writes, ...asked }: DifferentialCase): Generator<Answers> {
  let clock = 1000;
  const state = emptyState(() => clock++);
  upsertSpaces(state, { items: [{ space: "s" }] });
  upsertContainers(state, { items: containersWith(indexed) });
  upsertViews(state, { items: viewsWith(viewFilter) });
  const reference = new Reference(viewFilter);
  for (const request of writes) {
    applyInstances(state, request);
    reference.apply(request);
    yield {
      engine: {
        list: walk(state, asked.list),
        search: idsOf(searchInstances(state, asked.search).items),
        aggregate: aggregateInstances(state, asked.aggregate).items.map(values),
        query: firstPages(state, asked),
      },
      reference: {
        list: reference.list(asked.list),
        search: reference.search(asked.search),
        aggregate: reference.aggregate(asked.aggregate),
        query: reference.query(asked.query),
      },
    };
  }
}

/** Every page of a list. */
function walk(state: ProjectState, request: InstancesListRequest): readonly string[] {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = listInstances(state, { ...request, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...idsOf(page.items));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

function firstPages(state: ProjectState, { query }: Pick<DifferentialCase, "query">): unknown {
  const { items } = queryInstances(state, query);
  return Object.fromEntries(Object.entries(items).map(([name, instances]) => [name, idsOf(instances)]));
}

function idsOf(items: readonly { readonly externalId: string }[]): readonly string[] {
  return items.map(({ externalId }) => externalId);
}

function values({ group, aggregates }: AggregatedItem): unknown {
  return [group, aggregates.map((one) => ("value" in one ? one.value : undefined))];
}
