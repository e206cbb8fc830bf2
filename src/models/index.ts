export type {
  Aggregate,
  AggregatedHistogram,
  AggregatedItem,
  AggregatedNumber,
  AggregatedValue,
  GroupValue,
  HistogramAggregate,
  InstancesAggregateRequest,
  InstancesAggregateResponse,
  NumberAggregate,
} from "./aggregate.js";
export { type ApiErrorBody, errorIn } from "./api-error.js";
export type {
  BtreeIndex,
  BuildState,
  Constraint,
  ConstraintState,
  Container,
  ContainerCreate,
  ContainerPartId,
  ContainerProperty,
  ContainerPropertyCreate,
  Index,
  InvertedIndex,
  RequiresConstraint,
  UniquenessConstraint,
  UsedFor,
} from "./container.js";
export { type DataModel, type DataModelCreate, isViewReference } from "./data-model.js";
export {
  type AggregateDatapoint,
  type AggregateSeries,
  type Datapoint,
  type DatapointAggregate,
  type DatapointAggregates,
  type DatapointItem,
  type DatapointStatus,
  type DatapointsDeleteRequest,
  type DatapointsInsertRequest,
  type DatapointsLatestItem,
  type DatapointsLatestRequest,
  type DatapointsListItem,
  type DatapointsListRequest,
  type DatapointsRange,
  type DatapointsReading,
  type DatapointsResponse,
  FIRST_TIMESTAMP,
  LAST_TIMESTAMP,
  type NumericDatapoint,
  type NumericSeries,
  type Series,
  type SeriesFacts,
  type StringDatapoint,
  type StringSeries,
  type TimeSeriesId,
  type TimeSeriesMetadata,
} from "./datapoint.js";
export {
  type FileCompleteUploadRequest,
  type FileDownloadLink,
  type FileDownloadLinkRequest,
  type FileId,
  type FileMetadata,
  type FileMultipartUploadLink,
  type FileUploadId,
  type FileUploadLink,
  type FileUploadLinkRequest,
  MAX_PART_SIZE,
  MAX_PARTS,
  MAX_SINGLE_UPLOAD,
  MIN_PART_SIZE,
} from "./file.js";
export type { Filter, FilterOperators, FilterValue, PropertyPath, RangeBounds, SortKey } from "./filter.js";
export { fnv1a } from "./fnv.js";
export type { GraphQLProblem, GraphQLRequest, GraphQLResponse } from "./graphql.js";
export type {
  ContainerInspectOperations,
  InspectedContainer,
  InspectedInstance,
  InstanceInspectOperations,
} from "./inspect.js";
export type {
  DebugOptions,
  EdgeInstance,
  EdgeWrite,
  Instance,
  InstanceDelete,
  InstanceId,
  InstancesByIdsRequest,
  InstancesListRequest,
  InstancesPage,
  InstancesUpsertRequest,
  InstancesUpsertResponse,
  InstanceType,
  InstanceWrite,
  NodeInstance,
  NodeWrite,
  PropertiesBySource,
  PropertyTyping,
  PropertyValues,
  Source,
  SourceData,
  TargetUnit,
  Typing,
  UpsertOptions,
  WrittenInstance,
} from "./instance.js";
export { isRecord, type JsonObject, type JsonValue, keyCount, sameJson } from "./json.js";
export { exactInteger, parseJson, writeJson } from "./json-text.js";
export type { Page } from "./page.js";
export {
  type CdfReferenceType,
  type DirectRelationType,
  type EnumType,
  type EnumValue,
  type FloatType,
  isListType,
  type PrimitiveType,
  type PropertyType,
  type TextType,
  type UnitReference,
} from "./property-type.js";
export type {
  EdgeExpression,
  InstancesQueryRequest,
  InstancesQueryResponse,
  NodeExpression,
  ResultSetExpression,
  SelectExpression,
  SelectSource,
  SetExpression,
  SetMember,
  Through,
} from "./query.js";
export {
  type ContainerId,
  type ContainerReference,
  type DataModelId,
  formatVersionedId,
  type NodeReference,
  parseVersionedId,
  type SourceReference,
  type VersionedId,
  type VersionedIdentity,
  type ViewReference,
  viewReference,
} from "./reference.js";
export type { ByExternalId, ByInstanceId, ByInternalId, ResourceId, ResourceIds } from "./resource-id.js";
export type { FileFilter, ResourcesByIdsRequest, ResourcesListRequest, TimeSeriesFilter } from "./resource-listing.js";
export { sameStored } from "./same-stored.js";
export type {
  InstancesSearchRequest,
  InstancesSearchResponse,
  SearchOperator,
  SearchSortKey,
} from "./search.js";
export type {
  SequenceColumn,
  SequenceColumnType,
  SequenceCreate,
  SequenceId,
  SequenceRow,
  SequenceRows,
  SequenceRowsDelete,
  SequenceRowsDeleteRequest,
  SequenceRowsInsert,
  SequenceRowsInsertRequest,
  SequenceRowsLatestRequest,
  SequenceRowsListRequest,
  SequenceRowsPage,
  SequenceValue,
} from "./sequence.js";
export type { ServerFacts, Space, SpaceCreate, SpaceId } from "./space.js";
export type { CountAndLimit, InstanceStatistics, ProjectStatistics, SpaceStatistics } from "./statistics.js";
export type {
  InstancesSyncRequest,
  InstancesSyncResponse,
  SyncEdgeExpression,
  SyncExpression,
  SyncExpressionOptions,
  SyncMode,
  SyncNodeExpression,
  SyncSelectExpression,
} from "./sync.js";
export type { TokenInspection, TokenProject } from "./token.js";
export { VERSION } from "./version.js";
export {
  type Direction,
  type EdgeConnection,
  type EdgeConnectionCreate,
  isEdgeConnection,
  isMapped,
  isReverse,
  type MappedProperty,
  type MappedPropertyCreate,
  type ReverseDirectRelation,
  type ReverseDirectRelationCreate,
  type View,
  type ViewCreate,
  type ViewProperty,
  type ViewPropertyCreate,
} from "./view.js";
