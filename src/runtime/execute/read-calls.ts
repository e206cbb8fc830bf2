import type { PygenClient } from "../../client/index.js";

/** The calls that reading needs. */
export type ReadCalls = Pick<PygenClient["instances"], "list" | "query" | "retrieve">;

/** Looks at what is sent, and at what comes. */
export type Watch = (calls: ReadCalls) => ReadCalls;
