import * as vscode from "vscode";
import type { Answer, Block, JsonObject, Message, ModelRequest, ToolSpec } from "../model/conversation.ts";
import { NO_USAGE } from "../model/conversation.ts";
import { EDITOR_TYPE } from "../model/editor-only.ts";
import type { Failure } from "../model/failure.ts";
import type { ModelEvent, ModelInfo, ProviderType } from "../model/provider.ts";
import { estimatedTokens } from "../model/routing/signals.ts";
import { untilAborted } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";

/** Asks the editor which models it has; a parameter, since in tests it has none. */
type Select = (
  selector: vscode.LanguageModelChatSelector,
) => PromiseLike<readonly vscode.LanguageModelChat[]>;

/** Our own vendor, whose models are not offered to ourselves. */
const OWN_VENDOR = "wheelhouse";

const LOST = "by VS Code, without thinking; tokens are estimated";

/**
 * Models that the editor itself has, of Copilot or other extensions; opened where the settings name the type. VS Code
 * asks the person once whether we may use them. It hands on text and calls only: thinking is lost, why an answer ended
 * (a call ends it with "tool_use", all else is "end_turn"), what was used (tokens are estimated and cost nothing known),
 * and prompts are cached as the editor likes. The system prompt goes as the first message of the user.
 */
export function languageModelType(select: Select): ProviderType {
  return {
    type: EDITOR_TYPE,
    claims: () => false,
    infoOf: () => undefined,
    open: () => ({
      name: EDITOR_TYPE,
      models: async (signal) => {
        const models = await listed(select, signal);
        return models.filter((it) => it.vendor !== OWN_VENDOR).map(infoOf);
      },
      ask: (request, signal) => ask(select, request, signal),
    }),
  };
}

/** How long other extensions may take to say what they have, in milliseconds. */
const LIST_MS = 5_000;

/** None where the editor does not answer in time: the models of all other providers must not wait for it. */
async function listed(select: Select, signal: AbortSignal): Promise<readonly vscode.LanguageModelChat[]> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(LIST_MS)]);
  return untilAborted(Promise.resolve(select({})), late).catch(() => {
    signal.throwIfAborted();
    return [];
  });
}

/** Models of one id from several vendors are different ones. */
function idOf({ vendor, id }: vscode.LanguageModelChat): string {
  return `${vendor}/${id}`;
}

/** VS Code does not say how much a model may answer; this much is assumed. */
const OUTPUT = 16_384;

function infoOf(it: vscode.LanguageModelChat): ModelInfo {
  return {
    id: idOf(it),
    name: it.name,
    contextWindow: it.maxInputTokens + OUTPUT,
    maxOutput: OUTPUT,
    efforts: [],
    images: false,
    rates: undefined,
    note: LOST,
  };
}

async function* ask(select: Select, request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  const blocks: Block[] = [];
  const usage = () => ({
    ...NO_USAGE,
    input: estimatedTokens([request.system, request.tools, request.messages]),
    output: estimatedTokens(blocks),
  });
  const cancel = new vscode.CancellationTokenSource();
  const stop = () => cancel.cancel();
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    const model = (await select({})).find((it) => idOf(it) === request.model);
    if (model === undefined)
      return yield failed({ kind: "model-unknown", message: "VS Code has it no more" }, blocks);
    const answer = await model.sendRequest(messagesOf(request), optionsOf(request), cancel.token);
    yield { type: "started", model: request.model, usage: { ...usage(), output: 0 } };
    yield* streamed(answer.stream, blocks, signal);
    yield { type: "done", answer: answerOf(request.model, blocks, usage()) };
  } catch (error) {
    yield failed(signal.aborted ? STOPPED : failureOf(error), blocks);
  } finally {
    signal.removeEventListener("abort", stop);
    cancel.dispose();
  }
}

const STOPPED: Failure = { kind: "stopped", message: "stopped" };

/** Tells what comes, and gathers it in `blocks`. */
async function* streamed(
  stream: AsyncIterable<unknown>,
  blocks: Block[],
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  let text: string | undefined;
  const close = (): ModelEvent[] => {
    if (text === undefined) return [];
    blocks.push({ type: "text", text });
    text = undefined;
    return [{ type: "closed", index: blocks.length - 1 }];
  };
  try {
    for await (const part of stream) {
      signal.throwIfAborted();
      const index = blocks.length;
      if (part instanceof vscode.LanguageModelTextPart) {
        if (text === undefined) yield { type: "opened", index, block: "text" };
        text = (text ?? "") + part.value;
        yield { type: "delta", index, text: part.value };
      } else if (part instanceof vscode.LanguageModelToolCallPart) {
        yield* close();
        yield* calling(part, blocks);
      }
    }
    yield* close();
  } finally {
    // What was said before it broke off is kept.
    if (text !== undefined) blocks.push({ type: "text", text });
  }
}

function* calling(part: vscode.LanguageModelToolCallPart, blocks: Block[]): Generator<ModelEvent> {
  const [index, input] = [blocks.length, part.input as JsonObject];
  yield { type: "opened", index, block: "tool_use", id: part.callId, name: part.name };
  yield { type: "delta", index, text: JSON.stringify(input) };
  blocks.push({ type: "tool_use", id: part.callId, name: part.name, input });
  yield { type: "closed", index };
}

function answerOf(model: string, content: readonly Block[], usage: Answer["usage"]): Answer {
  const stop = content.some((it) => it.type === "tool_use") ? "tool_use" : "end_turn";
  return { id: "", model, content, stop, usage, badCalls: [] };
}

function failed(failure: Failure, blocks: readonly Block[]): ModelEvent {
  const text = blocks.flatMap((it) => (it.type === "text" ? [it.text] : [])).join("");
  return { type: "failed", failure, text, usage: NO_USAGE };
}

function failureOf(error: unknown): Failure {
  const code = error instanceof vscode.LanguageModelError ? error.code : "";
  const kind = KINDS[code] ?? "unknown";
  return { kind, message: messageOf(error) };
}

const KINDS: Readonly<Record<string, Failure["kind"]>> = {
  NoPermissions: "permission",
  Blocked: "rate-limit",
  NotFound: "model-unknown",
};

function optionsOf({ tools }: ModelRequest): vscode.LanguageModelChatRequestOptions {
  return {
    justification: "Wheelhouse asks this model because its settings say so.",
    ...(tools.length > 0 && { tools: tools.map(toolOf), toolMode: vscode.LanguageModelChatToolMode.Auto }),
  };
}

function toolOf({ name, description, input_schema }: ToolSpec): vscode.LanguageModelChatTool {
  return { name, description, inputSchema: input_schema };
}

function messagesOf({ system, messages }: ModelRequest): vscode.LanguageModelChatMessage[] {
  const first = system === "" ? [] : [vscode.LanguageModelChatMessage.User(system)];
  return [...first, ...messages.map(messageTo).filter((it) => it.content.length > 0)];
}

function messageTo({ role, content }: Message): vscode.LanguageModelChatMessage {
  const { Assistant, User } = vscode.LanguageModelChatMessageRole;
  return new vscode.LanguageModelChatMessage(
    role === "assistant" ? Assistant : User,
    content.flatMap(partsOf),
  );
}

/** Thinking and blocks of one vendor have no word there. */
function partsOf(block: Block): vscode.LanguageModelInputPart[] {
  switch (block.type) {
    case "text":
    case "image":
      return [saidTo(block)];
    case "tool_use":
      return [new vscode.LanguageModelToolCallPart(block.id, block.name, { ...block.input })];
    case "tool_result": {
      const said =
        typeof block.content === "string" ? [{ type: "text", text: block.content } as const] : block.content;
      return [new vscode.LanguageModelToolResultPart(block.tool_use_id, said.map(saidTo))];
    }
    default:
      return [];
  }
}

function saidTo(block: Extract<Block, { readonly type: "text" | "image" }>) {
  return block.type === "text"
    ? new vscode.LanguageModelTextPart(block.text)
    : vscode.LanguageModelDataPart.image(Buffer.from(block.source.data, "base64"), block.source.media_type);
}
