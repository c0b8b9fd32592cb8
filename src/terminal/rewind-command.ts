import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { type Memory, memoryOf } from "../agent/memory.ts";
import { previewRewind } from "../agent/rewind.ts";
import { type RewindPoint, rewindPoints } from "../agent/rewind-points.ts";
import { compareFiles } from "../journal/compare.ts";
import { nodeClock } from "../node/clock.ts";
import { nodeFiles } from "../node/files.ts";
import { homeOf } from "../node/home-of.ts";
import { sessionBlobs } from "../node/session-blobs.ts";
import { openStore } from "../node/store.ts";
import { never } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";
import { visible } from "../text/visible.ts";
import type { Blobs, Files } from "../world.ts";
import { type Console, EXIT } from "./console.ts";
import { type RewindArguments, rewindArguments } from "./rewind-arguments.ts";
import { rewindSession } from "./rewind-session.ts";
import { patchText, pointLines, previewLines } from "./rewind-words.ts";
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

/** What is looked at of the outside without taking the session up. */
interface RewindPorts {
  readonly files: Files;
  readonly blobs: Blobs;
}

async function obey(given: RewindArguments, memory: Memory, home: string, console: Console): Promise<number> {
  const { stdout, stderr } = console;
  const { folder } = memory.state;
  const ports = { files: nodeFiles(), blobs: sessionBlobs(home, given.id) };
  const points = rewindPoints(memory);
  const edited = given.edited.map((it) => resolve(console.cwd, it));
  if (given.undo) return rewindSession(given.id, folder, { type: "takeBackRewind", edited }, console);
  if (given.compare) return compare(given.compare, points, memory, ports, stdout);
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
  if (files) await showFiles(memory, point, edited, ports, stdout);
  if (given.dryRun) return EXIT.success;
  if (!given.yes) {
    if (!console.stdin.isTTY) {
      stderr.write("wheelhouse: nobody is here to ask. Add --yes to do this, or --dry-run to look only.\n");
      return EXIT.usage;
    }
    if (!(await isSure(console))) return EXIT.failed;
  }
  const command = { type: "rewind", to: point.n, files, conversation, edited } as const;
  return rewindSession(given.id, folder, command, console);
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
  ports: RewindPorts,
  stdout: NodeJS.WriteStream,
): Promise<void> {
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
  ports: RewindPorts,
  stdout: NodeJS.WriteStream,
): Promise<number> {
  const until = to === undefined ? undefined : pointNamed(to, points).n;
  for (const it of await compareFiles(history, pointNamed(from, points).n, until, ports, never())) {
    const text = patchText(it);
    stdout.write(stdout.isTTY ? visible(text) : text);
  }
  return EXIT.success;
}
