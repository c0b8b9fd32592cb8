import type { ToolUseBlock } from "../model/conversation.ts";
import type { Decision, Touch } from "../permission/decide.ts";
import { messageOf } from "../std/error-message.ts";
import type { FileChange } from "../world.ts";
import { abilitiesOf } from "./abilities.ts";
import { amended } from "./amended.ts";
import { type Ruled, ruledOn } from "./decision.ts";
import { diffsOf } from "./diffs.ts";
import type { Display } from "./display.ts";
import type { EditedProposal, Reply } from "./events.ts";
import { question } from "./questions.ts";
import type { EditTool, Reach, RunTool, Tool } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** An edit that may be made. */
export interface ApprovedEdit {
  readonly changes: readonly FileChange[];
  /** For the model. */
  readonly notes: readonly string[];
  /** It is taken back where it brings errors: see `EditTool.isCertain`. What a person made of it is not. */
  readonly isCertain: boolean;
}

/** What is to be done with a call, after tool, rules, mode and person have been heard. */
export type Judged =
  | { readonly kind: "answered"; readonly end: "failed" | "denied" | "done"; readonly content: string }
  | { readonly kind: "edit"; readonly edit: ApprovedEdit }
  /** `isKeptIn`: its command runs in the sandbox or not at all; `isReading`: it is known to change no file. */
  | {
      readonly kind: "run";
      readonly tool: RunTool;
      readonly isKeptIn?: boolean;
      readonly isReading?: boolean;
    };

const NO_SECRETS =
  "Nothing was run: the command holds a placeholder like [masked: …] for a secret, which is not put into commands. Let the command read the secret from its file or its environment by itself.";

/** Judges a call. An edit is planned first, so that what is asked about is the very change that will be made. */
export async function judge(
  live: Live,
  call: ToolUseBlock,
  tool: Tool,
  signal: AbortSignal,
): Promise<Judged> {
  const { folder } = live.memory();
  const reach = tool.reach(call.input, folder);
  if (reach.kind === "plan") return planEnd(live, call, reach.markdown, signal);
  if (reach.kind === "talk" && "run" in tool) return { kind: "run", tool };
  if (reach.kind === "command" && live.outside.namesSecret(reach.command))
    return { kind: "answered", end: "failed", content: NO_SECRETS };
  const { touch, decision, isKeptIn, isReading } = await ruledOn(live, call.name, reach, signal);
  if (decision.decision === "deny")
    return { kind: "answered", end: "denied", content: `Denied: ${decision.reason}` };
  if ("run" in tool) {
    const said = await consent(live, call, decision, displayOf(reach, folder), signal);
    if (said.kind === "answered") return said;
    return { kind: "run", tool, isReading, isKeptIn: isKeptIn && decision.decision === "allow" };
  }
  return judgeEdit(live, call, tool, reach, { touch, decision }, signal);
}

async function judgeEdit(
  live: Live,
  call: ToolUseBlock,
  tool: EditTool,
  reach: Reach,
  named: Pick<Ruled, "touch" | "decision">,
  signal: AbortSignal,
): Promise<Judged> {
  const planned = await tool.plan(call.input, abilitiesOf(live, call.id), signal);
  if (planned.kind === "refused") return { kind: "answered", end: "failed", content: planned.reason };
  const { touch, decision } = isBeyond(reach, planned.changes)
    ? await ruledOn(live, call.name, { kind: "edit", paths: planned.changes.map((it) => it.path) }, signal)
    : named;
  if (decision.decision === "deny")
    return { kind: "answered", end: "denied", content: `Denied: ${decision.reason}` };
  const display = { kind: "diff", files: diffsOf(planned.changes, live.outside.told) } as const;
  live.proposals.set(call.id, planned.changes);
  const said = await consent(live, call, decision, display, signal).finally(() =>
    live.proposals.delete(call.id),
  );
  if (said.kind === "answered") return said;
  const { changes, notes } = amended(planned.changes, said.edited, live.outside.told);
  if (changes.length === 0) return { kind: "answered", end: "denied", content: notes.join("\n") };
  const edit = {
    changes: changes.map((it) => bound(it, touch)),
    notes: [...planned.notes, ...notes],
    isCertain: tool.isCertain === true && planned.changes.every((it) => changes.includes(it)),
  };
  return { kind: "edit", edit };
}

/** Whether a plan changes files that the call did not name: all of them are then decided on anew. */
function isBeyond(reach: Reach, changes: readonly FileChange[]): boolean {
  const named = reach.kind === "edit" ? reach.paths : [];
  return changes.some((it) => !named.includes(it.path));
}

/** What was judged is where the links led then: led elsewhere since, the change is not made. */
function bound(change: FileChange, touch: Touch): FileChange {
  const real = touch.kind === "edit" ? touch.paths.find((it) => it.asked === change.path)?.real : undefined;
  return real === undefined ? change : { ...change, target: real };
}

/** It may be done, with what the person made of a proposal. */
interface Allowed {
  readonly kind: "allowed";
  readonly edited: readonly EditedProposal[];
}

/** Whether it may be done; otherwise how the call is answered. */
async function consent(
  live: Live,
  call: ToolUseBlock,
  decision: Decision,
  display: Display,
  signal: AbortSignal,
): Promise<Allowed | Extract<Judged, { kind: "answered" }>> {
  if (decision.decision === "allow") return { kind: "allowed", edited: [] };
  const { reason, offers, covers, parts } = decision;
  const told = { ...(covers && { covers }), ...(parts && { parts }) };
  const about = { call: call.id, about: "permission", reason, display, rules: offers, ...told } as const;
  const given = await question(live, about, signal);
  if (!given)
    return {
      kind: "answered",
      end: "denied",
      content: `Not run: this needs a permission that nobody is here to give. ${reason}`,
    };
  const { reply } = given;
  const rule = "rule" in reply && offers.includes(reply.rule) ? reply.rule : undefined;
  if (rule !== undefined && reply.kind === "always") await writeRule(live, rule);
  else if (rule !== undefined)
    await live.record({ type: "ruled", rule, effect: "allow", scope: "session" }, "durable");
  return reply.kind === "deny" || reply.kind === "answers"
    ? denied(reply)
    : { kind: "allowed", edited: given.edited };
}

/** A rule that cannot be written leaves this one call allowed. */
async function writeRule(live: Live, rule: string): Promise<void> {
  try {
    await live.writeRule(rule);
  } catch (error) {
    const why = messageOf(error);
    await live.record({ type: "warned", text: `The rule ${rule} was not written: ${why}` });
    return;
  }
  await live.record({ type: "ruled", rule, effect: "allow" }, "durable");
}

function denied(reply: Reply): Extract<Judged, { kind: "answered" }> {
  const words = reply.kind === "deny" && reply.words?.trim();
  const content = words
    ? `The person did not allow this and says: ${words}`
    : "The person did not allow this. Do not try it again in another way; ask what they want instead, or go on without it.";
  return { kind: "answered", end: "denied", content };
}

function displayOf(reach: Reach, folder: string): Display {
  switch (reach.kind) {
    case "command":
      return { kind: "terminal", command: reach.command, folder, output: "" };
    case "read":
    case "edit":
      return { kind: "text", text: reach.paths.join("\n") };
    default:
      return { kind: "text", text: "" };
  }
}

/** A plan that is approved ends plan mode: edits then ask as usual, or are accepted when the person says so. */
async function planEnd(
  live: Live,
  call: ToolUseBlock,
  markdown: string,
  signal: AbortSignal,
): Promise<Judged> {
  if (live.memory().state.mode !== "plan") {
    return { kind: "answered", end: "failed", content: "This is not plan mode: go on and do the work." };
  }
  const given = await question(
    live,
    {
      call: call.id,
      about: "plan",
      reason: "The plan is ready.",
      display: { kind: "plan", markdown },
      rules: [],
    },
    signal,
  );
  if (!given)
    return {
      kind: "answered",
      end: "denied",
      content: "Nobody is here to approve the plan. Present it as your answer and stop.",
    };
  const { reply } = given;
  if (reply.kind === "deny" || reply.kind === "answers") return denied(reply);
  await live.record({ type: "configured", mode: reply.kind === "always" ? "acceptEdits" : "default" });
  return {
    kind: "answered",
    end: "done",
    content: "The person approved the plan. Plan mode is over: carry it out.",
  };
}
