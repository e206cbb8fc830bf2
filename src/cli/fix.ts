import type { CliIo } from "./io.js";

/** What makes a command only look. */
const looks: ReadonlySet<string> = new Set(["--check", "--dry-run", "--json"]);

/** The command that mends what `--check` found: the one that was given, which names everything as the user does. */
export function fixOf({ argv = [] }: CliIo): string {
  return ["pygen", ...argv.filter((arg) => !looks.has(arg)).map(shellWord)].join(" ");
}

/** An argument as POSIX shells take it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
