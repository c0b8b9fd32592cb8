import type { ChangedFile } from "../journal/images.ts";
import { aftermathOf } from "../journal/recover.ts";
import { finish } from "./answers.ts";
import { openCalls } from "./conversation.ts";
import type { Live } from "./wiring.ts";

/**
 * Settles what a process left open when it died: half-made edits are put back, begun commands are shown as "may have
 * run" and never repeated, and every open call gets its answer, so that the conversation can go on.
 */
export async function recoverSession(live: Live): Promise<void> {
  if (live.memory().state.n === 0) return;
  await live.record({ type: "resumed", host: live.host, version: live.version });
  await settleOpen(live);
}

/** Answers all open calls and questions and ends a turn that nobody runs any more. */
export async function settleOpen(live: Live): Promise<void> {
  const { state, open, conversation, turn } = live.memory();
  for (const { question, call } of state.questions) {
    await live.record({ type: "replied", question, call, reply: { kind: "deny" }, by: "stop" });
  }
  for (const [call, { began }] of open) {
    if (began === undefined)
      await finish(live, { id: call }, "interrupted", "Not run: Wheelhouse was closed before.");
    else if (began.length === 0)
      await finish(
        live,
        { id: call },
        "unknown",
        "Wheelhouse was closed while this ran: it may have run, in part or whole. Check before you do it again.",
      );
    else await settleEdit(live, call, began);
  }
  for (const call of openCalls(conversation)) {
    if (!open.has(call.id)) await finish(live, call, "interrupted", "Not run: Wheelhouse was closed before.");
  }
  if (turn !== undefined || state.status !== "resting") {
    await live.record(
      {
        type: "rested",
        reason: "stopped",
        text: "Wheelhouse was closed while it worked. Choose Retry to go on, or say what to do.",
      },
      "durable",
    );
  }
}

async function settleEdit(live: Live, call: string, began: readonly ChangedFile[]): Promise<void> {
  const { files } = live.world;
  const { signal } = new AbortController();
  const aftermath = await aftermathOf(began, files, live.blobs, signal).catch((error: unknown) =>
    String(error),
  );
  if (typeof aftermath === "string") {
    return finish(
      live,
      { id: call },
      "unknown",
      `Wheelhouse was closed during this edit and cannot tell what became of it (${aftermath}). Read the files.`,
    );
  }
  switch (aftermath.kind) {
    case "untouched":
      return finish(
        live,
        { id: call },
        "interrupted",
        "Not done: Wheelhouse was closed before the files were changed.",
      );
    case "whole":
      return finish(live, { id: call }, "done", "The edit was made; Wheelhouse was closed just after it.", {
        files: began,
      });
    case "half": {
      const outcome = await files.write(aftermath.changes, signal);
      if (outcome.kind === "written")
        return finish(
          live,
          { id: call },
          "interrupted",
          "Not done: Wheelhouse was closed in the middle of this edit, and the files were put back.",
        );
      return finish(
        live,
        { id: call },
        "unknown",
        `Wheelhouse was closed in the middle of this edit and ${outcome.path} could not be put back. Read the files.`,
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
        `Wheelhouse was closed during this edit; ${aftermath.paths.join(", ")} changed since. Read the files.`,
      );
  }
}
