import type { Answer, ToolUseBlock } from "../model/conversation.ts";
import { messageOf } from "../std/error-message.ts";
import { finish, interrupted } from "./answers.ts";
import { openCalls } from "./conversation.ts";
import { judge } from "./judge.ts";
import { runEdit } from "./run-edit.ts";
import { runTool } from "./run-tool.ts";
import { check } from "./schema.ts";
import type { Tool } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** Reads that run at the same time, at most. */
const AT_ONCE = 8;

/**
 * Runs the calls of an answer and answers every one of them, whatever happens: reads side by side, what may change
 * something alone and in order. When the signal is aborted, calls without a result are answered as interrupted.
 */
export async function runCalls(live: Live, answer: Answer, signal: AbortSignal): Promise<void> {
  const calls = answer.content.filter((it) => it.type === "tool_use");
  if (calls.length > 0) await live.freshen();
  const bad = new Map(answer.badCalls.map((it) => [it.id, it.why]));
  for (let at = 0; at < calls.length && !signal.aborted; ) {
    const group = groupAt(calls, at, live);
    const runs = await Promise.allSettled(group.map((call) => runCall(live, call, bad.get(call.id), signal)));
    // Thrown only when all have ended: none may go on behind a turn that is over.
    for (const run of runs) if (run.status === "rejected") throw run.reason;
    at += group.length;
  }
  for (const call of openCalls(live.memory().conversation)) await interrupted(live, call);
}

/** The next calls that may run together: one, or several that only read. */
function groupAt(calls: readonly ToolUseBlock[], at: number, live: Live): readonly ToolUseBlock[] {
  const rest = calls.slice(at, at + AT_ONCE);
  const until = rest.findIndex((call) => !isRead(call, live));
  return rest.slice(0, until === -1 ? rest.length : Math.max(1, until));
}

function isRead(call: ToolUseBlock, live: Live): boolean {
  const tool = toolNamed(live, call.name);
  if (!tool || "plan" in tool || check(tool.input, call.input) !== undefined) return false;
  const kind = tool.reach(call.input, live.memory().folder).kind;
  return kind === "read" || kind === "none";
}

function toolNamed(live: Live, name: string): Tool | undefined {
  return live.tools.find((it) => it.name === name);
}

async function runCall(
  live: Live,
  call: ToolUseBlock,
  bad: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const tool = toolNamed(live, call.name);
  const wrong = bad ?? (tool ? check(tool.input, call.input) : undefined);
  const { folder } = live.memory();
  const title = tool && wrong === undefined ? tool.title(call.input, folder) : "";
  // Its answer is waited for, and records keep their order: if this one fails, so will that.
  live
    .record({ type: "called", call: call.id, tool: call.name, title, input: call.input })
    .catch(() => undefined);
  if (!tool)
    return finish(
      live,
      call,
      "failed",
      `There is no tool named ${call.name}. The tools are: ${live.tools.map((it) => it.name).join(", ")}.`,
    );
  if (wrong !== undefined) return finish(live, call, "failed", bad ?? `Nothing was run: ${wrong}`);
  try {
    await permitted(live, call, tool, signal);
  } catch (error) {
    if (signal.aborted) return interrupted(live, call);
    return broken(live, call, error);
  }
}

/** Answers a call that threw. One that had begun may have done its work before. */
function broken(live: Live, call: ToolUseBlock, error: unknown): Promise<void> {
  const why = messageOf(error);
  if (live.memory().open.get(call.id)?.began === undefined)
    return finish(live, call, "failed", `Not done: ${why}`);
  return finish(
    live,
    call,
    "unknown",
    `This began and then broke off: ${why} It may have run, in part or whole.`,
  );
}

async function permitted(live: Live, call: ToolUseBlock, tool: Tool, signal: AbortSignal): Promise<void> {
  const judged = await judge(live, call, tool, signal);
  signal.throwIfAborted();
  switch (judged.kind) {
    case "answered":
      return finish(live, call, judged.end, judged.content);
    case "edit":
      return runEdit(live, call, judged.edit, signal);
    case "run":
      return runTool(live, call, judged, signal);
  }
}
