// The door `pygen/legacy`: the face of Pygen v1.
export type {
  ClientCalls,
  DeleteArgs,
  InstancesDeleteResult,
  ResourcesWriteResult,
  UpsertArgs,
} from "./client-calls.js";
export {
  type AzureProject,
  azureProject,
  type BindSdk,
  type ConnectOptions,
  fromToml,
  type SignIn,
} from "./connect.js";
export type { WarningSink } from "./deprecation.js";
export type {
  InstanceTypes,
  QueryAggregateArgs,
  QueryIterateArgs,
  QueryListArgs,
  QueryPage,
  QueryProperties,
  QuerySearchArgs,
} from "./executor/arguments.js";
export { QueryExecutor } from "./executor/query-executor.js";
export { type BuildPackageOptions, buildPackage, type TypeScriptCompiler } from "./generate/build-package.js";
export { type GenerateSdkOptions, generateSdk, type ModelOptions, type ModelSource } from "./generate/generate-sdk.js";
export { generateSdkNotebook, type NotebookOptions } from "./generate/generate-sdk-notebook.js";
export { type WriteSdkOptions, writeSdkToDisk } from "./generate/write-sdk-to-disk.js";
export { GraphQLList } from "./graphql/graphql-list.js";
export { type LegacyClient, type LegacyClientOptions, legacyClient } from "./legacy-client.js";
export { type AnyRow, type DataRecord, LegacyList, type ListFacts } from "./legacy-list.js";
export type {
  AggregatedGroup,
  AggregatedValue,
  AggregateName,
  HistogramAggregation,
  HistogramValue,
  MetricAggregation,
} from "./types/aggregating.js";
export type {
  AggregateArgs,
  IterateArgs,
  LegacyApi,
  ListArgs,
  RetrieveArgs,
  RowList,
  SearchArgs,
} from "./types/api.js";
export type { Dataframe, DataframeArgs, DataframeColumn } from "./types/dataframe.js";
export type { DownloadArgs } from "./types/download.js";
export type { FactFilters, Filters } from "./types/filters.js";
export type { LegacyContent, LegacyDatapoints, LegacyEdgeQuery, LegacyQuery } from "./types/query.js";
export type { LegacyRow, RetrieveConnections } from "./types/rows.js";
export type { InstanceSort, Order, SortArgs, SortDirection } from "./types/sorting.js";
export type { UntypedLegacyApi } from "./types/untyped.js";
