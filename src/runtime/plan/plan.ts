import type {
  InstancesByIdsRequest,
  InstancesListRequest,
  InstancesQueryRequest,
  InstanceType,
  PropertyPath,
  SortKey,
} from "../../models/index.js";

/** Where a set's rows hold the ids by which sets are joined: the id of a view, and a property's id in CDF. */
export interface JoinKey {
  readonly source: string;
  readonly property: string;
}

interface RelationFacts {
  /** Name of the property in the rows of the set that the relation is of. */
  readonly property: string;
  /** Names of further properties that hold the same. */
  readonly also?: readonly string[];
  readonly many: boolean;
  /** Most per parent. */
  readonly limit?: number;
  /** The set of the same request that holds the other end. */
  readonly set?: SetPlan;
  /** Or the stage (its place in `stages`) whose root set does. */
  readonly stage?: number;
}

interface MergeOrder {
  /** Order within a parent, for where the rows of one parent come in several answers. */
  readonly sort?: readonly SortKey[];
}

/** A direct relation: `key` is in the rows of the parent. */
export interface DirectPlan extends RelationFacts, MergeOrder {
  readonly kind: "direct";
  readonly key: JoinKey;
}

/** A reverse relation: `key` is in the rows at the other end. */
export interface ReversePlan extends RelationFacts {
  readonly kind: "reverse";
  readonly key: JoinKey;
  readonly give: "ids" | "rows";
}

/** A connection by edges: `near` is the end at the parent. */
export interface EdgePlan extends RelationFacts, MergeOrder {
  readonly kind: "edge";
  readonly near: "startNode" | "endNode";
  readonly give: "ids" | "rows" | "pairs";
}

/** How one property of a set's rows is filled from another set. */
export type RelationPlan = DirectPlan | ReversePlan | EdgePlan;

/** A relation that is empty for certain: nothing is asked for it. */
export interface EmptyRelation {
  readonly property: string;
  readonly many: boolean;
}

/** One set of instances, and what becomes of its rows. */
export interface SetPlan {
  /** Its name in a `query`. */
  readonly name: string;
  readonly instanceType: InstanceType;
  /** Id of the view that rows are read through; without it they have only what every instance has. */
  readonly view?: string;
  /** What rows carry, by their names in TypeScript: properties, and facts beginning with `$`. */
  readonly fields: readonly string[];
  readonly relations: readonly RelationPlan[];
  readonly empty?: readonly EmptyRelation[];
  /** Of edges: the set of the nodes at one end. */
  readonly far?: { readonly end: "startNode" | "endNode"; readonly set: SetPlan };
}

/** How ids that are known only when the plan runs go into a stage's request, so many at a time. */
export type StageLink =
  | { readonly operator: "items" | "instanceReferences"; readonly chunk: number }
  | { readonly operator: "in" | "containsAny"; readonly property: PropertyPath; readonly chunk: number };

interface StageFacts {
  /** Why the stage is there, and in this form. */
  readonly reason: string;
  readonly link?: StageLink;
  readonly root: SetPlan;
}

/** A request, as a template: cursors, and the ids of `link`, are added to it when it is sent. */
export type StagePlan =
  | (StageFacts & { readonly endpoint: "list"; readonly request: InstancesListRequest })
  | QueryStage
  | ByIdsStage;

/** Reads sets that hang on each other together. */
export interface QueryStage extends StageFacts {
  readonly endpoint: "query";
  readonly request: InstancesQueryRequest;
  /** Sets beside the root: the same ids, read through other views. */
  readonly beside?: readonly SetPlan[];
}

/** Reads instances by id. */
export interface ByIdsStage extends StageFacts {
  readonly endpoint: "byids";
  readonly request: InstancesByIdsRequest;
}

/**
 * How a `some` is answered, from its far side: the ids of the instances for which it holds are read completely, and then
 * stand in its place in the requests that follow.
 */
export interface ConditionPlan {
  /** The property that it is about: `'blades' of view wind/Turbine@v1`. */
  readonly of: string;
  readonly stage: QueryStage;
  /** The set whose instances give the ids, and where: in a property, at an end of edges, or by being it. */
  readonly ids: { readonly set: string; readonly at: JoinKey | "startNode" | "endNode" | "self" };
}

/**
 * The requests that a query makes, as plain data that can be printed, compared and kept.
 * The first stage reads the rows themselves; each further one is for what the service cannot give in the same request,
 * and runs once per page of the stage that refers to it (once per `chunk` ids of that page).
 */
export interface QueryPlan {
  /** Id of the view that rows are read through. */
  readonly view: string;
  /** Most rows in all. */
  readonly limit?: number;
  /**
   * What is read before the first stage. Where the plan has not run, a filter names the ids that the first of them gives
   * `{ parameter: "condition1" }`, and so on.
   */
  readonly conditions?: readonly ConditionPlan[];
  readonly stages: readonly [StagePlan, ...StagePlan[]];
  /**
   * What is tried first: the far side of the condition and the rows for which it holds in one request, instead of the
   * condition and the first stage. It does where both fit a page; else conditions and stages run as they stand here.
   */
  readonly together?: QueryStage;
}
