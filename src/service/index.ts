// The door `pygen/service`: generation over HTTP, wherever handlers of `fetch` run.
export type { ArchiveFormat } from "../output/index.js";
export type { ServiceAccess } from "./access.js";
export { createService } from "./create-service.js";
export type { Job, JobResult, ModelTexts } from "./job.js";
export { runJob } from "./job.js";
export type { ServiceLimits } from "./limits.js";
export type { CacheUse, Caller, ServedEvent, Service, ServiceOptions, Workers } from "./options.js";
export type {
  DiffRequest,
  GenerateRequest,
  ModelByDocument,
  ModelByFiles,
  ModelByReference,
  ModelSource,
  ValidateRequest,
} from "./requests.js";
export { type Count, type KeptResult, memoryStore, type ServiceStore } from "./store.js";
