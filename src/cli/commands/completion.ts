import type { Command, Option } from "commander";
import { usage } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import type { Program } from "../program.js";

type Shell = (commands: readonly Known[]) => string;

/** What a command line can be completed with. */
interface Known {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const words = ({ options }: Known): string => options.map(({ long }) => long ?? "").join(" ");

const shells: Readonly<Record<string, Shell>> = {
  bash: (commands) => `_pygen() {
  local word="\${COMP_WORDS[COMP_CWORD]}" options=""
  case "\${COMP_WORDS[1]}" in
${commands.map((command) => `    ${command.name}) options=${quoted(words(command))} ;;`).join("\n")}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(commands.map(({ name }) => name).join(" "))} -- "$word"))
  elif [ "\${word#-}" != "$word" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _pygen pygen
`,
  zsh: (commands) => `#compdef pygen
_pygen() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, description }) => `      ${quoted(`${name}:${description}`)}`).join("\n")}
    )
    _describe command commands
    return
  fi
  case "$words[2]" in
${commands.map((command) => `    ${command.name}) compadd -- ${words(command)} ;;`).join("\n")}
  esac
  _files
}
compdef _pygen pygen
`,
  fish: (commands) =>
    commands
      .flatMap(({ name, description, options }) => [
        `complete -c pygen -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
        ...options.map(
          ({ long, description: about }) =>
            `complete -c pygen -n '__fish_seen_subcommand_from ${name}' -l ${(long ?? "").slice(2)} -d ${quoted(about)}`,
        ),
      ])
      .join("\n")
      .concat("\n"),
};

/** Adds `pygen completion` to the program: a script that a shell reads to complete commands and options. */
export function addCompletion({ commander, action }: Program): void {
  commander
    .command("completion")
    .description("print a script that completes commands and options in a shell")
    .argument("<shell>", Object.keys(shells).join(", "))
    .addHelpText("after", "\nExample:\n  source <(pygen completion bash)")
    .action(
      action((io, shell: string) => {
        const render = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
        if (!render) {
          throw usage(`shell ${shell} is not known`, `Choose ${Object.keys(shells).join(", ")}.`);
        }
        io.stdout(render(commander.commands.map((command) => knownOf(command, commander.options))));
        return exitCodes.ok;
      }),
    );
}

function knownOf(command: Command, common: readonly Option[]): Known {
  return { name: command.name(), description: command.description(), options: [...command.options, ...common] };
}
