export type { ClientAccess, CommonClientOptions, PygenClientOptions, ServiceAddress } from "./options.js";
export { PygenClient } from "./pygen-client.js";
