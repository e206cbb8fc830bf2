import type { ViewDescriptor } from "../../ir/index.js";
import type { NodeReference } from "../../models/index.js";
import type { Place } from "../problems.js";
import type { Registry } from "../registry.js";
import type { ExternalIds } from "../types/writing.js";
import type { Drafts, InstanceDraft } from "./drafts.js";
import type { EdgeSets } from "./edge-sets.js";
import type { Item } from "./item.js";

/** What the meaning of a write depends on, besides the items. */
export interface WriteScope {
  readonly registry: Registry;
  /** The space of what is given without one. */
  readonly space: string | undefined;
  /** Makes the ids of what is given without one. */
  readonly externalIds?: ExternalIds | undefined;
}

/** What is to become of instances that are there. */
export interface WriteRules {
  /** What is written with values must not be there yet. */
  readonly createOnly?: boolean;
  /** Sets of edges are given whole: those that are not among them are to go. */
  readonly replaceEdges?: boolean;
}

/** What writing a relation needs of the planner. */
export interface WriteContext extends WriteScope, Required<WriteRules> {
  readonly drafts: Drafts;
  readonly edgeSets: EdgeSets;
  /** The node that a value stands for, which is written too if it is more than an id. */
  readonly node: (value: unknown, place: Place, source: string | undefined) => NodeReference;
  /** Notes the version that an item may overwrite. */
  readonly version: (draft: InstanceDraft, item: Item, place: Place) => void;
  /** Writes the values of an item through a view. */
  readonly values: (draft: InstanceDraft, item: Item, view: ViewDescriptor, skip: readonly string[]) => void;
  /** Places a draft after the item at hand. */
  readonly placeAfter: (draft: InstanceDraft) => void;
}
