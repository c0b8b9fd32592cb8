import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Mode } from "../agent/events.ts";
import type { Session } from "../agent/runner.ts";
import type { Effort } from "../model/conversation.ts";
import { openSession } from "../node/open-session.ts";
import type { Opened, Store } from "../node/store.ts";
import { VERSION } from "../version.ts";
import { type Arguments, flagOf, numberOf } from "./arguments.ts";
import { type Console, EXIT } from "./console.ts";
import { headless, type Printer } from "./headless.ts";
import { type Overrides, type TerminalHost, terminalHost } from "./host.ts";

/** `wheelhouse` and `wheelhouse -p`: an agent session in this terminal. Resolves with the exit code. */
export async function agentCommand(given: Arguments, console: Console): Promise<number> {
  const { stderr } = console;
  const complain = (text: string) => void stderr.write(`${text}\n`);
  const folder = resolve(console.cwd, flagOf(given, "cwd") ?? ".");
  if (
    !(await stat(folder).then(
      (it) => it.isDirectory(),
      () => false,
    ))
  )
    return wrong(`--cwd: there is no folder "${folder}".`);
  const overrides = overridesOf(given);
  if (typeof overrides === "string") return wrong(overrides);
  const isHeadless = given.flags.has("print") || !console.stdin.isTTY;
  const host = await terminalHost(folder, console.env, !isHeadless, overrides);
  host.problems.forEach(complain);
  try {
    const mode = modeOf(given, host);
    if (typeof mode !== "object") return wrong(mode);
    const opened = await openedOf(given, host, folder, mode.mode);
    if (typeof opened === "string") return wrong(opened);
    if (isHeadless) return await runHeadless(given, host, opened, console, overrides);
    const { interactive } = await import("./interactive.ts");
    return await interactive(host, opened, given.words.join(" "), console);
  } finally {
    await host.close();
  }

  function wrong(text: string): number {
    complain(`wheelhouse: ${text}`);
    return EXIT.usage;
  }
}

function overridesOf(given: Arguments): Overrides | string {
  const maxRequests = numberOf(given, "max-turns");
  const maxCost = numberOf(given, "max-budget-usd");
  if (typeof maxRequests === "string") return maxRequests;
  if (typeof maxCost === "string") return maxCost;
  const listed = (name: string) => (given.flags.get(name) ?? []).flatMap(commaSeparated);
  return {
    allow: listed("allowedTools"),
    deny: listed("disallowedTools"),
    settings: flagOf(given, "settings"),
    maxRequests,
    maxCost,
    addedFolders: given.flags.get("add-dir") ?? [],
    appendedPrompt: flagOf(given, "append-system-prompt") ?? "",
  };
}

/** `Read,Edit(a, b),Bash(x)`: commas inside parentheses belong to the rule. */
function commaSeparated(text: string): readonly string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((it) => it.trim())
    .filter((it) => it !== "");
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
  console: Console,
  overrides: Overrides,
): Promise<number> {
  const { stdout, stderr } = console;
  const printer = headless({
    format: (flagOf(given, "output-format") ?? "text") as "text" | "json" | "stream-json",
    limits: { turns: overrides.maxRequests, cost: overrides.maxCost },
    write: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(`${text}\n`),
    now: host.wiring.world.clock.now,
  });
  const session = await openSession(host.wiring, opened, {
    emit: printer.hear,
    complain: (text) => void stderr.write(`${text}\n`),
  });
  printer.begin(
    session,
    host.wiring.tools.map((it) => it.name),
  );
  const stopListening = console.onInterrupt(() => void session.send({ type: "stop" }));
  try {
    await configure(session, given);
    const sent = await sendPrompts(session, given, console);
    if (typeof sent === "string") {
      stderr.write(`wheelhouse: ${sent}\n`);
      return EXIT.usage;
    }
    await fallBack(session, printer, flagOf(given, "fallback-model"));
    return printer.finish();
  } finally {
    stopListening();
    await session.close();
  }
}

/** A session that is gone on with takes the model, effort and mode that were given this time. */
async function configure(session: Session, given: Arguments): Promise<void> {
  const state = session.state();
  const [model, effort, mode] = [
    flagOf(given, "model"),
    flagOf(given, "effort"),
    flagOf(given, "permission-mode"),
  ];
  const change = {
    ...(model !== undefined && model !== state.model && { model }),
    ...(effort !== undefined && effort !== state.effort && { effort: effort as Effort }),
    ...(mode !== undefined && mode !== state.mode && { mode: mode as Mode }),
  };
  if (Object.keys(change).length > 0) await session.send({ type: "configure", ...change });
}

async function sendPrompts(
  session: Session,
  given: Arguments,
  { stdin }: Console,
): Promise<string | undefined> {
  if (flagOf(given, "input-format") === "stream-json") return sendStream(session, stdin);
  const piped = stdin.isTTY ? "" : await textOf(stdin);
  const prompt = [given.words.join(" "), piped].filter((it) => it.trim() !== "").join("\n\n");
  if (prompt === "") return "there is no prompt: give it as an argument or on standard input.";
  const sent = await session.send({ type: "ask", text: prompt, attachments: [] });
  if (sent.kind === "refused") return sent.reason;
  await session.rested();
  return undefined;
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** One user message a line; each is a turn of its own. */
async function sendStream(session: Session, stdin: NodeJS.ReadStream): Promise<string | undefined> {
  const { createInterface } = await import("node:readline");
  for await (const line of createInterface({ input: stdin })) {
    if (line.trim() === "") continue;
    const text = promptOf(line);
    if (text === undefined) return `this line of standard input is no user message: ${line.slice(0, 200)}`;
    const sent = await session.send({ type: "ask", text, attachments: [] });
    if (sent.kind === "refused") return sent.reason;
    await session.rested();
  }
  return undefined;
}

function promptOf(line: string): string | undefined {
  try {
    const value = JSON.parse(line) as { type?: unknown; message?: { content?: unknown } };
    const content = value.type === "user" ? value.message?.content : undefined;
    if (typeof content === "string") return content;
    if (!Array.isArray(content)) return undefined;
    return content
      .flatMap((it: { type?: unknown; text?: unknown }) =>
        it.type === "text" && typeof it.text === "string" ? [it.text] : [],
      )
      .join("\n");
  } catch {
    // Not JSON: the caller says which line.
    return undefined;
  }
}

/** An overloaded model is exchanged once for the one the person named for that case. */
async function fallBack(session: Session, printer: Printer, model: string | undefined): Promise<void> {
  if (model === undefined || printer.run().rest?.failure?.kind !== "overloaded") return;
  await session.send({ type: "configure", model });
  await session.send({ type: "retry" });
  await session.rested();
}
