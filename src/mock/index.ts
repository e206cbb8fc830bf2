// The door `pygen/testing`: instances of a model that nobody has to write.
export {
  type AffixOptions,
  type ExternalIdFactory,
  type IdContext,
  incrementalId,
  uuidId,
  withAffixes,
} from "./external-ids.js";
export { inBatches } from "./in-batches.js";
export { mockInstances } from "./mock-instances.js";
export type { MockOptions, MockViewOptions } from "./options.js";
export { type Random, seeded } from "./random.js";
export type { ValueContext, ValueFactory } from "./values.js";
