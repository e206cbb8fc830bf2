export { bind } from "./bind.js";
export { type BoundView, boundView } from "./bound-handle.js";
export { defineSelect } from "./define-select.js";
export { model } from "./model.js";
export type {
  ConditionPlan,
  DirectPlan,
  EdgePlan,
  EmptyRelation,
  JoinKey,
  QueryPlan,
  QueryStage,
  RelationPlan,
  ReversePlan,
  SetPlan,
  StageLink,
  StagePlan,
} from "./plan/plan.js";
export { optionsOf } from "./problems.js";
export { propertyOf, type Registry } from "./registry.js";
export { toWrite, type Writer } from "./to-write.js";
export type {
  AggregateArgs,
  Aggregated,
  AggregateGroup,
  AggregateGroups,
  AggregateValues,
  Bucket,
  Computed,
  Counted,
  Intervals,
  Numbers,
} from "./types/aggregating.js";
export type {
  BindOptions,
  Bound,
  ListArgs,
  ListQuery,
  ResultOf,
  RetrieveArgs,
  RowPage,
  ScopeOf,
  ViewApi,
  ViewSet,
  WidestScope,
  WriteOf,
} from "./types/api.js";
export type {
  AggregateColumns,
  ColumnAggregate,
  Content,
  DatapointColumns,
  DatapointRange,
  Datapoints,
  NumberColumns,
  SequenceContent,
  SeveralDatapoints,
  TextColumns,
} from "./types/attached.js";
export type { ByViewRow } from "./types/by-view.js";
export type { CallOptions, QueryBounds } from "./types/call.js";
export type { DeleteOptions, DeletePlan, DeleteResult, DeleteWhere, Recursion } from "./types/deleting.js";
export type {
  Explanation,
  PlanEstimate,
  ProfiledExplanation,
  QueryNotice,
  QueryProfile,
  RequestsProfile,
  SetEstimate,
} from "./types/explaining.js";
export type {
  AnyView,
  DateString,
  Direct,
  Edge,
  EdgeView,
  ElementOf,
  Enum,
  FactOf,
  FileReference,
  IsMany,
  ListedOf,
  NodeView,
  PropertyFacts,
  RelationOf,
  Reverse,
  SequenceReference,
  ShapeOf,
  StringKindOf,
  TargetOf,
  TimeSeriesReference,
  TimestampString,
  ViewFacts,
  ViewIdOf,
  ViewOf,
} from "./types/markers.js";
export type { NameOf, RelationName, StoredName } from "./types/names.js";
export type { GuardRelated, Related, SelectRelated } from "./types/related.js";
export type { EdgeRow, NodeRow, Result } from "./types/result.js";
export type { Said } from "./types/said.js";
export type { Id, IsBound, Scope } from "./types/scope.js";
export type { Found, SearchArgs, SearchSortKeyOf } from "./types/searching.js";
export type {
  GuardSelect,
  Select,
  SelectEdgePart,
  SelectFacts,
  SelectMany,
  SelectOne,
  SelectPairs,
} from "./types/select.js";
export type { Sort, SortKeyOf, SortOrder } from "./types/sort.js";
export type {
  Change,
  ChangePage,
  ChangeStream,
  Deleted,
  LiveArgs,
  LiveRows,
  Reset,
  SyncArgs,
  SyncOptions,
  SyncSelect,
  Upserted,
} from "./types/syncing.js";
export type { TargetUnits } from "./types/target-units.js";
export type {
  UntypedAggregateArgs,
  UntypedArgs,
  UntypedBound,
  UntypedByViewArgs,
  UntypedDeleteOptions,
  UntypedListArgs,
  UntypedLiveArgs,
  UntypedRetrieveArgs,
  UntypedRow,
  UntypedSearchArgs,
  UntypedSyncArgs,
  UntypedViewApi,
} from "./types/untyped.js";
export type { InterfaceOf, ViewLike } from "./types/view-like.js";
export type {
  BigintCondition,
  BooleanCondition,
  DateCondition,
  EdgeCondition,
  EdgeFactConditions,
  EnumCondition,
  FactConditions,
  JsonCondition,
  ListCondition,
  NumberCondition,
  OverlapCondition,
  ReferenceCondition,
  RelationCondition,
  RelationListCondition,
  ReverseCondition,
  TextCondition,
  TimestampCondition,
  Where,
} from "./types/where.js";
export type { NestedWrite, PairWrite, Write } from "./types/write.js";
export type {
  EdgeToName,
  ExternalIds,
  FailedItem,
  PlannedWrite,
  UpsertResult,
  ValueChange,
  WriteCounts,
  WriteOptions,
  WritePlan,
  WrittenItem,
} from "./types/writing.js";
export type { Wrong } from "./types/wrong.js";
