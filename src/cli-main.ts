import { agentCommand } from "./terminal/agent-command.ts";
import { parseArguments } from "./terminal/arguments.ts";
import { captureCommand } from "./terminal/capture-command.ts";
import { codeCommand } from "./terminal/code-command.ts";
import { completionScript } from "./terminal/completion.ts";
import { doctorCommand } from "./terminal/doctor.ts";
import { helpText } from "./terminal/help.ts";
import { mapCommand } from "./terminal/map-command.ts";
import { mcpCommand } from "./terminal/mcp-command.ts";
import { modelsCommand } from "./terminal/models-command.ts";
import { permissionsCommand } from "./terminal/permissions-command.ts";
import { prepareProcess } from "./terminal/prepare-process.ts";
import { refactorCommand } from "./terminal/refactor-command.ts";
import { referencesCommand } from "./terminal/references-command.ts";
import { rewindCommand } from "./terminal/rewind-command.ts";
import { routeCommand } from "./terminal/route-command.ts";
import { serveCommand } from "./terminal/serve-command.ts";
import { sessionsCommand } from "./terminal/sessions-command.ts";
import { smellsCommand } from "./terminal/smells-command.ts";
import { symbolsCommand } from "./terminal/symbols-command.ts";
import { usageCommand } from "./terminal/usage-command.ts";
import { VERSION } from "./version.ts";

/** The `wheelhouse` command. Resolves with its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const { stdout, stderr, stdin, env } = process;
  const [command, ...rest] = argv;
  prepareProcess(env);
  // What cannot be printed any more is no error: `onInterrupt` hears of it, and other commands just end.
  for (const stream of [stdout, stderr, stdin]) stream.on("error", () => undefined);
  const console = { env, cwd: process.cwd(), stdin, stdout, stderr, onInterrupt };
  if (command === "sessions") return sessionsCommand(rest, console);
  if (command === "rewind") return rewindCommand(rest, console);
  if (command === "refactor") return refactorCommand(rest, console);
  if (command === "smells") return smellsCommand(rest, console);
  if (command === "map") return mapCommand(rest, console);
  if (command === "references") return referencesCommand(rest, console);
  if (command === "symbols") return symbolsCommand(rest, console);
  if (command === "mcp") return mcpCommand(rest, console);
  if (command === "serve") return serveCommand(rest, console);
  if (command === "usage") return usageCommand(rest, console);
  if (command === "capture") return captureCommand(rest, console);
  if (command === "code") return codeCommand(rest, console);
  if (command === "models") return modelsCommand(rest, console);
  if (command === "route") return routeCommand(rest, console);
  if (command === "permissions") return permissionsCommand(rest, console);
  const wantsHelp = rest.some((it) => it === "--help" || it === "-h");
  if ((command === "doctor" || command === "completion") && wantsHelp) return help();
  if (command === "doctor") return doctorCommand(console);
  if (command === "completion") {
    const script = completionScript(rest[0] ?? "");
    return script === undefined
      ? wrong("completion is there for bash, zsh and fish")
      : print(script.trimEnd());
  }
  const given = parseArguments(argv);
  if (typeof given === "string") return wrong(given);
  if (given.flags.has("version")) return print(`${VERSION} (Wheelhouse)`);
  if (given.flags.has("help")) return help();
  return agentCommand(given, console);

  async function help(): Promise<number> {
    return print(helpText().trimEnd());
  }
  function print(text: string): number {
    stdout.write(`${text}\n`);
    return 0;
  }
  function wrong(text: string): number {
    stderr.write(`wheelhouse: ${text}\n`);
    return 2;
  }
}

/** Ctrl+C, a request to end, a terminal that was closed, and a reader that went away. */
function onInterrupt(heard: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const streams = [process.stdout, process.stderr];
  for (const it of signals) process.on(it, heard);
  for (const it of streams) it.on("error", heard);
  return () => {
    for (const it of signals) process.off(it, heard);
    for (const it of streams) it.off("error", heard);
  };
}
