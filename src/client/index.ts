export { Gate, ItemIterator, LoopGuard, loadPart, pagesAhead, sleep, throwIfAborted } from "../http/index.js";
export type { ClientAccess, CommonClientOptions, PygenClientOptions, ServiceAddress } from "./options.js";
export { PygenClient } from "./pygen-client.js";
