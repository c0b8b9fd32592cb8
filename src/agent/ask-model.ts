import type { Answer, ModelRequest } from "../model/conversation.ts";
import { NO_USAGE } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import { costOf } from "../model/price.ts";
import type { ModelEvent } from "../model/provider.ts";
import { retryOf } from "../model/retry.ts";
import { sentenceOf } from "../model/sentence.ts";
import { never } from "../std/abort.ts";
import { requestMessages } from "./conversation.ts";
import type { EventBody } from "./events.ts";
import type { Live } from "./wiring.ts";

/** What came of asking the model: an answer, a failure with its sentence for the person, or Stop. */
export type Asked =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly failure: Failure; readonly text: string }
  | { readonly kind: "stopped" };

/** One answer of the model to the conversation as it stands, with retries. Everything of it is in the log when it resolves. */
export async function askModel(live: Live, signal: AbortSignal): Promise<Asked> {
  for (let attempt = 1; ; attempt++) {
    const asked = await once(live, signal);
    if (asked.kind !== "failed") return asked;
    const { failure } = asked;
    if (failure.kind === "thinking-mismatch" && !live.memory().conversation.withoutThinking) {
      await live.record({ type: "forgot-thinking" });
      continue;
    }
    const retry = retryOf(failure, attempt, Math.random());
    if (typeof retry === "string")
      return { ...asked, text: asked.text + (retry === "ask" ? waitText(failure) : "") };
    await live.record({
      type: "retrying",
      failure,
      attempt,
      waitMs: retry.waitMs,
      text: `${asked.text} Trying again in ${seconds(retry.waitMs)}.`,
    });
    const isStopped = await live.world.clock.sleep(retry.waitMs, signal).then(
      () => false,
      () => true,
    );
    if (isStopped) return { kind: "stopped" };
  }
}

function waitText({ retryAfterMs }: Failure): string {
  return retryAfterMs === undefined
    ? ""
    : ` It asks to wait ${seconds(retryAfterMs)}: choose Retry when you want to go on.`;
}

function seconds(ms: number): string {
  return ms < 120_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;
}

async function once(live: Live, signal: AbortSignal): Promise<Asked> {
  const { model } = live.memory().state;
  // Waited for, since what is recorded before it is sent with it, and what comes after it is not.
  await live.record({ type: "requested", model, provider: live.router.providerOf(model) ?? "" });
  const from = live.world.clock.now();
  const stream = streamTo(live);
  let last: ModelEvent | undefined;
  for await (const event of live.router.ask(requestOf(live, model), signal)) {
    stream.take(event);
    await told(live, event);
    last = event;
  }
  // Shares its write with the end of the answer, which is recorded in the same moment.
  stream.put();
  return concluded(live, model, last, live.world.clock.now() - from);
}

/** Who is asked instead, and budgets that are nearly used up, are said at once. */
async function told(live: Live, event: ModelEvent): Promise<void> {
  if (event.type === "warned") await live.record({ type: "warned", text: event.sentence });
  if (event.type !== "moved") return;
  const why = event.failure.message.trim().replace(/[.\s]+$/, "");
  await live.record({
    type: "warned",
    text: `${event.from} did not answer (${why}); ${event.to} is asked instead.`,
  });
}

async function concluded(
  live: Live,
  model: string,
  last: ModelEvent | undefined,
  durationMs: number,
): Promise<Asked> {
  const info = live.router.infoOf(model);
  if (last?.type === "done") {
    const { answer } = last;
    const cost = costOf(answer.usage, live.router.infoOf(answer.model) ?? info);
    await live.record({ type: "said", answer, cost, durationMs });
    return { kind: "answer", answer };
  }
  const failed = last?.type === "failed" ? last : { failure: CUT, text: "", usage: NO_USAGE };
  const { failure, text, usage } = failed;
  // A vendor may say the very key it refused.
  if (failure.kind !== "stopped") await live.freshen();
  await live.record({ type: "broke", failure, text, usage, cost: costOf(usage, info), durationMs });
  return failure.kind === "stopped"
    ? { kind: "stopped" }
    : { kind: "failed", failure, text: sentenceOf(failure, { model }) };
}

const CUT: Failure = { kind: "cut", message: "the stream ended without an end" };

function requestOf(live: Live, model: string): ModelRequest {
  const { state, conversation } = live.memory();
  return {
    model,
    system: conversation.system,
    tools: conversation.tools,
    messages: requestMessages(conversation),
    effort: state.effort,
    maxTokens: undefined,
    session: state.id,
    withoutThinking: conversation.withoutThinking,
  };
}

/** How long pieces of a stream are gathered before they are recorded, in milliseconds: smooth to the eye, few records. */
const GATHER_MS = 40;

type Piece = Extract<EventBody, { type: "streamed" }>;

/** Gathers the pieces of a stream and records them; records of one stream keep their order. */
function streamTo(live: Live): { take: (event: ModelEvent) => void; put: () => void } {
  const kinds = new Map<number, Pick<Piece, "kind" | "name" | "id">>();
  let gathered: Piece[] = [];
  const unstopped = never();
  return {
    take(event) {
      if (event.type === "opened") begin(event);
      else if (event.type === "delta") gather(event.index, event.text);
    },
    put,
  };

  function begin({ index, block, id, name }: Extract<ModelEvent, { type: "opened" }>): void {
    if (block === "other") return;
    if (block !== "tool_use") return void kinds.set(index, { kind: block });
    live.tools.find((it) => it.name === name)?.prepare?.(live.world);
    kinds.set(index, { kind: "call", ...(id !== undefined && { id }), ...(name !== undefined && { name }) });
    gather(index, "");
  }

  function gather(block: number, text: string): void {
    const kind = kinds.get(block);
    if (!kind) return;
    if (gathered.length === 0) live.world.clock.sleep(GATHER_MS, unstopped).then(put, put);
    const last = gathered.at(-1);
    if (last?.block === block) gathered[gathered.length - 1] = { ...last, text: last.text + text };
    else gathered.push({ type: "streamed", block, text, ...kind });
  }

  /** Records what has been gathered. A failed write shows at the next event that is waited for. */
  function put(): void {
    const pieces = gathered;
    gathered = [];
    for (const it of pieces) live.record(it).catch(() => undefined);
  }
}
