import type { CliIo } from "./io.js";

/** What makes a command only look. */
const looks: ReadonlySet<string> = new Set(["--check", "--dry-run", "--json"]);

const hidden = "…";

/**
 * What mends what `--check` found: the command that was given, which names everything as the user does. Values of
 * variables are left out: they may be secrets, and what is printed in CI is kept.
 */
export function fixOf({ argv = [] }: CliIo): string {
  const words = argv.filter((arg) => !looks.has(arg)).map((arg, at, all) => withoutValue(arg, all[at - 1]));
  const values = words.some((word) => word.endsWith(hidden)) ? `, with your values in place of ${hidden},` : "";
  return `Run ${["pygen", ...words.map(shellWord)].join(" ")}${values} and commit the result.`;
}

function withoutValue(arg: string, before: string | undefined): string {
  const [, name] = (before === "--variable" ? /^([^=]*=)/ : /^(--variable=[^=]*=)/).exec(arg) ?? [];
  return name === undefined ? arg : name + hidden;
}

/** An argument as POSIX shells take it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
