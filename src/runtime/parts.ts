// What handles do beyond plain lists is loaded on first use, so that applications pay for what they use: by parts, since each
// that is named here costs those who never load it, too.
import { onFirstUse } from "./on-first-use.js";

type Nested = typeof import("./nested.js");
type Conditions = typeof import("./plan/more-conditions.js");
type Retrieve = typeof import("./operations/retrieve.js");
type Reads = typeof import("./operations/reads.js");
type Attached = typeof import("./attached/index.js");
type Writes = typeof import("./write/upsert.js");
type Removes = typeof import("./write/remove.js");
type Changes = typeof import("./sync/changes.js");
type Live = typeof import("./sync/live.js");

const nested = (): Promise<Nested> => import("./nested.js");
const reads = (): Promise<Reads> => import("./operations/reads.js");
const attached = (): Promise<Attached> => import("./attached/index.js");
const writes = (): Promise<Writes> => import("./write/upsert.js");

export const openNested: Nested["openNested"] = onFirstUse("reading relations", nested, "openNested");
export const explainNested: Nested["explainNested"] = onFirstUse("reading relations", nested, "explainNested");
export const completeScope: Conditions["completeScope"] = onFirstUse(
  "conditions",
  () => import("./plan/more-conditions.js"),
  "completeScope",
);
export const retrieve: Retrieve["retrieve"] = onFirstUse(
  "reading by id",
  () => import("./operations/retrieve.js"),
  "retrieve",
);

export const countRows: Reads["countRows"] = onFirstUse("counting", reads, "countRows");
export const related: Reads["related"] = onFirstUse("reading relations", reads, "related");
export const search: Reads["search"] = onFirstUse("searching", reads, "search");
export const aggregate: Reads["aggregate"] = onFirstUse("aggregating", reads, "aggregate");
export const openByView: Reads["openByView"] = onFirstUse("reading by view", reads, "openByView");
export const explainByView: Reads["explainByView"] = onFirstUse("reading by view", reads, "explainByView");

export const openDatapoints: Attached["openDatapoints"] = onFirstUse("data points", attached, "openDatapoints");
export const openContent: Attached["openContent"] = onFirstUse("contents of files", attached, "openContent");
export const openSequence: Attached["openSequence"] = onFirstUse("rows of sequences", attached, "openSequence");

export const upsert: Writes["upsert"] = onFirstUse("writing", writes, "upsert");
export const upsertViews: Writes["upsertViews"] = onFirstUse("writing", writes, "upsertViews");
export const remove: Removes["remove"] = onFirstUse("deleting", () => import("./write/remove.js"), "remove");

export const openChanges: Changes["openChanges"] = onFirstUse(
  "following changes",
  () => import("./sync/changes.js"),
  "openChanges",
);
export const openLive: Live["openLive"] = onFirstUse("following changes", () => import("./sync/live.js"), "openLive");
