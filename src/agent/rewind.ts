import { lostSince, stepsBetween } from "../journal/history.ts";
import { type ChangedFile, keepImages } from "../journal/images.ts";
import { type Restorable, type RestorePlan, restorePlan } from "../journal/rewind.ts";
import { never } from "../std/abort.ts";
import { patchOf } from "../text/diff.ts";
import { BINARY } from "../text/encoding.ts";
import type { Blobs, FileChange, Files } from "../world.ts";
import { asSaved } from "./as-saved.ts";
import type { Rewind, RewindChoice } from "./events.ts";
import type { Memory } from "./memory.ts";
import { modeNote } from "./prompt.ts";
import { rewindPointOf } from "./rewind-points.ts";
import type { RewindPreview } from "./screen.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import type { ChangedPath } from "./session.ts";
import { whyNotWritten } from "./why-not-written.ts";
import type { Live } from "./wiring.ts";

const GONE = "This message is no longer part of the conversation.";

/** What a rewind of the files to just before a message would do now; a sentence when there is no such message. Writes nothing. */
export async function previewRewind(
  memory: Memory,
  to: number,
  { files, blobs }: { readonly files: Files; readonly blobs: Blobs },
  signal: AbortSignal,
): Promise<RewindPreview | string> {
  const point = rewindPointOf(memory, to);
  if (!point) return GONE;
  const { history } = memory;
  const plan = await restorePlan(stepsBetween(history, to), lostSince(history, to), files, blobs, signal);
  const shown = plan.files.map(({ path, change, edited, write }) => {
    const isBinary = write.form.encoding === BINARY.encoding;
    const { added, removed } = isBinary ? NO_LINES : patchOf(write.before, write.after);
    return { path, change, edited, added, removed };
  });
  return { to, number: point.number, text: point.text, files: shown, stuck: plan.stuck };
}

/** Makes files, conversation or both what they were just before a message; files as one change that is made whole or not at all. */
export async function rewind(live: Live, choice: RewindChoice): Promise<Sent> {
  const { to } = choice;
  const memory = live.memory();
  const point = rewindPointOf(memory, to);
  if (!point) return refused(GONE);
  if (!choice.files && !choice.conversation)
    return refused("Say what to rewind: the files, the conversation or both.");
  const { text, row, todos, contextTokens, lastRest } = point;
  const way = {
    to,
    text,
    ...(choice.conversation && { conversation: { row, todos, contextTokens, lastRest } }),
  };
  const steps = () => (choice.files ? stepsBetween(live.memory().history, to) : NO_STEPS);
  return goBack(live, way, steps, choice, point.changed);
}

/** Makes everything what it was before the last rewind; refused once the conversation has gone on. */
export async function takeBackRewind(live: Live, choice: Pick<RewindChoice, "edited"> = {}): Promise<Sent> {
  const { lastRewind } = live.memory().state;
  if (!lastRewind) return refused("There is no rewind to take back: the conversation has gone on since.");
  const { n, text, before } = lastRewind;
  const steps = () => {
    const { history } = live.memory();
    const touched = new Set(stepsBetween(history, n, n + 1).keys());
    return new Map([...stepsBetween(history, n)].filter(([place]) => touched.has(place)));
  };
  return goBack(live, { to: n, takesBack: true, text }, steps, choice, before.changed);
}

const NO_LINES = { added: 0, removed: 0 };
const NO_STEPS: ReadonlyMap<string, readonly ChangedFile[]> = new Map();

/** `changed`: what waited for a decision at the time that is gone back to. */
async function goBack(
  live: Live,
  way: Omit<Rewind, "files" | "changed" | "left">,
  stepsNow: () => ReadonlyMap<string, readonly ChangedFile[]>,
  choice: Pick<RewindChoice, "edited" | "without">,
  changed: readonly ChangedPath[],
): Promise<Sent> {
  const { world, blobs } = live;
  const { signal } = new AbortController();
  const keys = [...stepsNow()].flatMap(([place, own]) => [place, ...own.map((it) => it.path)]);
  return world.locks.hold([...new Set(keys)], async () => {
    // What held the locks before may have changed more.
    const steps = stepsNow();
    const lost = steps.size === 0 ? [] : lostSince(live.memory().history, way.to);
    const plan = await restorePlan(steps, lost, world.files, blobs, signal);
    const chosen = chosenOf(plan, choice);
    const left = [...plan.files.filter((it) => !chosen.includes(it)), ...plan.stuck].map((it) => it.path);
    const isTalk = way.takesBack ? live.memory().state.lastRewind?.isTalk : way.conversation;
    if (chosen.length === 0 && !isTalk) return refused(nothingText(plan));
    const paths = new Set(chosen.map((it) => it.path));
    const rest = { ...way, changed: changed.filter((it) => paths.has(it.path)), left };
    return writeAll(live, rest, chosen);
  });
}

function chosenOf(
  { files }: RestorePlan,
  { edited = [], without = [] }: Pick<RewindChoice, "edited" | "without">,
): readonly Restorable[] {
  return files.filter((it) => !without.includes(it.path) && (!it.edited || edited.includes(it.path)));
}

function nothingText({ files, stuck }: RestorePlan): string {
  const edited = files.filter((it) => it.edited).map((it) => it.path);
  const why = [
    ...(edited.length === 0 ? [] : [`Changed by you since, and not chosen: ${edited.join(", ")}.`]),
    ...stuck.map((it) => `${it.path}: ${it.why}.`),
  ];
  return why.length === 0
    ? "Nothing was rewound: no file differs from what it was then."
    : `Nothing was rewound. ${why.join(" ")}`;
}

/** Writes the files, all of them or none, and concludes the rewind with what they have become. */
async function writeAll(
  live: Live,
  way: Omit<Rewind, "files">,
  chosen: readonly Restorable[],
): Promise<Sent> {
  const changes = chosen.map((it) => it.write);
  if (changes.length === 0) return conclude(live, { ...way, files: [] });
  const files = await imagesOf(chosen, changes, live.blobs);
  await live.record({ type: "rewinding", rewind: { ...way, files } }, "durable");
  const outcome = await live.world.files.write(changes, never());
  if (outcome.kind !== "written") {
    const text = `Nothing was rewound: ${whyNotWritten(outcome)}`;
    await live.record({ type: "not-rewound", text }, "durable");
    return refused(text);
  }
  const saved = asSaved(changes, outcome);
  // The files are written whatever comes now, and the log has to say so.
  const images = saved === changes ? files : await imagesOf(chosen, saved, live.blobs).catch(() => files);
  return conclude(live, { ...way, files: images });
}

async function imagesOf(
  chosen: readonly Restorable[],
  changes: readonly FileChange[],
  blobs: Blobs,
): Promise<readonly ChangedFile[]> {
  const modes = new Map(chosen.map((it) => [it.path, it.mode]));
  return (await keepImages(changes, blobs)).map((it) => {
    const mode = modes.get(it.path);
    return mode === undefined ? it : { ...it, mode };
  });
}

async function conclude(live: Live, way: Rewind): Promise<Sent> {
  await recordRewound(live, way);
  return TAKEN;
}

/** Records a rewind whose files are written, and what the model has to be told of it. */
export async function recordRewound(live: Live, way: Rewind): Promise<void> {
  const note = noteOf(live.memory(), way);
  await live.record({ type: "rewound", ...way }, "durable");
  if (note !== undefined) await live.record({ type: "noted", text: note }, "durable");
}

/** Where the conversation goes back, it is sent as it was then, and only a mode that is another by now is news. */
function noteOf(memory: Memory, { to, takesBack, files, conversation }: Rewind): string | undefined {
  const { state } = memory;
  const isTalk = takesBack ? state.lastRewind?.isTalk : conversation !== undefined;
  if (isTalk) {
    const told = takesBack ? state.lastRewind?.before.mode : rewindPointOf(memory, to)?.mode;
    return memory.isPrimed && told !== undefined && told !== state.mode ? modeNote(state.mode) : undefined;
  }
  if (files.length === 0) return undefined;
  const named = files.map((it) => `${it.path} (${deedOf(it)})`).join(", ");
  const what = takesBack
    ? "The person took that back, so these files are again as before it"
    : "The person rewound these files to what they were before an earlier message";
  return `${what}: ${named}. Read them again before you edit them.`;
}

function deedOf({ before, after }: ChangedFile): string {
  return before === undefined ? "there again" : after === undefined ? "removed" : "changed";
}
