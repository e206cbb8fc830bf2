import type { Instance, JsonValue, NodeReference } from "../../models/index.js";
import { type Compare, compileCompare } from "../decode/compare.js";
import { type OnMismatch, refuse } from "../decode/mismatch.js";
import { propertyReader } from "../decode/property-reader.js";
import { compileRow, type DecodeRow } from "../decode/row.js";
import { isReference } from "../identity.js";
import type { EmptyRelation, QueryPlan, RelationPlan, SetPlan, StagePlan } from "../plan/plan.js";
import type { Registry } from "../registry.js";
import { uniqueNodes } from "./node-map.js";

/** A relation ready to run. */
export interface CompiledRelation {
  readonly plan: RelationPlan;
  /** The set at the other end; of connections by edges, the edges. */
  readonly set: CompiledSet;
  /** The stage that reads it, if it is not of the same request. */
  readonly stage: CompiledStage | undefined;
  /** What an instance refers to: one at the parent for direct relations, at the other end for reverse ones. */
  readonly key: (instance: Instance) => JsonValue | NodeReference | undefined;
  readonly compare: Compare | undefined;
}

/** A set ready to run. */
export interface CompiledSet {
  readonly name: string;
  readonly decode: DecodeRow;
  readonly relations: readonly CompiledRelation[];
  readonly empty: readonly EmptyRelation[];
  /** Of edges: the set of the nodes at one end. */
  readonly far: { readonly end: "startNode" | "endNode"; readonly set: CompiledSet } | undefined;
  /** Sets of the same request that hang directly on this one. */
  readonly inner: readonly CompiledSet[];
}

/** A stage ready to run. */
export interface CompiledStage {
  readonly plan: StagePlan;
  readonly root: CompiledSet;
}

/** Makes the decoders of a plan, once. */
export function compilePlan(
  { stages: [first, ...rest] }: QueryPlan,
  registry: Registry,
  onMismatch: OnMismatch = refuse,
): CompiledStage {
  const stages = [first, ...rest];
  const compileStage = (plan: StagePlan): CompiledStage => ({ plan, root: compileSet(plan.root) });
  const compileSet = (plan: SetPlan): CompiledSet => {
    const relations = plan.relations.flatMap((relation) => compileRelation(relation) ?? []);
    const far = plan.far && { end: plan.far.end, set: compileSet(plan.far.set) };
    return {
      name: plan.name,
      decode: compileRow(
        plan.instanceType,
        registry.of(plan.instanceType, plan.view),
        plan.fields,
        onMismatch,
        relationNames(plan),
      ),
      relations,
      empty: plan.empty ?? [],
      far,
      inner: [...(far ? [far.set] : []), ...relations.flatMap(({ stage, set }) => (stage ? [] : [set]))],
    };
  };
  const compileRelation = (plan: RelationPlan): CompiledRelation | undefined => {
    const stagePlan = plan.stage === undefined ? undefined : stages[plan.stage];
    const stage = stagePlan && compileStage(stagePlan);
    const set = stage?.root ?? (plan.set && compileSet(plan.set));
    if (set === undefined) return undefined;
    return {
      plan,
      set,
      stage,
      key: plan.kind === "edge" ? endOf(plan.near) : propertyReader(plan.key),
      compare: "sort" in plan && plan.sort ? compileCompare(plan.sort) : undefined,
    };
  };
  return compileStage(first);
}

function relationNames({ relations, empty = [] }: SetPlan): string[] {
  return [
    ...relations.flatMap(({ property, also = [] }) => [property, ...also]),
    ...empty.map(({ property }) => property),
  ];
}

/** The nodes of a key, each once. */
export function nodesIn(value: unknown): readonly NodeReference[] {
  if (isReference(value)) return [value];
  return Array.isArray(value) ? uniqueNodes(value.filter(isReference)) : [];
}

function endOf(near: "startNode" | "endNode"): CompiledRelation["key"] {
  return (instance) => (instance.instanceType === "edge" ? instance[near] : undefined);
}
