import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Mode } from "../agent/events.ts";
import type { Session } from "../agent/runner.ts";
import type { Effort } from "../model/conversation.ts";
import { nodeClock } from "../node/clock.ts";
import { homeOf } from "../node/home-of.ts";
import { openSession } from "../node/open-session.ts";
import { type Opened, openStore, type Store } from "../node/store.ts";
import { visible } from "../text/visible.ts";
import { VERSION } from "../version.ts";
import { type Arguments, flagOf, numberOf } from "./arguments.ts";
import { cleanDaily } from "./clean-command.ts";
import { configure } from "./configure.ts";
import { type Console, EXIT } from "./console.ts";
import { headless, type Printer } from "./headless.ts";
import { type TerminalHost, terminalHost } from "./host.ts";
import { interactive } from "./interactive.ts";
import type { Overrides } from "./overrides.ts";
import { promptText, sendPrompt, sendStream } from "./prompts.ts";

/** `wheelhouse` and `wheelhouse -p`: an agent session in this terminal. Resolves with the exit code. */
export async function agentCommand(given: Arguments, console: Console): Promise<number> {
  const complain = (text: string) => void console.stderr.write(`${text}\n`);
  const here = resolve(console.cwd, flagOf(given, "cwd") ?? ".");
  const isHeadless = given.flags.has("print") || !console.stdin.isTTY;
  const overrides = overridesOf(given, here);
  if (typeof overrides === "string") return wrong(overrides);
  const misfit = (await missingFolder(here, overrides)) ?? (isHeadless ? undefined : headlessOnly(given));
  if (misfit !== undefined) return wrong(misfit);
  const folder = await workFolder(flagOf(given, "resume"), here, console);
  if (!(await isFolder(folder)))
    return wrong(`this session works in ${folder}, which is not there any more.`);
  if (folder !== here)
    complain(visible(`This session works in ${folder}: rules and settings of that folder hold.`));
  const host = await terminalHost(folder, console.env, !isHeadless, overrides);
  try {
    const ready = readyOf(host, isHeadless, complain);
    if (!ready) return EXIT.usage;
    const mode = modeOf(given, host);
    if (typeof mode !== "object") return wrong(mode);
    const isStream = flagOf(given, "input-format") === "stream-json";
    const words = given.words.join(" ");
    const prompt = isHeadless && !isStream ? await promptText(words, console.stdin, complain) : words;
    if (isHeadless && !isStream && prompt.trim() === "")
      return wrong("there is no prompt: give it as an argument or on standard input.");
    const opened = await openedOf(given, host, folder, mode.mode);
    if (typeof opened === "string") return wrong(opened);
    if (opened.events.length > 1 && overrides.appendedPrompt !== "")
      complain("--append-system-prompt is ignored: this session keeps the system prompt it began with.");
    if (isHeadless) return await runHeadless(given, host, opened, console, isStream ? undefined : prompt);
    return await interactive(host, opened, given, console);
  } finally {
    await cleanDaily(homeOf(console.env), host.settings);
    await host.close();
  }

  function wrong(text: string): number {
    complain(`wheelhouse: ${text}`);
    return EXIT.usage;
  }
}

async function missingFolder(folder: string, { addedFolders }: Overrides): Promise<string | undefined> {
  if (!(await isFolder(folder))) return `--cwd: there is no folder "${folder}".`;
  for (const it of addedFolders) if (!(await isFolder(it))) return `--add-dir: there is no folder "${it}".`;
  return undefined;
}

/** The folder of the session that is gone on with, whose rules and settings are to hold; `here` for a new one. */
async function workFolder(resumed: string | undefined, here: string, { env }: Console): Promise<string> {
  if (resumed === undefined) return here;
  const store = openStore(homeOf(env), nodeClock);
  const folder = await store.folderOf(resumed);
  store.close();
  return folder ?? here;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );
}

function headlessOnly({ flags }: Arguments): string | undefined {
  const flag = ["output-format", "input-format", "fallback-model", "verbose"].find((it) => flags.has(it));
  return flag && `--${flag} is about runs that ask nothing: add -p.`;
}

/** Tells what is wrong with settings and rules; whether the run may begin all the same. */
function readyOf(host: TerminalHost, isHeadless: boolean, complain: (text: string) => void): boolean {
  const { wrong, problems, broken } = host;
  for (const it of wrong) complain(`wheelhouse: ${it}`);
  for (const it of problems) if (!wrong.includes(it)) complain(it);
  if (wrong.length > 0) return false;
  if (broken.length === 0) return true;
  complain(
    isHeadless
      ? `wheelhouse: what these settings forbid is not known, and nobody is here to ask. Nothing was run; mend them first:\n${broken.join("\n")}`
      : "What these settings forbid is not known: until they are mended, everything that is no reading is asked about.",
  );
  return !isHeadless;
}

function overridesOf(given: Arguments, here: string): Overrides | string {
  const maxRequests = numberOf(given, "max-turns");
  const maxCost = numberOf(given, "max-budget-usd");
  if (typeof maxRequests === "string") return maxRequests;
  if (maxRequests !== undefined && !Number.isInteger(maxRequests))
    return `--max-turns must be a whole number, not "${maxRequests}".`;
  if (typeof maxCost === "string") return maxCost;
  const listed = (name: string) => (given.flags.get(name) ?? []).flatMap(rulesIn);
  return {
    allow: listed("allowedTools"),
    deny: listed("disallowedTools"),
    settings: flagOf(given, "settings"),
    maxRequests,
    maxCost,
    addedFolders: (given.flags.get("add-dir") ?? []).map((it) => resolve(here, it)),
    appendedPrompt: flagOf(given, "append-system-prompt") ?? "",
  };
}

/** `Read,Edit(a, b) Bash(x)`: commas and blanks inside parentheses belong to the rule. */
function rulesIn(text: string): readonly string[] {
  const rules = [""];
  let depth = 0;
  for (const sign of text) {
    if (sign === "(") depth++;
    if (sign === ")") depth--;
    if (depth === 0 && /[\s,]/.test(sign)) rules.push("");
    else rules.push(`${rules.pop() ?? ""}${sign}`);
  }
  // Brackets that do not match are part of a command: only the whole can be a rule.
  return depth === 0 ? rules.filter((it) => it !== "") : [text];
}

function modeOf(given: Arguments, { settings, wiring }: TerminalHost): { readonly mode: Mode } | string {
  const mode = (flagOf(given, "permission-mode") ?? settings["permissions.defaultMode"]) as Mode;
  if (mode !== "bypassPermissions") return { mode };
  if (!wiring.policy().bypassAllowed)
    return "mode bypassPermissions runs everything without asking; allow it first with permissions.allowBypass in your own settings.";
  return { mode };
}

async function openedOf(
  given: Arguments,
  host: TerminalHost,
  folder: string,
  mode: Mode,
): Promise<Extract<Opened, { kind: "open" }> | string> {
  const { store } = host;
  const asked = given.flags.has("continue") ? await newestIn(store, folder) : flagOf(given, "resume");
  if (given.flags.has("continue") && asked === undefined)
    return `there is no session to continue in ${folder}.`;
  const model = flagOf(given, "model") ?? host.model;
  const effort = (flagOf(given, "effort") ?? (host.settings.effort || undefined)) as Effort | undefined;
  if (asked === undefined)
    return store.create({ folder, model, effort, mode, host: "terminal", version: VERSION });
  const id = given.flags.has("fork-session") ? await store.fork(asked) : asked;
  const opened = id === undefined ? ({ kind: "absent" } as const) : await store.open(id);
  if (opened.kind === "open") return opened;
  return opened.kind === "absent"
    ? `there is no session "${asked}". See wheelhouse sessions list.`
    : opened.reason;
}

async function newestIn(store: Store, folder: string): Promise<string | undefined> {
  return (await store.list("")).find((it) => it.folder === folder)?.id;
}

async function runHeadless(
  given: Arguments,
  host: TerminalHost,
  opened: Extract<Opened, { kind: "open" }>,
  { stdin, stdout, stderr, onInterrupt }: Console,
  prompt: string | undefined,
): Promise<number> {
  const complain = (text: string) => void stderr.write(`${text}\n`);
  const printer = headless({
    format: (flagOf(given, "output-format") ?? "text") as "text" | "json" | "stream-json",
    isVerbose: given.flags.has("verbose"),
    isForPeople: Boolean(stdout.isTTY),
    limits: { turns: Number(flagOf(given, "max-turns")), cost: Number(flagOf(given, "max-budget-usd")) },
    write: (text) => void stdout.write(text),
    complain,
    now: host.wiring.world.clock.now,
  });
  const session = await openSession(host.wiring, opened, { emit: printer.hear, complain });
  const tools = host.wiring.tools.map((it) => it.name);
  const stop = new AbortController();
  const stopListening = onInterrupt(() => {
    stop.abort();
    void session.send({ type: "stop" });
  });
  // Whoever reads the first line may stop us at once.
  printer.begin(session, tools);
  try {
    await configure(session, given);
    const wrong =
      prompt === undefined
        ? await sendStream(session, stdin, stop.signal)
        : await sendPrompt(session, prompt);
    if (wrong !== undefined) complain(`wheelhouse: ${wrong}`);
    if (wrong !== undefined) return prompt === undefined ? EXIT.usage : EXIT.failed;
    if (!stop.signal.aborted) await fallBack(session, printer, flagOf(given, "fallback-model"));
    return printer.finish(stop.signal.aborted);
  } finally {
    await session.close();
    stopListening();
  }
}

/** An overloaded model is exchanged once for the one the person named for that case. */
async function fallBack(session: Session, printer: Printer, model: string | undefined): Promise<void> {
  if (model === undefined || printer.run().rest?.failure?.kind !== "overloaded") return;
  await session.send({ type: "configure", model });
  await session.send({ type: "retry" });
  await session.rested();
}
