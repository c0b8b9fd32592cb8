import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Answer, ModelRequest } from "../model/conversation.ts";
import { EDITOR_TYPE } from "../model/editor-only.ts";
import type { Failure } from "../model/failure.ts";
import { listModels } from "../model/list-models.ts";
import { modelWords } from "../model/model-words.ts";
import type { ModelInfo } from "../model/provider.ts";
import { countOf, recordOf } from "../model/record.ts";
import type { Router } from "../model/router.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";
import { estimatedTokens } from "../model/routing/signals.ts";
import { sentenceOf } from "../model/sentence.ts";
import type { KeptModels } from "./kept-models.ts";
import { toldOf, toolsOf } from "./language-model-messages.ts";
import { autoOf } from "./offered-models.ts";
import { signalOf } from "./refactor-actions.ts";

/** Our models for the editor's own chat. */
export interface LanguageModels extends vscode.LanguageModelChatProvider {
  /** Finds out which there are, and tells the editor when they are others. */
  readonly refresh: () => Promise<readonly vscode.LanguageModelChatInformation[]>;
  /** What was found out holds no longer. */
  readonly forget: () => void;
}

/** What they need. */
export interface LanguageModelParts {
  readonly router: Pick<Router, "providers" | "routing" | "infoOf" | "ask">;
  /** What was offered last, also by another window. */
  readonly kept: KeptModels;
  /** Called when others are offered now. */
  readonly onChanged: () => void;
}

/** How long lists of vendors may take, in milliseconds. */
const LIST_MS = 10_000;
/** How long what was found out holds: the editor asks whenever its list is shown. */
const FRESH_MS = 60_000;

/**
 * All routed models for the editor's own chat and for other extensions. What VS Code has no words for is lost on the
 * way: thinking, tokens used, and why an answer ended. A mode in which a tool has to be called is kept by asking for it
 * and, once, again, since some vendors cannot be forced.
 */
export function languageModels({ router, kept, onChanged }: LanguageModelParts): LanguageModels {
  let looks = 0;
  let found: { readonly at: number; readonly models: ReturnType<typeof look> } | undefined;
  const refresh = () => {
    const models = look();
    found = { at: Date.now(), models };
    models.catch(() => {
      found = undefined;
    });
    return models;
  };
  return {
    refresh,
    forget: () => {
      found = undefined;
    },
    async provideLanguageModelChatInformation() {
      const isFresh = found !== undefined && Date.now() - found.at < FRESH_MS;
      return [...(await (isFresh && found ? found.models : refresh()))];
    },
    async provideLanguageModelChatResponse(model, messages, options, progress, token) {
      const request = requestOf(model.id, messages, options);
      const signal = signalOf(token);
      const isForced =
        options.toolMode === vscode.LanguageModelChatToolMode.Required && request.tools.length > 0;
      const report = (part: vscode.LanguageModelResponsePart) => progress.report(part);
      const answer = isForced
        ? await forced(router, request, signal)
        : await asked(router, request, (text) => report(new vscode.LanguageModelTextPart(text)), signal);
      if (isForced) for (const text of textsOf(answer)) report(new vscode.LanguageModelTextPart(text));
      for (const it of callsOf(answer))
        report(new vscode.LanguageModelToolCallPart(it.id, it.name, { ...it.input }));
    },
    provideTokenCount: async (_model, text) =>
      estimatedTokens(typeof text === "string" ? text : toldOf([text])),
  };

  async function look(): Promise<readonly vscode.LanguageModelChatInformation[]> {
    const mine = ++looks;
    const offered = await offeredOf(router);
    // One that began later knows better.
    if (mine === looks && !isDeepStrictEqual(offered, kept.get())) {
      await kept.put(offered);
      onChanged();
    }
    return offered;
  }
}

/** Keeps the editor's chat told which models there are, where the person lets it have any. */
export function offerModels(
  models: LanguageModels,
  { onChanged }: { readonly onChanged: vscode.Event<void> },
  log: Pick<vscode.LogOutputChannel, "warn">,
  subscriptions: vscode.Disposable[],
): void {
  const refresh = () => {
    models.forget();
    if (vscode.workspace.getConfiguration("chat").get("disableAIFeatures") === true) return;
    models.refresh().catch((error: unknown) => log.warn(String(error)));
  };
  subscriptions.push(onChanged(refresh));
  refresh();
}

/** Models that can be asked: not the editor's own, which it has already, and none of whose vendor there is no key. */
async function offeredOf(
  router: LanguageModelParts["router"],
): Promise<readonly vscode.LanguageModelChatInformation[]> {
  const others = router.providers.filter((it) => it.type.type !== EDITOR_TYPE && it.type.type !== "offline");
  const reached = await Promise.all(others.map(isReached));
  const providers = others.filter((_, index) => reached[index]);
  if (providers.length === 0) return [];
  const auto = autoOf(router);
  const models = await listModels(providers, AbortSignal.timeout(LIST_MS));
  return [...(auto ? [auto] : []), ...models].map(informationOf);
}

async function isReached({ ways, setting, type }: OpenedProvider): Promise<boolean> {
  if (type.wired?.keysIn.length === 0 && setting.keys.length === 0) return true;
  const keys = await Promise.all(ways.map((it) => it.key().catch(() => undefined)));
  return keys.some((it) => it !== undefined && it !== "");
}

function informationOf(it: ModelInfo): vscode.LanguageModelChatInformation {
  const words = modelWords(it);
  return {
    id: it.id,
    name: it.name,
    family: it.id.slice(it.id.lastIndexOf("/") + 1),
    version: "1",
    detail: it.provider ?? "Wheelhouse",
    tooltip: words,
    // The editor counts input and output apart, vendors together.
    maxInputTokens: Math.max(1, it.contextWindow - Math.min(it.maxOutput, it.contextWindow / 2)),
    maxOutputTokens: Math.max(1, it.maxOutput),
    capabilities: { imageInput: it.images, toolCalling: true },
  };
}

function requestOf(
  model: string,
  given: readonly vscode.LanguageModelChatRequestMessage[],
  { tools, modelOptions }: vscode.ProvideLanguageModelChatResponseOptions,
): ModelRequest {
  const { system, messages } = toldOf(given);
  return {
    model,
    system,
    messages,
    tools: toolsOf(tools),
    effort: undefined,
    maxTokens: countOf(recordOf(modelOptions)["max_tokens"]),
    session: "",
    // The editor hands no thinking back, so none that it kept can be asked for.
    withoutThinking: true,
  };
}

/** Asks, with text told as it comes. Rejects with an error of the editor's kinds when there is no answer. */
async function asked(
  router: Pick<Router, "ask">,
  request: ModelRequest,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const texts = new Set<number>();
  for await (const event of router.ask(request, signal)) {
    if (event.type === "opened" && event.block === "text") texts.add(event.index);
    else if (event.type === "delta" && texts.has(event.index)) tell(event.text);
    else if (event.type === "failed") throw errorOf(event.failure, request.model);
    else if (event.type === "done") return accepted(event.answer, request.model);
  }
  throw new Error("The stream ended without an end.");
}

/** A refusal is no answer, though the stream has ended well. */
function accepted(answer: Answer, model: string): Answer {
  if (answer.stop !== "refusal") return answer;
  throw vscode.LanguageModelError.Blocked(
    `${model} declined to answer (${answer.stopDetail ?? "no reason"}).`,
  );
}

const MUST_CALL = "Answer by calling one of the tools. Text alone is not accepted.";

async function forced(
  router: Pick<Router, "ask">,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<Answer> {
  const reminder = { role: "user", content: [{ type: "text", text: MUST_CALL }] } as const;
  const system = request.system === "" ? MUST_CALL : `${request.system}\n\n${MUST_CALL}`;
  const first = await asked(router, { ...request, system }, () => undefined, signal);
  if (callsOf(first).length > 0) return first;
  const said = { role: "assistant", content: textBlocks(first) } as const;
  const messages = [...request.messages, ...(said.content.length > 0 ? [said] : []), reminder];
  const second = await asked(router, { ...request, system, messages }, () => undefined, signal);
  if (callsOf(second).length > 0) return second;
  throw new Error(`${request.model} called none of the tools, though one was required.`);
}

/** Calls that are whole and valid; others are never run. */
function callsOf({ content, badCalls }: Answer) {
  const bad = new Set(badCalls.map((it) => it.id));
  return content.flatMap((it) => (it.type === "tool_use" && !bad.has(it.id) ? [it] : []));
}

function textBlocks({ content }: Answer) {
  return content.flatMap((it) => (it.type === "text" && it.text !== "" ? [it] : []));
}

function textsOf(answer: Answer): readonly string[] {
  return textBlocks(answer).map((it) => it.text);
}

function errorOf(failure: Failure, model: string): Error {
  if (failure.kind === "stopped") return new vscode.CancellationError();
  const sentence = sentenceOf(failure, { model });
  switch (failure.kind) {
    case "no-key":
    case "auth":
    case "permission":
      return vscode.LanguageModelError.NoPermissions(sentence);
    case "model-unknown":
      return vscode.LanguageModelError.NotFound(sentence);
    case "budget":
    case "credit":
    case "spend-limit":
    case "rate-limit":
    case "no-key-free":
      return vscode.LanguageModelError.Blocked(sentence);
    default:
      return new Error(sentence);
  }
}
