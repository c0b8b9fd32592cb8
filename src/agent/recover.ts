import type { ChangedFile } from "../journal/images.ts";
import { aftermathOf } from "../journal/recover.ts";
import { NO_USAGE } from "../model/conversation.ts";
import { never } from "../std/abort.ts";
import { parentOf } from "../text/paths.ts";
import type { FileChange } from "../world.ts";
import { answerTo, finish, STOPPED_IN_PART } from "./answers.ts";
import { openCalls } from "./conversation.ts";
import type { EventBody, SessionEvent } from "./events.ts";
import { type Memory, memoryOf, type OpenCall } from "./memory.ts";
import { recoverRewind } from "./recover-rewind.ts";
import { recoverUndo } from "./recover-undo.ts";
import { isBlockOf, type SessionState } from "./session.ts";
import { changedBefore } from "./swept.ts";
import type { Live } from "./wiring.ts";

/**
 * Settles what a process left open when it died: half-made edits are put back, begun commands are shown as "may have
 * run" and never repeated, and every open call gets its answer, so that the conversation can go on.
 */
export async function recoverSession(live: Live): Promise<void> {
  if (live.memory().state.n === 0) return;
  await live.record({ type: "resumed", host: live.host, version: live.version });
  await recoverRewind(live);
  await recoverUndo(live);
  await settleOpen(live, CLOSED);
}

/** How a turn ends whose process ended before it. */
export const CLOSED = {
  reason: "closed",
  text: "Wheelhouse was closed while it worked. Choose Retry to go on, or say what else to do.",
} as const;

/** Answers all open calls and questions and ends a turn that nobody runs any more, with `rest` as its end. */
export async function settleOpen(live: Live, rest: Pick<Rested, "reason" | "text">): Promise<void> {
  const memory = live.memory();
  for (const it of withdrawn(memory)) await live.record(it);
  for (const it of unanswered(memory)) await settleCall(live, it);
  const ends = endsOf(memory, rest);
  for (const it of ends) await live.record(it, it === ends.at(-1) ? "durable" : undefined);
}

/**
 * What a log must go on with to be that of a session at rest, though another process may still be at work in it, as in
 * the one it was copied from: what is open is closed, and nothing is judged by what the files hold. Pure.
 */
export function cutOff(events: readonly SessionEvent[]): readonly EventBody[] {
  const memory = memoryOf(events);
  const answers = unanswered(memory).map(({ call, began }) =>
    answerTo(
      call,
      "interrupted",
      began
        ? "This conversation was copied while this ran: it may have happened, in part or whole. Look before you do it again."
        : "Not run: this conversation was copied before.",
    ),
  );
  const rewinding = memory.rewinding ? [NOT_REWOUND] : [];
  const undoing = memory.undoing ? [NOT_UNDONE] : [];
  return [...rewinding, ...undoing, ...withdrawn(memory), ...answers, ...endsOf(memory, COPIED)];
}

const NOT_REWOUND: EventBody = {
  type: "not-rewound",
  text: "This conversation was copied while files were rewound. It does not know what became of that.",
};

const NOT_UNDONE: EventBody = {
  type: "not-undone",
  text: "This conversation was copied while changes were taken back. It does not know what became of that.",
};

const COPIED = {
  reason: "closed",
  text: "This is a copy of a session that was at work. Choose Retry to go on from here, or say what else to do.",
} as const;

function withdrawn({ state }: Memory): readonly EventBody[] {
  return state.questions.map(({ question, call }) => ({
    type: "replied",
    question,
    call,
    reply: { kind: "deny" },
    by: "stop",
  }));
}

/** A call without an answer, whether it was taken up or not. */
interface Unanswered extends Pick<OpenCall, "began" | "noted" | "halted"> {
  readonly call: string;
}

/** Calls without an answer, with what each began to change; those that were not taken up come last. */
function unanswered({ open, conversation }: Memory): readonly Unanswered[] {
  const waiting = openCalls(conversation).filter((it) => !open.has(it.id));
  return [
    ...[...open].map(([call, it]) => ({ ...it, call })),
    ...waiting.map((it) => ({ call: it.id, began: undefined })),
  ];
}

/** The end of a turn that nobody runs any more; none when there is no such turn. */
function endsOf({ state, turn }: Memory, rest: Pick<Rested, "reason" | "text">): readonly EventBody[] {
  if (turn === undefined && state.status === "resting") return [];
  return [...brokenText(state), { type: "rested", ...rest }];
}

type Rested = Extract<EventBody, { type: "rested" }>;

async function settleCall(live: Live, { call, began, noted, halted }: Unanswered): Promise<void> {
  if (began === undefined)
    return finish(live, { id: call }, "interrupted", "Not run: the turn broke off before.");
  if (began.length > 0) return settleEdit(live, call, began);
  const told = halted
    ? STOPPED_IN_PART
    : "The turn broke off while this ran: it may have run, in part or whole. Check before you do it again.";
  const { files, lost } = await changedBefore(live, noted);
  const paths = [...files, ...lost].map((it) => it.path);
  const content =
    paths.length === 0 ? told : `${told} Since it began these files have changed: ${paths.join(", ")}.`;
  const end = halted ? "interrupted" : "unknown";
  return finish(live, { id: call }, end, content, { files, ...(lost.length > 0 && { lost }) });
}

/** Text that was shown stays part of the conversation, though its answer never ended. */
function brokenText({ rows, answer }: SessionState): readonly EventBody[] {
  const open = rows.filter((it) => it.kind === "text" && it.open && isBlockOf(answer, it));
  const text = open.map((it) => (it.kind === "text" ? it.text : "")).join("\n");
  if (text === "") return [];
  const failure = { kind: "stopped", message: "the answer broke off" } as const;
  return [{ type: "broke", failure, text, usage: NO_USAGE, cost: undefined, durationMs: 0 }];
}

async function settleEdit(live: Live, call: string, began: readonly ChangedFile[]): Promise<void> {
  const { files } = live.world;
  const { signal } = new AbortController();
  for (const folder of new Set(began.map((it) => parentOf(it.path)))) await files.sweep(folder);
  const aftermath = await aftermathOf(began, files, live.blobs, signal).catch((error: unknown) =>
    String(error),
  );
  if (typeof aftermath === "string") {
    return finish(
      live,
      { id: call },
      "unknown",
      `The turn broke off during this edit, and what became of it cannot be told (${aftermath}). Read the files.`,
    );
  }
  switch (aftermath.kind) {
    case "untouched":
      return finish(
        live,
        { id: call },
        "interrupted",
        "Not done: the turn broke off before the files were changed.",
      );
    case "whole":
      return finish(live, { id: call }, "done", "The edit was made; the turn broke off just after it.", {
        files: began,
      });
    case "half":
      return putBack(live, call, aftermath.changes);
    case "foreign":
      await live.record({
        type: "warned",
        text: `An edit was cut short, and these files were changed by somebody since: ${aftermath.paths.join(", ")}. They were left as they are.`,
      });
      return finish(
        live,
        { id: call },
        "unknown",
        `The turn broke off during this edit; ${aftermath.paths.join(", ")} changed since. Read the files.`,
      );
  }
}

async function putBack(live: Live, call: string, changes: readonly FileChange[]): Promise<void> {
  const outcome = await live.world.files.write(changes, never());
  if (outcome.kind === "written")
    return finish(
      live,
      { id: call },
      "interrupted",
      "Not done: the turn broke off in the middle of this edit, and the files were put back.",
    );
  return finish(
    live,
    { id: call },
    "unknown",
    `The turn broke off in the middle of this edit and ${outcome.path} could not be put back. Read the files.`,
  );
}
