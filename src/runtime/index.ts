export { bind } from "./bind.js";
export { model } from "./model.js";
export type {
  DirectPlan,
  EdgePlan,
  JoinKey,
  QueryPlan,
  RelationPlan,
  ReversePlan,
  SetPlan,
  StageLink,
  StagePlan,
} from "./plan/plan.js";
export type {
  BindOptions,
  Bound,
  CallOptions,
  ListArgs,
  ListQuery,
  RowPage,
  ScopeOf,
  UpsertResult,
  ViewApi,
  ViewSet,
  WriteOptions,
} from "./types/api.js";
export type {
  AnyView,
  DateString,
  Direct,
  Edge,
  EdgeView,
  Enum,
  FileReference,
  NodeView,
  Reverse,
  SequenceReference,
  ShapeOf,
  TimeSeriesReference,
  ViewIdOf,
  ViewOf,
  WriteFacts,
} from "./types/markers.js";
export type { EdgeRow, NodeRow, Result } from "./types/result.js";
export type { Id, Scope } from "./types/scope.js";
export type { Select, SelectEdgePart, SelectFacts, SelectMany, SelectOne, SelectPairs } from "./types/select.js";
export type { Sort, SortOrder } from "./types/sort.js";
export type {
  UntypedArgs,
  UntypedBound,
  UntypedListArgs,
  UntypedRetrieveArgs,
  UntypedRow,
  UntypedViewApi,
} from "./types/untyped.js";
export type {
  BigintCondition,
  BooleanCondition,
  DateCondition,
  FactConditions,
  JsonCondition,
  ListCondition,
  NumberCondition,
  ReferenceCondition,
  RelationCondition,
  TextCondition,
  TimestampCondition,
  Where,
} from "./types/where.js";
export type { PairWrite, Write } from "./types/write.js";
