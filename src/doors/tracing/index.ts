// The door `pygen/tracing`: spans of OpenTelemetry.
export { type TracerSource, type TracingOptions, tracing } from "./tracing.js";
