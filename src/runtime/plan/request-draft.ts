import {
  type EdgeExpression,
  formatVersionedId,
  type InstancesQueryRequest,
  type InstanceType,
  type NodeExpression,
  parseVersionedId,
  type SelectExpression,
  type SortKey,
  type TargetUnit,
  viewReference,
} from "../../models/index.js";
import type { JoinKey } from "./plan.js";

/** One result set while its request is made: what must be read of it becomes known bit by bit. */
export class SetDraft {
  readonly name: string;
  readonly expression: NodeExpression | EdgeExpression;
  readonly instanceType: InstanceType;
  readonly #properties = new Map<string, Set<string>>();
  readonly #units = new Map<string, readonly TargetUnit[]>();

  constructor(name: string, expression: NodeExpression | EdgeExpression) {
    this.name = name;
    this.expression = expression;
    this.instanceType = "nodes" in expression ? "node" : "edge";
  }

  /** Reads a property too; `*` reads all of the view. */
  carry({ source, property }: JoinKey): void {
    const properties = this.#properties.get(source) ?? new Set();
    this.#properties.set(source, properties.add(property));
  }

  /** Reads properties of a view in other units. */
  convert(source: string, units: readonly TargetUnit[]): void {
    this.#units.set(source, units);
  }

  /** Reads what the rows are ordered by; the facts of instances are always there. */
  carrySort(keys: readonly SortKey[]): void {
    for (const { property } of keys) {
      const [space = "", view = "", id] = property;
      if (id === undefined) continue;
      const [externalId = "", version = ""] = view.split("/");
      this.carry({ source: formatVersionedId({ space, externalId, version }), property: id });
    }
  }

  get select(): SelectExpression {
    const sources = [...this.#properties].flatMap(([id, properties]) => {
      const view = parseVersionedId(id);
      const names = properties.has("*") ? ["*"] : [...properties];
      const targetUnits = this.#units.get(id);
      return view
        ? [{ source: viewReference(view), properties: names, ...(targetUnits === undefined ? {} : { targetUnits }) }]
        : [];
    });
    return sources.length > 0 ? { sources } : {};
  }
}

/** A `query` while it is made. */
export class RequestDraft {
  readonly #sets: SetDraft[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many more sets fit in. */
  get room(): number {
    return this.#most - this.#sets.length;
  }

  /** Adds a set under a name of its own that tells what it holds. */
  add(label: string, expression: NodeExpression | EdgeExpression): SetDraft {
    const name = this.#sets.length === 0 ? label : `${this.#sets.length}_${label.replace(/\W/g, "")}`;
    const set = new SetDraft(name, expression);
    this.#sets.push(set);
    return set;
  }

  get request(): InstancesQueryRequest {
    return {
      with: Object.fromEntries(this.#sets.map(({ name, expression }) => [name, expression])),
      select: Object.fromEntries(this.#sets.map(({ name, select }) => [name, select])),
    };
  }
}
