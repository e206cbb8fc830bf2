export type { Fetch, Hooks, LogFields, Logger, LogLevel } from "../http/index.js";
export {
  abortErrorOf,
  Gate,
  ItemIterator,
  LoopGuard,
  loadPart,
  logLevels,
  onAbort,
  pagesAhead,
  sleep,
  throwIfAborted,
  turn,
} from "../http/index.js";
export {
  type AggregatesRetrieveArgs,
  DatapointsAPI,
  type DatapointsCursor,
  type DatapointsLatestArgs,
  type DatapointsRetrieveArgs,
  type DatapointWrite,
  type FileContent,
  FilesAPI,
  type FileUploadArgs,
  type SequenceLatestArgs,
  type SequenceRowsArgs,
  SequencesAPI,
  type Timestamp,
  type UploadedFile,
} from "../resources/index.js";
export type { ClientAccess, CommonClientOptions, PygenClientOptions, ServiceAddress } from "./options.js";
export { PygenClient } from "./pygen-client.js";
export { type RetrievedModels, retrieveModels } from "./retrieve-models.js";
