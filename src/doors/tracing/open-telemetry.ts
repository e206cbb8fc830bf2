import { ConfigError } from "../../errors/index.js";

/** The API of OpenTelemetry. */
export type OpenTelemetry = typeof import("@opentelemetry/api");

/**
 * Loads the API of OpenTelemetry, which the application brings.
 *
 * @throws ConfigError when it is not installed
 */
export async function openTelemetry(): Promise<OpenTelemetry> {
  try {
    return await import("@opentelemetry/api");
  } catch (cause) {
    throw new ConfigError(
      "CONFIG.PEER",
      "pygen/tracing needs the package @opentelemetry/api, which cannot be loaded.",
      {
        hint: "Run: npm install @opentelemetry/api",
        cause,
      },
    );
  }
}
