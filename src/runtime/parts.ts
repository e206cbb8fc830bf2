// What handles do beyond plain lists is loaded on first use, so that applications pay for what they use. One entry each.
import { onFirstUse } from "./on-first-use.js";

export const openNested: typeof import("./nested.js").openNested = onFirstUse(
  "reading relations",
  async () => (await import("./nested.js")).openNested,
);

export const explainNested: typeof import("./nested.js").explainNested = onFirstUse(
  "reading relations",
  async () => (await import("./nested.js")).explainNested,
);

export const countRows: typeof import("./operations/count.js").countRows = onFirstUse(
  "counting",
  async () => (await import("./operations/count.js")).countRows,
);

export const retrieve: typeof import("./operations/retrieve.js").retrieve = onFirstUse(
  "reading by id",
  async () => (await import("./operations/retrieve.js")).retrieve,
);

export const related: typeof import("./operations/related.js").related = onFirstUse(
  "reading relations",
  async () => (await import("./operations/related.js")).related,
);

export const search: typeof import("./operations/search.js").search = onFirstUse(
  "searching",
  async () => (await import("./operations/search.js")).search,
);

export const aggregate: typeof import("./operations/aggregate.js").aggregate = onFirstUse(
  "aggregating",
  async () => (await import("./operations/aggregate.js")).aggregate,
);

export const openByView: typeof import("./operations/by-view.js").openByView = onFirstUse(
  "reading by view",
  async () => (await import("./operations/by-view.js")).openByView,
);

export const explainByView: typeof import("./operations/by-view.js").explainByView = onFirstUse(
  "reading by view",
  async () => (await import("./operations/by-view.js")).explainByView,
);

export const upsert: typeof import("./write/upsert.js").upsert = onFirstUse(
  "writing",
  async () => (await import("./write/upsert.js")).upsert,
);

export const upsertViews: typeof import("./write/upsert.js").upsertViews = onFirstUse(
  "writing",
  async () => (await import("./write/upsert.js")).upsertViews,
);

export const remove: typeof import("./write/remove.js").remove = onFirstUse(
  "deleting",
  async () => (await import("./write/remove.js")).remove,
);

export const openChanges: typeof import("./sync/changes.js").openChanges = onFirstUse(
  "following changes",
  async () => (await import("./sync/changes.js")).openChanges,
);

export const openLive: typeof import("./sync/live.js").openLive = onFirstUse(
  "following changes",
  async () => (await import("./sync/live.js")).openLive,
);
