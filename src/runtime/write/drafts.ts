import { QueryError } from "../../errors/index.js";
import {
  type InstanceWrite,
  type JsonValue,
  type NodeReference,
  type SourceReference,
  sameJson,
} from "../../models/index.js";
import { keyOf } from "../identity.js";

/** What is known of an edge's ends and type. */
export interface EdgeEnds {
  readonly type: NodeReference;
  readonly startNode: NodeReference;
  readonly endNode: NodeReference;
}

interface SourceDraft {
  readonly source: SourceReference;
  readonly properties: Map<string, JsonValue>;
}

/** An instance to write while it is put together: it may be met many times in a graph, and is written once. */
export class InstanceDraft {
  readonly id: NodeReference;
  readonly #ends: EdgeEnds | undefined;
  readonly #sources = new Map<string, SourceDraft>();
  #type: { readonly value: NodeReference | null; readonly explicit: boolean } | undefined;
  #existingVersion: number | undefined;

  constructor(id: NodeReference, ends: EdgeEnds | undefined) {
    this.id = id;
    this.#ends = ends;
  }

  /** Refuses an id that stands for two instances. */
  mustBe(ends: EdgeEnds | undefined): void {
    if (sameJson(this.#ends ?? null, ends ?? null)) return;
    if (this.#ends === undefined || ends === undefined) throw this.#conflict("is a node and an edge");
    const isRetyped = !sameJson(this.#ends.type, ends.type);
    throw this.#conflict(isRetyped ? "is an edge of two types" : "is an edge with two pairs of ends", edgeHint);
  }

  /** Writes a row through a source, if only an empty one. */
  touch(source: SourceReference): Map<string, JsonValue> {
    const key = JSON.stringify(source);
    const known = this.#sources.get(key) ?? { source, properties: new Map<string, JsonValue>() };
    this.#sources.set(key, known);
    return known.properties;
  }

  set(source: SourceReference, property: string, value: JsonValue): void {
    const properties = this.touch(source);
    const known = properties.get(property);
    if (known !== undefined && !sameJson(known, value)) throw this.#conflict(`has two values of '${property}'`);
    properties.set(property, value);
  }

  /** The type that was given wins over the one that a view asks for. */
  setType(value: NodeReference | null, explicit: boolean): void {
    if (explicit && this.#type?.explicit && !sameJson(this.#type.value, value)) throw this.#conflict("has two types");
    if (explicit || this.#type === undefined) this.#type = { value, explicit };
  }

  setExistingVersion(version: number): void {
    if (this.#existingVersion !== undefined && this.#existingVersion !== version) {
      throw this.#conflict("has two existing versions");
    }
    this.#existingVersion = version;
  }

  get write(): InstanceWrite {
    const sources = [...this.#sources.values()].map(({ source, properties }) => ({
      source,
      properties: Object.fromEntries(properties),
    }));
    const facts = {
      ...this.id,
      ...(this.#existingVersion === undefined ? {} : { existingVersion: this.#existingVersion }),
      ...(sources.length === 0 ? {} : { sources }),
    };
    if (this.#ends) return { instanceType: "edge", ...facts, ...this.#ends };
    return { instanceType: "node", ...facts, ...(this.#type === undefined ? {} : { type: this.#type.value }) };
  }

  get isEdge(): boolean {
    return this.#ends !== undefined;
  }

  #conflict(what: string, hint = "What is met more than once must be the same each time."): QueryError {
    const { space, externalId } = this.id;
    return new QueryError("QUERY.CONFLICT", `Instance '${externalId}' in space '${space}' ${what} in one write.`, {
      hint,
    });
  }
}

const edgeHint = "Give edges that would share an externalId one of their own: { edge: { externalId: '...' }, node }.";

/** The instances of one write, by id. */
export class Drafts {
  readonly #byKey = new Map<string, InstanceDraft>();
  readonly #inOrder = new Set<InstanceDraft>();

  /** The draft of an id. It is not in the order of writing yet. */
  of(id: NodeReference, ends?: EdgeEnds): InstanceDraft {
    const key = keyOf(id);
    const known = this.#byKey.get(key);
    if (known) {
      known.mustBe(ends);
      return known;
    }
    const draft = new InstanceDraft(id, ends);
    this.#byKey.set(key, draft);
    return draft;
  }

  /** Puts a draft after those that are placed already. */
  place(draft: InstanceDraft): void {
    this.#inOrder.add(draft);
  }

  /** Nodes before edges, which need them (E78). */
  get writes(): InstanceWrite[] {
    const all = [...this.#inOrder];
    return [...all.filter(({ isEdge }) => !isEdge), ...all.filter(({ isEdge }) => isEdge)].map(({ write }) => write);
  }
}
