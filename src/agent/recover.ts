import type { ChangedFile } from "../journal/images.ts";
import { aftermathOf } from "../journal/recover.ts";
import { NO_USAGE } from "../model/conversation.ts";
import { parentOf } from "../text/paths.ts";
import { finish } from "./answers.ts";
import { openCalls } from "./conversation.ts";
import type { EventBody } from "./events.ts";
import type { Live } from "./wiring.ts";

/**
 * Settles what a process left open when it died: half-made edits are put back, begun commands are shown as "may have
 * run" and never repeated, and every open call gets its answer, so that the conversation can go on.
 */
export async function recoverSession(live: Live): Promise<void> {
  if (live.memory().state.n === 0) return;
  await live.record({ type: "resumed", host: live.host, version: live.version });
  await settleOpen(live, {
    reason: "stopped",
    text: 'Wheelhouse was closed while it worked. Say "continue" to go on, or what else to do.',
  });
}

/** Answers all open calls and questions and ends a turn that nobody runs any more, with `rest` as its end. */
export async function settleOpen(live: Live, rest: Pick<Rested, "reason" | "text">): Promise<void> {
  const { state, open, conversation, turn } = live.memory();
  for (const { question, call } of state.questions) {
    await live.record({ type: "replied", question, call, reply: { kind: "deny" }, by: "stop" });
  }
  for (const [call, { began }] of open) await settleCall(live, call, began);
  for (const call of openCalls(conversation)) {
    if (!open.has(call.id)) await settleCall(live, call.id, undefined);
  }
  if (turn === undefined && state.status === "resting") return;
  await keepStreamed(live);
  await live.record({ type: "rested", ...rest }, "durable");
}

type Rested = Extract<EventBody, { type: "rested" }>;

async function settleCall(
  live: Live,
  call: string,
  began: readonly ChangedFile[] | undefined,
): Promise<void> {
  if (began === undefined)
    return finish(live, { id: call }, "interrupted", "Not run: the turn broke off before.");
  if (began.length > 0) return settleEdit(live, call, began);
  const told =
    "The turn broke off while this ran: it may have run, in part or whole. Check before you do it again.";
  return finish(live, { id: call }, "unknown", told);
}

/** Text that was shown stays part of the conversation, though its answer never ended. */
async function keepStreamed(live: Live): Promise<void> {
  const { rows, answer } = live.memory().state;
  const open = rows.filter((it) => it.kind === "text" && it.open && it.key.startsWith(`a${answer}.`));
  const text = open.map((it) => (it.kind === "text" ? it.text : "")).join("\n");
  if (text === "") return;
  const failure = { kind: "stopped", message: "the answer broke off" } as const;
  await live.record({ type: "broke", failure, text, usage: NO_USAGE, cost: undefined, durationMs: 0 });
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
    case "half": {
      const outcome = await files.write(aftermath.changes, signal);
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
