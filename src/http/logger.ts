/** How much is logged; each level includes those after it. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Facts of a log line: names, ids and timings; never headers and tokens, and bodies only where that is asked for. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where log lines go: `console` fits, as do the loggers in common use. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The levels, the most talkative first. */
export const logLevels: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"];

/**
 * A logger that passes on what is at or above the level, and never throws. Without a logger, lines go to standard error
 * where the environment asks for them: `PYGEN_LOG=debug`, `info`, `warn` or `error`.
 */
export function leveled(logger: Logger | undefined, level: LogLevel | undefined): Logger {
  const wanted = environment()?.toLowerCase();
  const asked = logLevels.find((name) => name === wanted);
  if (wanted && !asked) standardError.warn("PYGEN_LOG must be debug, info, warn, error or silent");
  const from = logLevels.indexOf(level ?? asked ?? "info");
  const target = logger ?? (asked && standardError);
  const pass = (line: Exclude<LogLevel, "silent">) => (message: string, fields?: LogFields) => {
    if (logLevels.indexOf(line) < from) return;
    try {
      target?.[line](message, fields);
    } catch {
      // A call must not fail because it cannot be logged.
    }
  };
  return { debug: pass("debug"), info: pass("info"), warn: pass("warn"), error: pass("error") };
}

const write =
  (level: LogLevel) =>
  (message: string, fields: LogFields = {}): void => {
    // biome-ignore lint/suspicious/noConsole: the environment asks for it
    console.error(`${new Date().toISOString()} pygen ${level} ${message}`, JSON.stringify(fields));
  };

/** Browsers have no standard error: their `console.error` is the next best. */
const standardError: Logger = {
  debug: write("debug"),
  info: write("info"),
  warn: write("warn"),
  error: write("error"),
};

function environment(): string | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  try {
    return process?.env?.["PYGEN_LOG"];
  } catch {
    // Deno throws where a program has no leave to read it.
    return undefined;
  }
}
