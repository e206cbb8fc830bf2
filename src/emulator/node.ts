export type { Listening } from "../server/index.js";
export { type ListenOptions, listen } from "./node/listen.js";
export { type RunningEmulator, type StartOptions, startEmulator } from "./node/start.js";
export { type FolderStorage, openStorage, type StorageOptions } from "./node/storage.js";
