export { Gate, ItemIterator, LoopGuard, loadPart, pagesAhead, throwIfAborted } from "../http/index.js";
export type { ClientAccess, CommonClientOptions, PygenClientOptions, ServiceAddress } from "./options.js";
export { PygenClient } from "./pygen-client.js";
