// The door `pygen/service/node`: the service on a port, with threads, metrics, and what replicas share.
export type { Listening, ListenOptions } from "../../server/index.js";
export { jsonLogger } from "./json-logger.js";
export { type RedisStore, redisStore } from "./redis-store.js";
export { type ServeOptions, serve } from "./serve.js";
export { type ThreadPool, type ThreadPoolOptions, threadPool } from "./thread-pool.js";
