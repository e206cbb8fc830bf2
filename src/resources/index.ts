export { type ContainerListOptions, ContainersAPI } from "./containers-api.js";
export { type DataModelListOptions, type DataModelRetrieveOptions, DataModelsAPI } from "./data-models-api.js";
export { DatapointsAPI } from "./datapoints-api.js";
export type {
  AggregatesRetrieveArgs,
  DatapointsCursor,
  DatapointsDelete,
  DatapointsLatestArgs,
  DatapointsLatestQuery,
  DatapointsQuery,
  DatapointsRangeArgs,
  DatapointsReadArgs,
  DatapointsRetrieveArgs,
} from "./datapoints-args.js";
export type { DatapointsInsert, DatapointWrite, Moment, Timestamp } from "./datapoints-input.js";
export type { FileContent } from "./file-content.js";
export type { FileUploadArgs, UploadedFile, UploadProgress } from "./file-upload.js";
export { type FileDownloadLinkArgs, FilesAPI } from "./files-api.js";
export {
  type InstanceIterateOptions,
  type InstanceRetrieveOptions,
  InstancesAPI,
  type Truncatable,
} from "./instances-api.js";
export type { ListOptions, SpaceListOptions } from "./list-options.js";
export { ResourceAPI } from "./resource-api.js";
export {
  type SequenceLatestArgs,
  type SequenceRowsArgs,
  type SequenceRowsIterateArgs,
  SequencesAPI,
} from "./sequences-api.js";
export { SpacesAPI } from "./spaces-api.js";
export { StatisticsAPI } from "./statistics-api.js";
export { TokenAPI } from "./token-api.js";
export type { RetrieveOptions } from "./unknown-ids.js";
export { type ViewListOptions, type ViewRetrieveOptions, ViewsAPI } from "./views-api.js";
