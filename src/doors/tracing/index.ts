// The door `pygen/tracing`: spans of OpenTelemetry.
export { type Serving, traced } from "./traced.js";
export { type TracerSource, type TracingOptions, tracing } from "./tracing.js";
