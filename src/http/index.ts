export type { CheckResult, ResponseSchema } from "../models/responses/index.js";
export { abortErrorOf, throwIfAborted } from "./aborted.js";
export type { RetryOptions } from "./backoff.js";
export type { Batch } from "./batch.js";
export type { AccessToken, Credentials, TokenRequest } from "./credentials.js";
export { sleep } from "./deadline.js";
export { turn } from "./early-cursor.js";
export { Gate } from "./gate.js";
export type {
  CallInfo,
  Hooks,
  RequestEndEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from "./hooks.js";
export { HTTPClient, type HTTPClientOptions } from "./http-client.js";
export { ItemIterator } from "./item-iterator.js";
export type { ConcurrencyOptions, Lane } from "./lanes.js";
export { loadPart } from "./load-part.js";
export { type LogFields, type Logger, type LogLevel, logLevels } from "./logger.js";
export { LoopGuard } from "./loop-guard.js";
export { onAbort } from "./on-abort.js";
export { outcomeOf } from "./outcome.js";
export { type PageOptions, type PageSource, pagesAhead } from "./pages-ahead.js";
export { collect, type PagedItems, type PageFetch, type PagingOptions, paginate } from "./paging.js";
export type { PreparedBody } from "./payload.js";
export type {
  CompressionOptions,
  HTTPRequest,
  QueryParameters,
  RequestOptions,
  TimeoutOptions,
  TransferRequest,
  ValidationMode,
} from "./request.js";
export type { Method } from "./retry-policy.js";
export { runBatch } from "./run-batch.js";
export type { Answer, Fetch, Outgoing, Transport } from "./transport.js";
