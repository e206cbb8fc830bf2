import {
  type Container,
  type ContainerProperty,
  type ContainerReference,
  isListType,
  isMapped,
  type JsonValue,
  type PropertyType,
  type SourceReference,
  type ViewReference,
} from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { indexedListSize, maxListSize } from "../list-size.js";
import { resolveView } from "../resolve.js";
import { containerKey, type ProjectState } from "../state.js";
import type { RowLayout } from "../stored-row.js";
import { isComputed } from "./asset-hierarchy.js";
import { containerName, sourceName, viewName } from "./names.js";
import { layoutOf } from "./row-indexes.js";
import { canonicalise, isMismatch } from "./values.js";

/** What a write needs to know of a container. */
export interface ContainerPlan {
  readonly key: string;
  readonly name: string;
  readonly container: Container;
  readonly layout: RowLayout;
  /** As they are to be written: lists are kept to what the indexes over them can hold. */
  readonly properties: ReadonlyMap<string, ContainerProperty>;
  /** Default values in canonical form. */
  readonly defaults: ReadonlyMap<string, JsonValue>;
  readonly required: readonly string[];
  readonly immutable: readonly string[];
  readonly autoIncrement: readonly string[];
}

/** Where a value given for a property of a source goes. */
export class PropertyPlan {
  /** Whether the service computes its values, so that nobody else may write them. */
  readonly isComputed: boolean;
  #place: number | undefined;

  constructor(
    /** Its id in the source. */
    readonly name: string,
    readonly container: ContainerPlan,
    /** Its id in the container. */
    readonly id: string,
    readonly facts: ContainerProperty,
  ) {
    this.isComputed = isComputed(container.key, id);
  }

  /** Its place in rows, which it gets with its first value. */
  place(): number {
    this.#place ??= this.container.layout.placeFor(this.id);
    return this.#place;
  }
}

/** The properties of a source. */
export class PropertyPlans {
  readonly #byName: ReadonlyMap<string, PropertyPlan>;
  #names: readonly string[] = [];
  #named: readonly (PropertyPlan | undefined)[] = [];

  constructor(properties: readonly PropertyPlan[]) {
    this.#byName = new Map(properties.map((property) => [property.name, property]));
  }

  all(): Iterable<PropertyPlan> {
    return this.#byName.values();
  }

  /** Those of some names, in their order; most items name the same ones as the item before them. */
  inOrder(names: readonly string[]): readonly (PropertyPlan | undefined)[] {
    if (!sameNames(names, this.#names)) {
      this.#names = names;
      this.#named = names.map((name) => this.#byName.get(name));
    }
    return this.#named;
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** What a write needs to know of a view or a container it names. */
export interface SourcePlan {
  /** `view space:View/version` or `container space:Container`. */
  readonly name: string;
  readonly isView: boolean;
  /** Every container in which the write makes a row (contract 7.2.6). */
  readonly containers: readonly ContainerPlan[];
  readonly properties: PropertyPlans;
  /** The properties that are connections: they hold no data. */
  readonly connections: ReadonlySet<string>;
}

/** Plans of the sources that one request names, each made once. */
export class WritePlans {
  readonly #sources = new Map<string, SourcePlan>();
  readonly #containers = new Map<string, ContainerPlan>();
  /** The source that was asked for last: most items name the one that the item before them does. */
  #last: { readonly reference: SourceReference; readonly plan: SourcePlan } | undefined;

  constructor(private readonly state: ProjectState) {}

  /** @throws {@link Fault} 400 when the source does not exist. */
  source(reference: SourceReference): SourcePlan {
    if (this.#last && sameSource(this.#last.reference, reference)) return this.#last.plan;
    const name = sourceName(reference);
    const plan =
      this.#sources.get(name) ??
      (reference.type === "view" ? this.#view(reference, name) : this.#ofContainer(reference, name));
    this.#sources.set(name, plan);
    this.#last = { reference, plan };
    return plan;
  }

  #view(reference: ViewReference, name: string): SourcePlan {
    const view = resolveView(this.state, reference);
    if (!view) throw badRequest(`One or more views do not exist: '${viewName(reference)}'`);
    const properties: PropertyPlan[] = [];
    const connections = new Set<string>();
    for (const [id, property] of view.properties) {
      if (!isMapped(property)) {
        connections.add(id);
        continue;
      }
      const container = this.container(property.container);
      const { containerPropertyIdentifier } = property;
      const facts = container.properties.get(containerPropertyIdentifier);
      if (facts) properties.push(new PropertyPlan(id, container, containerPropertyIdentifier, facts));
    }
    const containers = view.mappedContainers.map((mapped) => this.container(mapped));
    return { name, isView: true, containers, properties: new PropertyPlans(properties), connections };
  }

  #ofContainer(reference: ContainerReference, name: string): SourcePlan {
    const container = this.container(reference);
    const properties = [...container.properties].map(([id, facts]) => new PropertyPlan(id, container, id, facts));
    return {
      name,
      isView: false,
      containers: [container],
      properties: new PropertyPlans(properties),
      connections: new Set(),
    };
  }

  /** @throws {@link Fault} 400 when the container does not exist. */
  container(reference: ContainerReference): ContainerPlan {
    const key = containerKey(reference);
    const known = this.#containers.get(key);
    if (known) return known;
    const container = this.state.containers.get(key);
    if (!container) throw badRequest(`One or more containers do not exist: '${containerName(reference)}'`);
    const plan = containerPlan(key, container, layoutOf(this.state, key));
    this.#containers.set(key, plan);
    return plan;
  }
}

function sameSource(a: SourceReference, b: SourceReference): boolean {
  if (a.space !== b.space || a.externalId !== b.externalId) return false;
  return a.type === "view" ? b.type === "view" && a.version === b.version : b.type === "container";
}

function containerPlan(key: string, container: Container, layout: RowLayout): ContainerPlan {
  const properties = Object.entries(container.properties);
  const having = (test: (facts: ContainerProperty) => boolean): readonly string[] =>
    properties.filter(([, facts]) => test(facts)).map(([id]) => id);
  return {
    key,
    name: containerName(container),
    container,
    layout,
    properties: new Map(properties.map(([id, facts]) => [id, { ...facts, type: writtenType(container, id, facts) }])),
    defaults: new Map(properties.flatMap(([id, facts]) => defaultOf(id, facts))),
    required: having((facts) => facts.nullable === false),
    immutable: having((facts) => facts.immutable === true),
    autoIncrement: having((facts) => facts.autoIncrement === true),
  };
}

function writtenType({ indexes = {} }: Container, id: string, { type }: ContainerProperty): PropertyType {
  if (type.type === "enum" || !isListType(type)) return type;
  const holding = Object.values(indexes).filter((index) => index.properties.includes(id));
  const most = Math.min(maxListSize(type), ...holding.map((index) => indexedListSize(index, type)));
  return { ...type, maxListSize: most };
}

function defaultOf(id: string, facts: ContainerProperty): readonly (readonly [string, JsonValue])[] {
  if (facts.defaultValue === undefined || facts.defaultValue === null) return [];
  const canonical = canonicalise(facts.type, facts.defaultValue);
  return isMismatch(canonical) ? [] : [[id, canonical]];
}
