import type { ToolUseBlock } from "../model/conversation.ts";
import { never, untilAborted } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";
import { abilitiesOf } from "./abilities.ts";
import { finish, interrupted } from "./answers.ts";
import type { Judged } from "./judge.ts";
import { screened } from "./screened.ts";
import { changedSince, noteBefore } from "./swept.ts";
import type { ToolResult } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** How long a stopped tool may take to end by itself before its call is answered without it, in milliseconds. */
const GRACE_MS = 150;

/**
 * Runs a tool and answers its call. A command's intent is on disk before it starts, and what it changed is found when it
 * has ended, however it did. Rejects when stopped before.
 */
export async function runTool(
  live: Live,
  call: ToolUseBlock,
  { tool, isKeptIn = false, isReading = false }: Extract<Judged, { kind: "run" }>,
  signal: AbortSignal,
): Promise<void> {
  const reach = tool.reach(call.input, live.memory().folder);
  const sweep = reach.kind === "command" && !isReading ? await noteBefore(live, signal) : undefined;
  signal.throwIfAborted();
  if (reach.kind === "command" || reach.kind === "edit") {
    const began = { type: "began", call: call.id, files: [], ...(sweep && { noted: sweep.noted }) } as const;
    await live.record(began, "durable");
  }
  const { clock } = live.world;
  const from = clock.now();
  const work = tool.run(call.input, screened(live, abilitiesOf(live, call.id, isKeptIn)), signal);
  const result = await withGrace(work, live, signal);
  const durationMs = clock.now() - from;
  // A host that is closing may have no time for more.
  if (sweep && result && signal.aborted) await live.record({ type: "halted", call: call.id });
  const { files, lost } = await changedSince(live, sweep);
  const changed = { files, ...(lost.length > 0 && { lost }) };
  if (!result) return interrupted(live, call, changed);
  const { content, display, failed, read = [], folder } = result;
  await finish(live, call, signal.aborted ? "interrupted" : failed ? "failed" : "done", content, {
    display,
    read,
    durationMs,
    ...changed,
    ...(folder !== undefined && { folder }),
  });
}

/** The result; after Stop, the one that comes within the grace, else `undefined`. A tool that throws has failed. */
async function withGrace(
  work: Promise<ToolResult>,
  live: Live,
  signal: AbortSignal,
): Promise<ToolResult | undefined> {
  const safe = work.catch((error: unknown): ToolResult | undefined =>
    signal.aborted
      ? undefined
      : { content: `The tool failed: ${messageOf(error)}`, display: undefined, failed: true },
  );
  try {
    return await untilAborted(safe, signal);
  } catch {
    const late = live.world.clock.sleep(GRACE_MS, never()).then(() => undefined);
    return Promise.race([safe, late]);
  }
}
