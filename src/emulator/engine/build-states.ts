import { type BuildState, type Constraint, type Container, type Index, sameJson } from "../../models/index.js";
import type { ContainerDefinition } from "./container-merge.js";
import { rowsOf, uniqueValue } from "./instances/row-indexes.js";
import { indexedListSize } from "./list-size.js";
import { containerKey, type ProjectState } from "./state.js";

/** What is stored in a container, and what it is held against. */
interface Stored {
  readonly state: ProjectState;
  readonly container: ContainerDefinition;
}

/**
 * A container whose new constraints and indexes tell whether what is stored already is as they want it: those that do
 * not hold have failed, until they are retried (contract 5.2, 5.4).
 */
export function withStates<C extends ContainerDefinition>(
  state: ProjectState,
  previous: Container | undefined,
  container: C,
): C {
  if (!previous) return container;
  const stored = { state, container };
  const isNew = (kind: "constraints" | "indexes") => (id: string) => !Object.hasOwn(previous[kind] ?? {}, id);
  return {
    ...container,
    constraints: judged(container.constraints, isNew("constraints"), (id, constraint) =>
      constraintState(stored, id, constraint),
    ),
    indexes: judged(container.indexes, isNew("indexes"), (_id, index) => indexState(stored, index)),
  };
}

/** A container one of whose constraints or indexes, by its id, is held anew against what is stored. */
export function retried(
  state: ProjectState,
  container: Container,
  kind: "constraints" | "indexes",
  identifier: string,
): Container {
  const stored = { state, container };
  const isRetried = (id: string): boolean => id === identifier;
  const parts =
    kind === "indexes"
      ? judged(container.indexes, isRetried, (_id, index) => indexState(stored, index))
      : judged(container.constraints, isRetried, (id, constraint) => constraintState(stored, id, constraint));
  return sameJson(parts, container[kind]) ? container : { ...container, [kind]: parts };
}

function judged<P extends { readonly state?: BuildState }>(
  parts: Readonly<Record<string, P>> = {},
  isJudged: (id: string) => boolean,
  judge: (id: string, part: P) => BuildState,
): Readonly<Record<string, P>> {
  return Object.fromEntries(
    Object.entries(parts).map(([id, part]) => [id, isJudged(id) ? { ...part, state: judge(id, part) } : part]),
  );
}

function constraintState({ state, container }: Stored, id: string, constraint: Constraint): BuildState {
  const key = containerKey(container);
  const instances = [...rowsOf(state, key).all()];
  if (constraint.constraintType === "requires") {
    return built(instances.every(({ rows }) => rows.has(containerKey(constraint.require))));
  }
  const placed = { containerKey: key, id, constraint };
  const values = instances.flatMap(({ space, rows }) => uniqueValue(placed, space, rows.get(key)) ?? []);
  return built(new Set(values).size === values.length);
}

function indexState({ state, container }: Stored, index: Index): BuildState {
  const key = containerKey(container);
  const bounded = index.properties.flatMap((id) => {
    const type = container.properties[id]?.type;
    const size = type ? indexedListSize(index, type) : Number.POSITIVE_INFINITY;
    return Number.isFinite(size) ? [{ id, size }] : [];
  });
  if (bounded.length === 0) return "current";
  const fits = (value: unknown, size: number): boolean => !Array.isArray(value) || value.length <= size;
  return built(
    [...rowsOf(state, key).all()].every(({ rows }) =>
      bounded.every(({ id, size }) => fits(rows.get(key)?.get(id), size)),
    ),
  );
}

function built(holds: boolean): BuildState {
  return holds ? "current" : "failed";
}
