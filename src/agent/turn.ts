import type { Answer } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import { askModel } from "./ask-model.ts";
import { runCalls } from "./calls.ts";
import { openCalls } from "./conversation.ts";
import { deliver } from "./deliver.ts";
import type { RestReason } from "./events.ts";
import { systemPrompt } from "./prompt.ts";
import { CLOSED } from "./recover.ts";
import type { Live } from "./wiring.ts";

interface Rest {
  readonly reason: RestReason;
  readonly text?: string;
  readonly failure?: Failure;
}

/** The same failing call this many times in a row ends the turn. */
const LOOP_AT = 3;
/** Answers cut at the output limit in a row before the turn ends. */
const CUTS_AT = 5;
/** A paused server-side loop is resumed this often (Anthropic documentation, stop reason "pause_turn"). */
const PAUSES_AT = 10;

/** Why a signal ends a turn when its session is closed: nobody stopped it, so it may be gone on with. */
export const CLOSING = new Error("the session was closed");

/** Works until the model has nothing more to do, something fails, or the signal is aborted; the log then ends with `rested`. */
export async function runTurn(live: Live, signal: AbortSignal): Promise<void> {
  await live.record({ type: "started", turn: live.world.clock.id() });
  await prime(live);
  const rest = await work(live, signal);
  await live.record({ type: "rested", ...rest }, "durable");
}

/** Freezes system prompt and tools the first time. */
async function prime(live: Live): Promise<void> {
  const { isPrimed, state } = live.memory();
  if (isPrimed) return;
  const { world } = live;
  const system = systemPrompt({
    folder: state.folder,
    platform: world.platform,
    shell: world.shell.name,
    date: new Date(world.clock.now()).toISOString().slice(0, 10),
    mode: state.mode,
    instructions: live.outside.told(await live.instructions()),
    appended: live.appendedPrompt,
  });
  const tools = live.tools.map(({ name, description, input }) => ({
    name,
    description,
    input_schema: input,
  }));
  await live.record({ type: "primed", system, tools });
}

async function work(live: Live, signal: AbortSignal): Promise<Rest> {
  const { maxRequests } = live.policy();
  let cuts = 0;
  let pauses = 0;
  for (let requests = 0; ; requests++) {
    if (signal.aborted) return stoppedBy(signal);
    await deliver(live, "step");
    const limit = limitReached(live, requests, maxRequests);
    if (limit) return limit;
    const asked = await askModel(live, signal);
    if (asked.kind === "stopped") return stoppedBy(signal);
    if (asked.kind === "failed") return { reason: "failed", failure: asked.failure, text: asked.text };
    const { answer } = asked;
    cuts = answer.stop === "max_tokens" ? cuts + 1 : 0;
    pauses = answer.stop === "pause_turn" ? pauses + 1 : 0;
    const end = await afterAnswer(live, answer, { cuts, pauses }, signal);
    if (end) return end;
  }
}

function stoppedBy({ reason }: AbortSignal): Rest {
  return reason === CLOSING ? CLOSED : { reason: "stopped", text: "Stopped." };
}

function limitReached(live: Live, requests: number, maxRequests: number): Rest | undefined {
  const { maxCost } = live.policy();
  const { cost } = live.memory().state;
  if (maxCost !== undefined && cost >= maxCost)
    return { reason: "limit", text: `The budget of $${maxCost} for this session is used up.` };
  if (maxRequests === 0 || requests < maxRequests) return undefined;
  return {
    reason: "limit",
    text: `This turn has asked the model ${requests} times. Choose Retry to let it go on.`,
  };
}

/** Runs what the answer calls for; a rest when the turn is over, nothing when the model is to be asked again. */
async function afterAnswer(
  live: Live,
  answer: Answer,
  runs: { cuts: number; pauses: number },
  signal: AbortSignal,
): Promise<Rest | undefined> {
  const over = endOf(answer);
  const hasCalls = openCalls(live.memory().conversation).length > 0;
  if (over && !hasCalls) return over;
  if (answer.stop === "pause_turn" && !hasCalls && runs.pauses <= PAUSES_AT) return undefined;
  if (!hasCalls) return !signal.aborted && (await deliver(live, "step")) ? undefined : { reason: "done" };
  await runCalls(live, mayRun(answer), signal);
  if (signal.aborted) return stoppedBy(signal);
  // Cut calls can be made again in smaller pieces; after any other such end the person decides.
  if (over && answer.stop !== "max_tokens") return over;
  const { key, times } = live.memory().failing;
  if (times >= LOOP_AT)
    return {
      reason: "looping",
      text: `The same call failed ${times} times: ${key.slice(0, 200)}. Say how to go on, or choose Retry.`,
    };
  if (runs.cuts >= CUTS_AT)
    return {
      reason: "limit",
      text: "The answer was cut at the model's output limit again and again. Ask for smaller steps.",
    };
  return undefined;
}

/** Only an answer that ended with "tool_use" has all of its calls whole and meant; of any other, none is run. */
function mayRun(answer: Answer): Answer {
  if (answer.stop === "tool_use") return answer;
  const why =
    answer.stop === "max_tokens"
      ? "Not run: your message was cut off at the output limit. Make the call again, in smaller pieces."
      : `Not run: your message ended with "${answer.stopDetail ?? answer.stop}" and not with its calls. Make the call again if it is still wanted.`;
  return {
    ...answer,
    badCalls: answer.content.flatMap((it) => (it.type === "tool_use" ? [{ id: it.id, raw: "", why }] : [])),
  };
}

function endOf({ stop, stopDetail }: Answer): Rest | undefined {
  switch (stop) {
    case "refusal":
      return {
        reason: "refused",
        text: `The model declined this request${stopDetail ? ` (${stopDetail})` : ""}. It was taken out of the conversation; put it in other words or choose another model.`,
      };
    case "max_tokens":
      return {
        reason: "limit",
        text: 'The answer was cut at the model\'s output limit. Say "continue" to let it go on.',
      };
    case "model_context_window_exceeded":
      return {
        reason: "failed",
        text: "The conversation has filled the model's context. Start a new session and tell it what to go on with.",
      };
    case "unknown":
      return {
        reason: "failed",
        text: `The model ended its answer with "${stopDetail ?? "?"}", which this version does not know. Nothing of it was run.`,
      };
    default:
      return undefined;
  }
}
