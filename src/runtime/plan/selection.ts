import type { DirectDescriptor, EdgeDescriptor, ReverseDescriptor, ViewDescriptor } from "../../ir/index.js";
import type { Filter, SortKey, TargetUnit } from "../../models/index.js";

/** A selection that was checked against its view. */
export interface Selection {
  readonly view: ViewDescriptor;
  /** Nothing was selected: every stored property is read. */
  readonly all: boolean;
  /** Properties and facts of the rows, by their names in TypeScript. */
  readonly fields: readonly string[];
  readonly relations: readonly RelationSelection[];
  readonly targetUnits?: readonly TargetUnit[];
}

interface Part {
  readonly property: string;
  /** What is read of the nodes at the other end; without it, their ids. */
  readonly target?: Selection;
  readonly where?: Filter;
  readonly sort: readonly SortKey[];
  readonly limit?: number;
}

/** A direct relation that is read into. */
export interface DirectSelection extends Part {
  readonly descriptor: DirectDescriptor;
  readonly target: Selection;
}

/** A reverse relation. */
export interface ReverseSelection extends Part {
  readonly descriptor: ReverseDescriptor;
}

/** A connection by edges; with `pairs` the edges are read beside the nodes. */
export interface EdgeSelection extends Part {
  readonly descriptor: EdgeDescriptor;
  readonly pairs: boolean;
  readonly edge?: Selection;
  readonly edgeWhere?: Filter;
}

/** A relation that is read into, or of which ids are asked that lie elsewhere. */
export type RelationSelection = DirectSelection | ReverseSelection | EdgeSelection;
