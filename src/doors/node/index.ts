// The door `pygen/node`: connections for a client in Node.
export { ConnectionPool, connectionPool } from "./connection-pool.js";
export type { ConnectionPoolOptions, ProxyOptions } from "./options.js";
