/** What the command line's exit codes mean; `pygen --help` shows them. */
export const exitCodes = {
  /** Done. */
  ok: 0,
  /** The model has problems and nothing was written, or what is there is not what `--check` expects. */
  problems: 1,
  /** The command line is wrong: an unknown option, a missing argument, no token. */
  usage: 2,
  /** A file, a port or the service cannot be reached, or the service refused. */
  unreachable: 3,
  /** A fault of pygen itself. */
  fault: 4,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The codes as the help shows them. */
export const exitCodesHelp = `
Exit codes:
  0  done
  1  the model has problems and nothing was written, or --check found a difference
  2  the command line is wrong
  3  a file, a port or the service cannot be reached, or the service refused
  4  a fault of pygen itself
`;
