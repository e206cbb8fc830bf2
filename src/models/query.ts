import type { Filter, SortKey } from "./filter.js";
import type { DebugOptions, Instance, TargetUnit, Typing } from "./instance.js";
import type { JsonValue } from "./json.js";
import type { SourceReference, ViewReference } from "./reference.js";
import type { Direction } from "./view.js";

/** Follows a direct relation from one set of nodes to another (contract 8.1). */
export interface Through {
  readonly source: SourceReference;
  readonly identifier: string;
}

/** A set of nodes (contract 8.1). `limit` and `sort` sit beside `nodes`, never inside. */
export interface NodeExpression {
  readonly nodes: {
    readonly from?: string;
    readonly chainTo?: "destination" | "source";
    readonly through?: Through;
    /** The service's default is `inwards`; always send it with `through`. */
    readonly direction?: Direction;
    readonly filter?: Filter;
  };
  readonly sort?: readonly SortKey[];
  /** 1 to 10,000. @defaultValue 100 */
  readonly limit?: number;
}

/** A set of edges (contract 8.1). */
export interface EdgeExpression {
  readonly edges: {
    readonly from?: string;
    readonly chainTo?: "destination" | "source";
    /** Hops to follow; always send it. */
    readonly maxDistance?: number;
    /** @defaultValue "outwards" */
    readonly direction?: Direction;
    readonly filter?: Filter;
    readonly nodeFilter?: Filter;
    readonly terminationFilter?: Filter;
    /** Most edges per node of `from`; only with `from` and `maxDistance: 1`. */
    readonly limitEach?: number;
  };
  readonly sort?: readonly SortKey[];
  readonly postSort?: readonly SortKey[];
  /** 1 to 10,000. @defaultValue 100 */
  readonly limit?: number;
}

/** Members of a set operation: names of expressions, or further operations. */
export type SetMember = string | SetExpression;

/** A union, a union with duplicates, or an intersection of named sets (contract 8.1). */
export type SetExpression = (
  | { readonly union: readonly SetMember[] }
  | { readonly unionAll: readonly SetMember[] }
  | { readonly intersection: readonly SetMember[] }
) & { readonly except?: readonly string[]; readonly limit?: number };

/** Any result set expression. */
export type ResultSetExpression = NodeExpression | EdgeExpression | SetExpression;

/** A view and the ids of its properties to return; `["*"]` is all of them. */
export interface SelectSource {
  readonly source: ViewReference;
  readonly properties: readonly string[];
  readonly targetUnits?: readonly TargetUnit[];
}

/** What to return of one set; without sources only the instances' own facts. */
export interface SelectExpression {
  readonly sources?: readonly SelectSource[];
  readonly sort?: readonly SortKey[];
  readonly limit?: number;
}

/** Body of `POST /models/instances/query`: 1 to 50 sets, of which those in `select` are returned. */
export interface InstancesQueryRequest {
  readonly with: Readonly<Record<string, ResultSetExpression>>;
  readonly select: Readonly<Record<string, SelectExpression>>;
  /** `null` means: from the start. */
  readonly cursors?: Readonly<Record<string, string | null>>;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  readonly includeTyping?: boolean;
  readonly debug?: DebugOptions;
}

/** Answer of `POST /models/instances/query`: flat sets by name, and a cursor for those that may have more. */
export interface InstancesQueryResponse {
  readonly items: Readonly<Record<string, readonly Instance[]>>;
  readonly nextCursor: Readonly<Record<string, string | null>>;
  readonly typing?: Readonly<Record<string, Typing>>;
  readonly debug?: JsonValue;
}
