import type { PropertyDescriptor, ViewDescriptor } from "../../src/ir/index.js";
import type { BoundView, UntypedArgs, UntypedViewApi } from "../../src/runtime/index.js";
import type { WarningSink } from "../deprecation.js";

/** What a chain asks of the nodes, or the edges, that it has come to. */
export interface Asked {
  readonly where: UntypedArgs;
  readonly sort: readonly UntypedArgs[];
  /** Whether the first of the order is all that is wanted. */
  readonly one: boolean;
}

/** A stretch of a chain: a relation, and what it leads to. */
export interface Step {
  /** The relation of the step before that leads here; of the first step none. */
  readonly relation: string;
  readonly view: ViewDescriptor;
  readonly nodes: Asked;
  /** The edges on the way, where they have properties. */
  readonly edge?: { readonly view: ViewDescriptor; readonly edges: Asked };
}

/** A chain of `select()`: its steps, and whether it stands at edges. */
export interface Chain {
  readonly bound: BoundView;
  readonly handle: UntypedViewApi;
  /** What messages call the view that it begins with. */
  readonly name: string;
  readonly sink: WarningSink;
  readonly steps: readonly [Step, ...Step[]];
  readonly atEdge: boolean;
}

/** Nothing, of whatever there is. */
export const nothing: Asked = { where: {}, sort: [], one: false };

/** Where a chain has come to. */
export function lastOf({ steps }: Chain): Step {
  return steps.at(-1) ?? steps[0];
}

/** The chain with one relation more. */
export function further(chain: Chain, relation: string, property: PropertyDescriptor, view: ViewDescriptor): Chain {
  const edge = property.type === "edge" ? chain.bound.scope.registry.edge(property.edgeSource) : undefined;
  const step: Step = { relation, view, nodes: nothing, ...(edge && { edge: { view: edge, edges: nothing } }) };
  return { ...chain, steps: [...chain.steps, step], atEdge: edge !== undefined };
}

/** The chain with more asked where it stands. */
export function asking(chain: Chain, change: (asked: Asked) => Asked): Chain {
  const last = lastOf(chain);
  const { edge } = last;
  const step: Step =
    chain.atEdge && edge !== undefined
      ? { ...last, edge: { ...edge, edges: change(edge.edges) } }
      : { ...last, nodes: change(last.nodes) };
  const [first, ...rest] = [...chain.steps.slice(0, -1), step];
  return { ...chain, steps: [first ?? step, ...rest] };
}
