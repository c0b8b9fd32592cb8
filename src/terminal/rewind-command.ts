import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "../agent/events.ts";
import { type Memory, memoryOf } from "../agent/memory.ts";
import { previewRewind } from "../agent/rewind.ts";
import { type RewindPoint, rewindPoints } from "../agent/rewind-points.ts";
import { rewoundText } from "../agent/rewound.ts";
import { compareFiles } from "../journal/compare.ts";
import { nodeClock } from "../node/clock.ts";
import { nodeFiles } from "../node/files.ts";
import { homeOf } from "../node/home-of.ts";
import { openSession } from "../node/open-session.ts";
import { sessionBlobs } from "../node/session-blobs.ts";
import { openStore } from "../node/store.ts";
import { never } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";
import { patchOf } from "../text/diff.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { terminalHost } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { type RewindArguments, rewindArguments } from "./rewind-arguments.ts";
import { pointLines, previewLines } from "./rewind-words.ts";
import { REWIND_USAGE } from "./usage.ts";

/** `wheelhouse rewind …`: back to just before a message, after showing what that does. Resolves with the exit code. */
export async function rewindCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env } = console;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${REWIND_USAGE}\n`);
    return EXIT.success;
  }
  const given = rewindArguments(argv);
  if (typeof given === "string") {
    stderr.write(`${given === REWIND_USAGE ? given : `wheelhouse: ${given}`}\n`);
    return EXIT.usage;
  }
  const home = homeOf(env);
  const store = openStore(home, nodeClock);
  const events = await store.read(given.id).finally(() => store.close());
  if (!events) {
    stderr.write(`wheelhouse: there is no session "${visible(given.id)}". See wheelhouse sessions list.\n`);
    return EXIT.failed;
  }
  try {
    return await obey(given, memoryOf(events), home, console);
  } catch (error) {
    stderr.write(`wheelhouse: ${visible(messageOf(error))}\n`);
    return EXIT.failed;
  }
}

async function obey(given: RewindArguments, memory: Memory, home: string, console: Console): Promise<number> {
  const { stdout, stderr } = console;
  const points = rewindPoints(memory);
  const edited = given.edited.map((it) => resolve(console.cwd, it));
  if (given.undo) return run(given, memory, { type: "takeBackRewind", edited }, console);
  if (given.compare) return compare(given.compare, points, memory, home, given.id, stdout);
  if (given.to === undefined) {
    for (const line of pointLines(points)) stdout.write(`${line}\n`);
    stderr.write(`To go back to just before one of them: wheelhouse rewind ${given.id} --to N\n`);
    return EXIT.success;
  }
  const point = pointNamed(given.to, points);
  if (given.fork) return fork(given.id, point, home, stdout);
  const files = given.files || !given.conversation;
  const conversation = given.conversation || !given.files;
  stdout.write(`Back to before: ${pointLines([point])[0]?.trim()}\n`);
  const later = points.length - point.number + 1;
  if (conversation)
    stdout.write(`Conversation: ${later} message${later === 1 ? "" : "s"} and what followed\n`);
  if (files) await showFiles(memory, point, edited, home, given.id, stdout);
  if (given.dryRun) return EXIT.success;
  if (!given.yes) {
    if (!console.stdin.isTTY) {
      stderr.write("wheelhouse: nobody is here to ask. Add --yes to do this, or --dry-run to look only.\n");
      return EXIT.usage;
    }
    if (!(await isSure(console))) return EXIT.failed;
  }
  return run(given, memory, { type: "rewind", to: point.n, files, conversation, edited }, console);
}

function pointNamed(number: number, points: readonly RewindPoint[]): RewindPoint {
  const found = points[number - 1];
  if (found) return found;
  throw new Error(`there is no message ${number}: the conversation has ${points.length}.`);
}

/** Prints the id of the copy. */
async function fork(
  id: string,
  { n }: RewindPoint,
  home: string,
  stdout: NodeJS.WriteStream,
): Promise<number> {
  const store = openStore(home, nodeClock);
  const copy = await store.fork(id, n).finally(() => store.close());
  if (copy === undefined) throw new Error(`there is no session "${id}".`);
  stdout.write(`${copy}\n`);
  return EXIT.success;
}

async function showFiles(
  memory: Memory,
  { n }: RewindPoint,
  edited: readonly string[],
  home: string,
  id: string,
  stdout: NodeJS.WriteStream,
): Promise<void> {
  const ports = { files: nodeFiles(), blobs: sessionBlobs(home, id) };
  const preview = await previewRewind(memory, n, ports, never());
  if (typeof preview === "string") throw new Error(preview);
  const unknown = edited.find((it) => !preview.files.some(({ path }) => path === it));
  if (unknown !== undefined) throw new Error(`${unknown} is not among the files that would go back.`);
  stdout.write(`Files:\n${previewLines(preview).join("\n")}\n`);
}

/** Without a terminal nobody is asked; Ctrl+C is no. */
async function isSure({ stdin, stdout }: Console): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stdout });
  const closed = new Promise<string>((done) => lines.once("close", () => done("")));
  const answer = await Promise.race([lines.question("Rewind? y = yes, anything else = no: "), closed]);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** The files at two moments, as one patch. */
async function compare(
  { from, to }: NonNullable<RewindArguments["compare"]>,
  points: readonly RewindPoint[],
  { history }: Memory,
  home: string,
  id: string,
  stdout: NodeJS.WriteStream,
): Promise<number> {
  const until = to === undefined ? undefined : pointNamed(to, points).n;
  const ports = { files: nodeFiles(), blobs: sessionBlobs(home, id) };
  const signal = never();
  for (const it of await compareFiles(history, pointNamed(from, points).n, until, ports, signal)) {
    const name = (text: string | undefined) => (text === undefined ? "/dev/null" : it.path);
    const body = it.isBinary ? "Binary files differ" : patchOf(it.before, it.after).patch;
    const text = `--- ${name(it.before)}\n+++ ${name(it.after)}\n${body}\n`;
    stdout.write(stdout.isTTY ? visible(text) : text);
  }
  return EXIT.success;
}

/** Takes the session up, sends it the one command and lets it go. */
async function run(
  { id }: RewindArguments,
  { state }: Memory,
  command: Command,
  { env, stdout, stderr }: Console,
): Promise<number> {
  const host = await terminalHost(state.folder, env, false, NO_OVERRIDES);
  const complain = (text: string) => void stderr.write(`${visible(text)}\n`);
  try {
    const opened = await host.store.open(id);
    if (opened.kind !== "open") {
      complain(`wheelhouse: ${opened.kind === "absent" ? `there is no session "${id}".` : opened.reason}`);
      return EXIT.failed;
    }
    const emit = (event: Parameters<Parameters<typeof openSession>[2]["emit"]>[0]) => {
      if (event.type === "rewound") stdout.write(`${visible(rewoundText(event, state.folder))}\n`);
      if (event.type === "not-rewound") complain(event.text);
    };
    const session = await openSession(host.wiring, opened, { emit, complain });
    const sent = await session.send(command).finally(session.close);
    if (sent.kind === "refused") complain(`wheelhouse: ${sent.reason}`);
    else if (command.type === "rewind") complain(`To take it back: wheelhouse rewind ${id} --undo`);
    return sent.kind === "taken" ? EXIT.success : EXIT.failed;
  } finally {
    await host.close();
  }
}
