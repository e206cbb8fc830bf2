import { pino } from "pino";
import type { LogFields, Logger, LogLevel } from "../../client/index.js";

/** A logger that writes a JSON object a line, to standard error unless told otherwise. */
export function jsonLogger(level: LogLevel, destination: { write(line: string): void } = process.stderr): Logger {
  const lines = pino({ level, base: { name: "pygen" }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const at =
    (name: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: LogFields = {}): void =>
      lines[name](fields, message);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
