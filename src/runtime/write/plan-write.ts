import { QueryError } from "../../errors/index.js";
import type { PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";
import { type InstanceWrite, isRecord, type JsonValue, type NodeReference, viewReference } from "../../models/index.js";
import { invalidValue, kindOf, type Place, placeText, unknownName } from "../problems.js";
import { propertyOf, type Registry } from "../registry.js";
import type { ExternalIds } from "../types/writing.js";
import { unboundView } from "../unbound-view.js";
import type { WriteContext, WriteRules, WriteScope } from "./context.js";
import { Drafts, type EdgeEnds, type InstanceDraft } from "./drafts.js";
import { type EdgeSet, EdgeSets } from "./edge-sets.js";
import { Identities } from "./identities.js";
import { factKeys, type Item, idIn, itemOf, refuseUnknown, requiredId } from "./item.js";
import { encodeScalar } from "./scalar.js";
import { writeEdges } from "./write-edges.js";
import { writeReverse } from "./write-reverse.js";

/** Items to write through one view. */
export interface ViewItems {
  readonly view: ViewDescriptor;
  readonly items: readonly unknown[];
}

/** What is to be written. */
export interface WriteSet {
  readonly writes: readonly InstanceWrite[];
  /** Sets of edges that are to hold nothing but edges of `writes`. */
  readonly edgeSets: readonly EdgeSet[];
}

type Stored = Exclude<PropertyDescriptor, { readonly type: "reverse" | "edge" }>;

/** What is left to do: a graph may be deeper than the call stack. */
type Task = () => void;

/**
 * Turns items, with all that is nested in them, into the instances to write: each once, nodes before edges, the targets of
 * direct relations before what points at them.
 *
 * @throws QueryError naming the view, the property and what is wrong with it
 */
export function planWrite(groups: readonly ViewItems[], scope: WriteScope, rules: WriteRules = {}): WriteSet {
  return new WritePlanner(scope, rules).run(groups);
}

class WritePlanner implements WriteContext {
  readonly registry: Registry;
  readonly space: string | undefined;
  readonly externalIds: ExternalIds | undefined;
  readonly createOnly: boolean;
  readonly replaceEdges: boolean;
  readonly drafts = new Drafts();
  readonly edgeSets = new EdgeSets();
  readonly #identities: Identities;
  readonly #seen = new Map<Item, Set<ViewDescriptor>>();
  readonly #tasks: Task[] = [];
  /** Tasks of the item at hand: those before it is placed, and those after. */
  #before: Task[] = [];
  #after: Task[] = [];

  constructor(scope: WriteScope, { createOnly = false, replaceEdges = false }: WriteRules) {
    this.registry = scope.registry;
    this.space = scope.space;
    this.externalIds = scope.externalIds;
    this.createOnly = createOnly;
    this.replaceEdges = replaceEdges;
    this.#identities = new Identities(scope);
  }

  run(groups: readonly ViewItems[]): WriteSet {
    for (const { view, items } of groups) {
      for (const given of items) {
        const item = itemOf(given, view);
        this.#tasks.push(() => this.#visit(item, this.#viewOf(item) ?? view));
        this.#drain();
      }
    }
    return { writes: this.drafts.writes, edgeSets: this.edgeSets.all };
  }

  readonly node = (value: unknown, place: Place, source: string | undefined): NodeReference => {
    const id = idIn(value, this.space);
    if (id) return id;
    if (!isRecord(value)) throw invalidValue(place, "an id or an object to write", value);
    const target = this.#viewOf(value) ?? this.registry.node(source);
    if (target === undefined) throw unboundView(place, source);
    const identity = this.#identities.of(value, target);
    const list = propertyOf(place.view, place.name)?.type === "direct" ? this.#before : this.#after;
    list.push(() => this.#visit(value, target));
    return identity;
  };

  readonly values = (draft: InstanceDraft, item: Item, view: ViewDescriptor, skip: readonly string[]): void => {
    draft.touch(viewReference(view));
    for (const [name, value] of Object.entries(item)) {
      if (value === undefined || skip.includes(name)) continue;
      const place = { view, name };
      this.#property(draft, place, propertyOf(view, name) ?? refuseUnknown(place), value);
    }
  };

  readonly version = (draft: InstanceDraft, item: Item, place: Place): void => {
    const version = item["$existingVersion"] ?? (this.createOnly ? 0 : undefined);
    if (version === undefined) return;
    if (!Number.isSafeInteger(version)) throw invalidValue(place, "written with a whole number as version", version);
    if (this.createOnly && version !== 0) {
      throw new QueryError(
        "QUERY.INVALID_VALUE",
        `${placeText(place)} has a version to overwrite, but what is there is not to be changed: the mode is 'create-only'.`,
      );
    }
    draft.setExistingVersion(Number(version));
  };

  readonly placeAfter = (draft: InstanceDraft): void => {
    this.#after.push(() => this.drafts.place(draft));
  };

  #drain(): void {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) task();
  }

  /** The view that an item names itself: one that is more special than the relation's (E79), or known where that is not. */
  #viewOf({ $view: id }: Item): ViewDescriptor | undefined {
    if (id === undefined) return undefined;
    const view = typeof id === "string" ? this.registry.node(id) : undefined;
    if (view) return view;
    const known = this.registry.nodeIds;
    if (typeof id === "string") throw unknownName("QUERY.UNKNOWN_VIEW", id, "a bound view of nodes", known);
    throw new QueryError("QUERY.INVALID_VALUE", `$view must be the id of a view, got ${kindOf(id)}.`, {
      hint: "As in 'wind/Turbine@v1'.",
    });
  }

  #visit(item: Item, view: ViewDescriptor): void {
    const views = this.#seen.get(item) ?? new Set();
    if (views.has(view)) return;
    this.#seen.set(item, views.add(view));
    this.#before = [];
    this.#after = [];
    const draft = this.drafts.of(this.#identities.of(item, view), this.#endsOf(item, view));
    this.#facts(draft, item, view);
    this.values(draft, item, view, factKeys(view));
    // The last one pushed is the first one done.
    this.#tasks.push(...this.#after.reverse(), () => this.drafts.place(draft), ...this.#before.reverse());
  }

  #endsOf(item: Item, view: ViewDescriptor): EdgeEnds | undefined {
    if (view.instanceType === "node") return undefined;
    return {
      type: requiredId(item, { view, name: "$type" }, undefined),
      startNode: requiredId(item, { view, name: "$startNode" }, this.space),
      endNode: requiredId(item, { view, name: "$endNode" }, this.space),
    };
  }

  #facts(draft: InstanceDraft, item: Item, view: ViewDescriptor): void {
    this.version(draft, item, { view, name: "$existingVersion" });
    if (view.instanceType === "edge") return;
    const type = item["$type"];
    if (type === null) draft.setType(null, true);
    else if (type !== undefined) draft.setType(requiredId(item, { view, name: "$type" }, undefined), true);
    else if (view.nodeType) draft.setType(view.nodeType, false);
  }

  #property(draft: InstanceDraft, place: Place, property: PropertyDescriptor, value: unknown): void {
    if (property.type === "reverse") writeReverse(this, draft, place, property, value);
    else if (property.type === "edge") writeEdges(this, draft, place, property, value);
    else this.#storedProperty(draft, place, property, value);
  }

  #storedProperty(draft: InstanceDraft, place: Place, property: Stored, value: unknown): void {
    if (property.readOnly) {
      throw new QueryError(
        "QUERY.NOT_WRITABLE",
        `${placeText(place)} is computed by the service and cannot be written.`,
        { hint: "Leave it out, also of rows that were read to be changed and written back." },
      );
    }
    const id = property.id ?? place.name;
    draft.set(viewReference(place.view), id, value === null ? null : this.#stored(place, property, value));
  }

  #stored(place: Place, property: Stored, value: unknown): JsonValue {
    if (property.type !== "direct") return encodeScalar(value, property, place);
    const target = (one: unknown): JsonValue => ({ ...this.node(one, place, property.source) });
    if (!property.list) return target(value);
    if (!Array.isArray(value)) throw invalidValue(place, "an array", value);
    return value.map(target);
  }
}
