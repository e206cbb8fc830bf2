export { defineConfig, type PygenConfig, type SdkConfig, type ServiceConfig } from "./config.js";
export { readConfig, takeConfig } from "./read-config.js";
