export {
  abortErrorOf,
  Gate,
  ItemIterator,
  LoopGuard,
  loadPart,
  onAbort,
  pagesAhead,
  sleep,
  throwIfAborted,
  turn,
} from "../http/index.js";
export type { ClientAccess, CommonClientOptions, PygenClientOptions, ServiceAddress } from "./options.js";
export { PygenClient } from "./pygen-client.js";
