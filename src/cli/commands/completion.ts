import { Argument, type Command, type Option } from "commander";
import { exitCodes } from "../exit-codes.js";
import type { Program } from "../program.js";

/** What a command line can be completed with. */
interface Known {
  /** Options that stand before the command, and after every other. */
  readonly common: readonly Option[];
  readonly commands: readonly Command[];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");
const longs = (options: readonly Option[]): string => options.map(({ long }) => long ?? "").join(" ");
const names = ({ commands }: Known): string => commands.map((command) => command.name()).join(" ");

/** The values that the arguments of a command can have, where they are known. */
function choicesOf(command: Command): readonly string[] {
  return command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
}

/** Lines of a `case` of bash and zsh: what may follow a command and the word before, as `take` makes it of the values. */
function valueCases({ commands }: Known, take: (values: string) => string): string {
  return lines(
    commands.flatMap((command) => [
      ...command.options.flatMap(({ short, long, argChoices }) =>
        [short, long].flatMap((flag) => (flag && argChoices ? [valueCase(command, flag, argChoices, take)] : [])),
      ),
      ...(choicesOf(command).length > 0 ? [valueCase(command, command.name(), choicesOf(command), take)] : []),
    ]),
  );
}

function valueCase(
  command: Command,
  before: string,
  choices: readonly string[],
  take: (values: string) => string,
): string {
  return `    ${quoted(`${command.name()} ${before}`)}) ${take(choices.join(" "))} ;;`;
}

function bash(known: Known): string {
  const { common, commands } = known;
  return `_pygen() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="" given options="" values=""
  for given in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$given" in -*) ;; *) command="$given"; break ;; esac
  done
  case "$command" in
    "") options=${quoted(longs(common))} values=${quoted(names(known))} ;;
${lines(commands.map((command) => `    ${command.name()}) options=${quoted(longs([...command.options, ...common]))} ;;`))}  esac
  case "$command $before" in
${valueCases(known, (values) => `values=${quoted(values)}`)}  esac
  if [ "\${word#-}" != "$word" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [ -n "$values" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _pygen pygen
`;
}

function zsh(known: Known): string {
  const { common, commands } = known;
  const described = commands.map((command) => `      ${quoted(`${command.name()}:${command.description()}`)}`);
  return `#compdef pygen
_pygen() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${lines(described)}    )
    _describe command commands
    return
  fi
  case "$words[2] $words[CURRENT-1]" in
${valueCases(known, (values) => `compadd -- ${values}; return`)}  esac
  case "$words[2]" in
${lines(commands.map((command) => `    ${command.name()}) compadd -- ${longs([...command.options, ...common])} ;;`))}  esac
  _files
}
compdef _pygen pygen
`;
}

function fish({ common, commands }: Known): string {
  const option = (when: string, { short, long, description, argChoices, required }: Option): string =>
    [
      `complete -c pygen -n ${quoted(when)}`,
      ...(short ? [`-s ${short.slice(1)}`] : []),
      ...(long ? [`-l ${long.slice(2)}`] : []),
      ...(argChoices ? [`-x -a ${quoted(argChoices.join(" "))}`] : required ? ["-r"] : []),
      `-d ${quoted(description)}`,
    ].join(" ");
  return lines([
    ...common.map((each) => option("true", each)),
    ...commands.flatMap((command) => {
      const chosen = `__fish_seen_subcommand_from ${command.name()}`;
      const choices = choicesOf(command).join(" ");
      return [
        `complete -c pygen -n __fish_use_subcommand -a ${command.name()} -d ${quoted(command.description())}`,
        ...(choices === "" ? [] : [`complete -c pygen -n ${quoted(chosen)} -f -a ${quoted(choices)}`]),
        ...command.options.map((each) => option(chosen, each)),
      ];
    }),
  ]);
}

const shells: ReadonlyMap<string, (known: Known) => string> = new Map([
  ["bash", bash],
  ["zsh", zsh],
  ["fish", fish],
]);

/** Adds `pygen completion` to the program: a script that a shell reads to complete commands, options and their values. */
export function addCompletion({ commander, action }: Program): void {
  commander
    .command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "the shell that reads it").choices([...shells.keys()]))
    .addHelpText("after", "\nExample:\n  source <(pygen completion bash)")
    .action(
      action((io, shell: string) => {
        io.stdout(shells.get(shell)?.({ common: commander.options, commands: commander.commands }) ?? "");
        return exitCodes.ok;
      }),
    );
}
