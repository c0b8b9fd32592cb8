import { VERSION } from "./version.ts";

/** The `wheelhouse` command. Resolves with its exit code. What a run does not need is not loaded. */
export async function main(argv: readonly string[]): Promise<number> {
  const { stdout, stderr, stdin, env } = process;
  const [command, ...rest] = argv;
  const console = { env, cwd: process.cwd(), stdin, stdout, stderr, onInterrupt };
  if (command === "sessions")
    return (await import("./terminal/sessions-command.ts")).sessionsCommand(rest, console);
  if (command === "doctor") return (await import("./terminal/doctor.ts")).doctorCommand(console);
  if (command === "completion") {
    const script = (await import("./terminal/completion.ts")).completionScript(rest[0] ?? "");
    return script === undefined
      ? wrong("completion is there for bash, zsh and fish")
      : print(script.trimEnd());
  }
  const { parseArguments } = await import("./terminal/arguments.ts");
  const given = parseArguments(argv);
  if (typeof given === "string") return wrong(given);
  if (given.flags.has("version")) return print(`${VERSION} (Wheelhouse)`);
  if (given.flags.has("help")) return print((await import("./terminal/help.ts")).helpText().trimEnd());
  return (await import("./terminal/agent-command.ts")).agentCommand(given, console);

  function print(text: string): number {
    stdout.write(`${text}\n`);
    return 0;
  }
  function wrong(text: string): number {
    stderr.write(`wheelhouse: ${text}\n`);
    return 2;
  }
}

function onInterrupt(heard: () => void): () => void {
  process.on("SIGINT", heard);
  process.on("SIGTERM", heard);
  return () => {
    process.off("SIGINT", heard);
    process.off("SIGTERM", heard);
  };
}
