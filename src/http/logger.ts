/** How much is logged; each level includes those after it. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Facts of a log line: names, ids and timings; never bodies, headers or tokens. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where log lines go: `console` fits, as do the loggers in common use. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const order: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"];

/** A logger that passes on what is at or above the level. */
export function leveled(logger: Logger | undefined, level: LogLevel): Logger {
  const pass = (line: Exclude<LogLevel, "silent">) => {
    if (logger === undefined || order.indexOf(line) < order.indexOf(level)) return () => {};
    return (message: string, fields?: LogFields) => logger[line](message, fields);
  };
  return { debug: pass("debug"), info: pass("info"), warn: pass("warn"), error: pass("error") };
}
