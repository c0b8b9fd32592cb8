import type { ToolUseBlock } from "../model/conversation.ts";
import { untilAborted } from "../std/abort.ts";
import { abilitiesOf } from "./abilities.ts";
import { finish } from "./answers.ts";
import type { RunTool, ToolResult } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** How long a stopped tool may take to end by itself before its call is answered without it, in milliseconds. */
const GRACE_MS = 150;

/** Runs a tool and answers its call. A command's intent is on disk before it starts. Rejects when stopped. */
export async function runTool(
  live: Live,
  call: ToolUseBlock,
  tool: RunTool,
  isKeptIn: boolean,
  signal: AbortSignal,
): Promise<void> {
  const reach = tool.reach(call.input, live.memory().folder);
  if (reach.kind === "command" || reach.kind === "edit")
    await live.record({ type: "began", call: call.id, files: [] }, "durable");
  const { clock } = live.world;
  const from = clock.now();
  const work = tool.run(call.input, abilitiesOf(live, call.id, isKeptIn), signal);
  const result = await withGrace(work, live, signal);
  if (!result) return Promise.reject(signal.reason);
  const { content, display, failed, read = [], folder } = result;
  await finish(live, call, signal.aborted ? "interrupted" : failed ? "failed" : "done", content, {
    display,
    read,
    durationMs: clock.now() - from,
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
    const late = live.world.clock.sleep(GRACE_MS, new AbortController().signal).then(() => undefined);
    return Promise.race([safe, late]);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
