export { defineConfig, type PygenConfig, type SdkConfig, type ServiceConfig } from "./config.js";
export { type GenerationConfig, generationOf } from "./generation.js";
export { readConfig, takeConfig } from "./read-config.js";
export { generationSchema } from "./schema.js";
