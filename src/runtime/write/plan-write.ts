import { QueryError } from "../../errors/index.js";
import type { PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";
import { type InstanceWrite, isRecord, type JsonValue, type NodeReference, viewReference } from "../../models/index.js";
import { invalidValue, type Place, placeText, unboundView } from "../problems.js";
import { propertyOf, type Registry } from "../registry.js";
import type { WriteContext, WriteScope } from "./context.js";
import { Drafts, type EdgeEnds, type InstanceDraft } from "./drafts.js";
import { factKeys, type Item, identityOf, idIn, itemOf, refuseUnknown, requiredId } from "./item.js";
import { encodeScalar } from "./scalar.js";
import { writeEdges } from "./write-edges.js";
import { writeReverse } from "./write-reverse.js";

/** Items to write through one view. */
export interface ViewItems {
  readonly view: ViewDescriptor;
  readonly items: readonly unknown[];
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
export function planWrite(groups: readonly ViewItems[], scope: WriteScope): InstanceWrite[] {
  return new WritePlanner(scope).run(groups);
}

class WritePlanner implements WriteContext {
  readonly registry: Registry;
  readonly space: string | undefined;
  readonly drafts = new Drafts();
  readonly #seen = new Map<Item, Set<ViewDescriptor>>();
  readonly #tasks: Task[] = [];
  /** Tasks of the item at hand: those before it is placed, and those after. */
  #before: Task[] = [];
  #after: Task[] = [];

  constructor({ registry, space }: WriteScope) {
    this.registry = registry;
    this.space = space;
  }

  run(groups: readonly ViewItems[]): InstanceWrite[] {
    for (const { view, items } of groups) {
      for (const item of items) {
        this.#tasks.push(() => this.#visit(itemOf(item, view), view));
        this.#drain();
      }
    }
    return this.drafts.writes;
  }

  readonly node = (value: unknown, place: Place, source: string | undefined): NodeReference => {
    const id = idIn(value, this.space);
    if (id) return id;
    if (!isRecord(value)) throw invalidValue(place, "an id or an object to write", value);
    const target = this.registry.node(source);
    if (target === undefined) throw unboundView(place, source);
    const identity = identityOf(value, target, this.space);
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

  readonly placeAfter = (draft: InstanceDraft): void => {
    this.#after.push(() => this.drafts.place(draft));
  };

  #drain(): void {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) task();
  }

  #visit(item: Item, view: ViewDescriptor): void {
    const views = this.#seen.get(item) ?? new Set();
    if (views.has(view)) return;
    this.#seen.set(item, views.add(view));
    this.#before = [];
    this.#after = [];
    const draft = this.drafts.of(identityOf(item, view, this.space), this.#endsOf(item, view));
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
    const version = item["$existingVersion"];
    if (version !== undefined) {
      const place = { view, name: "$existingVersion" };
      if (!Number.isSafeInteger(version)) throw invalidValue(place, "a whole number", version);
      draft.setExistingVersion(Number(version));
    }
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
