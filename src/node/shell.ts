import type { ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { constants } from "node:os";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stripper } from "../text/ansi.ts";
import { bounded } from "../text/cut.ts";
import type { CommandEnd, CommandRun, Shell } from "../world.ts";
import { cleanEnvironment, type Environment } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { lazy } from "./lazy.ts";
import { guarded } from "./orphan-guard.ts";
import { endTree, killGroup, processTree } from "./process-tree.ts";
import { NO_SANDBOX, type SandboxPolicy } from "./sandbox/policy.ts";
import type { Entered, Sandbox } from "./sandbox/sandbox.ts";
import type { Launch } from "./sandbox/walls.ts";
import { reasonOf } from "./system-error.ts";

/** Most UTF-16 units of output kept of one command. */
export const SHELL_OUTPUT_LIMIT = 1024 * 1024;
/** An unfinished line is shown after this long without more of it. */
const QUIET_MS = 150;
/** How long output may still come after the last process of a command has ended. */
const DRAIN_MS = 100;

/**
 * The commands of this machine: bash where there is one, else sh; PowerShell on Windows. `policy` is asked anew for each,
 * and so is `hidden`: names of variables that no command gets, whatever they are called.
 */
export function nodeShell(
  env: Environment,
  policy: () => SandboxPolicy = () => NO_SANDBOX,
  hidden: () => readonly string[] = () => [],
): Shell {
  const program = shellProgram(env.PATH ?? env.Path ?? "");
  let clean: Environment | undefined;
  let opened: Promise<Sandbox> | undefined;
  const environment = () => (clean ??= cleanEnvironment(env));
  const sandbox = () =>
    (opened ??= import("./sandbox/sandbox.ts").then((it) => it.openSandbox(policy, environment())));
  return {
    name: basename(program, ".exe"),
    sandbox: async (signal) => (await sandbox()).state(signal),
    async run(run, signal) {
      signal.throwIfAborted();
      // The system's own error would blame the program.
      if (!existsSync(run.folder)) return notStarted(`there is no folder "${run.folder}"`);
      const args = argumentsFor(program, run.command);
      const launch: Launch = { program, args, env: without(environment(), hidden()), folder: run.folder };
      const isUnsandboxed = run.sandboxed === false || (policy().mode === "off" && run.sandboxed !== true);
      if (isUnsandboxed) return runCommand(launch, run, signal);
      const entered = await (await sandbox()).enter(launch, signal);
      if (entered.kind === "inside") return runInside(entered, run, signal);
      if (entered.kind === "refused" || run.sandboxed) return notStarted(entered.why);
      return runCommand(launch, run, signal);
    },
  };
}

function without(env: Environment, names: readonly string[]): Environment {
  return names.length === 0
    ? env
    : Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

function shellProgram(path: string): string {
  if (process.platform === "win32") return findProgram(["pwsh", "powershell"], path) ?? "powershell.exe";
  return findProgram(["bash", "sh"], `/bin:/usr/bin:${path}`) ?? "/bin/sh";
}

async function runCommand(launch: Launch, run: CommandRun, signal: AbortSignal): Promise<CommandEnd> {
  signal.throwIfAborted();
  const { program, args, env, folder, fourth } = launch;
  const marker = `WHEELHOUSE_RUN=${lazy.crypto.randomBytes(12).toString("hex")}`;
  const [name = "", value = ""] = marker.split("=");
  const fourthFile = fourth === undefined ? undefined : openSync(fourth, "r");
  const child = lazy.childProcess.spawn(program, args, {
    cwd: folder,
    env: { ...env, PWD: folder, [name]: value },
    stdio: ["ignore", "pipe", "pipe", "pipe", ...(fourthFile === undefined ? [] : [fourthFile])],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  if (fourthFile !== undefined) closeSync(fourthFile);
  const output = collect(child, run.onOutput);
  const last = await endOf(child, marker, run.timeoutMs, signal);
  await drained(child);
  return { ...output.whole(), folder: output.folder(), ...last };
}

async function runInside(
  { launch, leave, abandon }: Extract<Entered, { kind: "inside" }>,
  run: CommandRun,
  signal: AbortSignal,
): Promise<CommandEnd> {
  let end: CommandEnd;
  try {
    end = await runCommand(launch, run, signal);
  } catch (error) {
    abandon();
    throw error;
  }
  return leave(end);
}

/** Sends both streams into one, so that their order is kept, and tells the last folder when the shell ends. */
const SCRIPT = `exec 2>&1; trap 'pwd -P >&3' EXIT; __command=$1; shift; eval "$__command"`;

function argumentsFor(program: string, command: string): readonly string[] {
  if (process.platform === "win32") return ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", command];
  const name = basename(program);
  return [...(name === "bash" ? ["--noprofile", "--norc"] : []), "-c", SCRIPT, name, command];
}

function notStarted(why: string): CommandEnd {
  return {
    output: "",
    folder: undefined,
    exitCode: undefined,
    ended: "failed",
    reason: `Cannot start the shell: ${why}`,
  };
}

type Last = Pick<CommandEnd, "exitCode" | "ended" | "reason">;

/** Waits for the shell's end, its time or the signal, and then ends whatever the command has left behind. */
async function endOf(
  child: ChildProcess,
  marker: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Last> {
  const { pid } = child;
  const ended = new Promise<Last>((resolve) => {
    child.once("error", (error) =>
      resolve({ exitCode: undefined, ended: "failed", reason: `Cannot start the shell: ${reasonOf(error)}` }),
    );
    child.once("exit", (code, by) =>
      resolve({ exitCode: code ?? 128 + (by ? constants.signals[by] : 0), ended: "exit" }),
    );
  });
  if (pid === undefined) return ended;
  const tree = processTree(pid, marker);
  const atExit = () => killGroup(pid);
  process.once("exit", atExit);
  const release = guarded(pid);
  const over = new AbortController();
  const interrupted = interruption(timeoutMs, AbortSignal.any([signal, over.signal]), signal);
  const first = await Promise.race([ended, interrupted]);
  over.abort();
  await endTree(tree);
  release();
  process.removeListener("exit", atExit);
  return first;
}

async function interruption(timeoutMs: number, either: AbortSignal, stop: AbortSignal): Promise<Last> {
  try {
    await wait(timeoutMs, undefined, { signal: either });
    return { exitCode: undefined, ended: "timeout" };
  } catch {
    return { exitCode: undefined, ended: stop.aborted ? "stopped" : "exit" };
  }
}

/** A process that slipped away may hold the pipes open for ever: what has not come soon is not waited for. */
async function drained(child: ChildProcess): Promise<void> {
  const streams = child.stdio.filter((it) => it !== null && it !== undefined);
  const closed = Promise.all(
    streams.map((it) => (it.closed ? undefined : new Promise((resolve) => it.once("close", resolve)))),
  );
  const given = new AbortController();
  const late = wait(DRAIN_MS, undefined, { signal: given.signal }).catch(() => undefined);
  await Promise.race([closed, late]);
  given.abort();
  for (const stream of streams) stream.destroy();
}

interface Collected {
  readonly whole: () => Pick<CommandEnd, "output" | "missing">;
  readonly folder: () => string | undefined;
}

function collect(child: ChildProcess, onOutput: (text: string) => void): Collected {
  const kept = bounded(SHELL_OUTPUT_LIMIT);
  const plain = stripper();
  const shown = stripper();
  let quiet: NodeJS.Timeout | undefined;
  let folder = "";
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new TextDecoder();
    stream?.on("data", (bytes: Uint8Array) => take(decoder.decode(bytes, { stream: true })));
  }
  child.stdio[3]?.on("data", (bytes: Uint8Array) => {
    folder = (folder + new TextDecoder().decode(bytes)).slice(-8192);
  });
  return { whole, folder: () => folder.trimEnd().split("\n").at(-1) || undefined };

  function take(piece: string): void {
    kept.push(plain.push(piece));
    show(shown.push(piece));
    clearTimeout(quiet);
    quiet = setTimeout(() => show(shown.flush()), QUIET_MS);
  }

  function show(text: string): void {
    if (text !== "") onOutput(text);
  }

  function whole(): Pick<CommandEnd, "output" | "missing"> {
    clearTimeout(quiet);
    show(shown.flush());
    kept.push(plain.flush());
    const missing = kept.missing();
    return { output: kept.text(), ...(missing > 0 && { missing }) };
  }
}
