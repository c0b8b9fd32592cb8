import { FLAGS } from "./arguments.ts";

/** Commands that are words. */
export const COMMANDS = [
  "sessions",
  "rewind",
  "refactor",
  "symbols",
  "references",
  "map",
  "smells",
  "permissions",
  "mcp",
  "serve",
  "code",
  "models",
  "route",
  "usage",
  "capture",
  "doctor",
  "completion",
] as const;

/** A completion script for a shell; `undefined` when it is not one of bash, zsh and fish. */
export function completionScript(shell: string): string | undefined {
  const flags = Object.keys(FLAGS).map((it) => `--${it}`);
  switch (shell) {
    case "bash":
      return `_wheelhouse() { COMPREPLY=($(compgen -W "${[...COMMANDS, ...flags].join(" ")}" -- "\${COMP_WORDS[COMP_CWORD]}")); }\ncomplete -o default -F _wheelhouse wheelhouse\n`;
    case "zsh":
      return `#compdef wheelhouse\n_wheelhouse() { _alternative 'commands:command:(${COMMANDS.join(" ")})' 'flags:flag:(${flags.join(" ")})' 'files:file:_files' }\ncompdef _wheelhouse wheelhouse\n`;
    case "fish":
      return [
        ...COMMANDS.map((it) => `complete -c wheelhouse -n __fish_use_subcommand -a ${it}`),
        ...Object.entries(FLAGS).map(
          ([name, { help, kind }]) =>
            `complete -c wheelhouse -l ${name}${kind === "none" ? "" : " -r"} -d ${JSON.stringify(help)}`,
        ),
        "",
      ].join("\n");
    default:
      return undefined;
  }
}
