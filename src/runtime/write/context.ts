import type { ViewDescriptor } from "../../ir/index.js";
import type { NodeReference } from "../../models/index.js";
import type { Place } from "../problems.js";
import type { Registry } from "../registry.js";
import type { Drafts, InstanceDraft } from "./drafts.js";
import type { Item } from "./item.js";

/** What the meaning of a write depends on, besides the items. */
export interface WriteScope {
  readonly registry: Registry;
  /** The space of what is given without one. */
  readonly space: string | undefined;
}

/** What writing a relation needs of the planner. */
export interface WriteContext extends WriteScope {
  readonly drafts: Drafts;
  /** The node that a value stands for, which is written too if it is more than an id. */
  readonly node: (value: unknown, place: Place, source: string | undefined) => NodeReference;
  /** Writes the values of an item through a view. */
  readonly values: (draft: InstanceDraft, item: Item, view: ViewDescriptor, skip: readonly string[]) => void;
  /** Places a draft after the item at hand. */
  readonly placeAfter: (draft: InstanceDraft) => void;
}
