import type { ModelRequest } from "../conversation.ts";
import type { MessagesRequest } from "../messages.ts";
import { textOf } from "../record.ts";

/** What the decision about a request's way depends on. */
export interface Signals {
  /** The model as it was asked for. */
  readonly model: string;
  /** Estimated tokens of the whole input; computed when first asked. */
  readonly tokens: () => number;
  /** More than these they are not, which is known without looking; absent: it is not. */
  readonly mostTokens?: number;
  readonly thinking: boolean;
  /** Whether a tool searches the web. */
  readonly search: boolean;
  readonly images: boolean;
  readonly tools: readonly string[];
  /** Whether the model is meant as it is named: a person has chosen it for this session. */
  readonly pinned: boolean;
  /** A category that the client names. */
  readonly category: string | undefined;
  readonly subagent: boolean;
  readonly client: string;
  readonly session: string;
  readonly user: string;
  readonly project: string;
}

/** Who asks, as far as the request itself does not say it. */
export type Asker = Pick<
  Signals,
  "pinned" | "category" | "subagent" | "client" | "session" | "user" | "project"
>;

/** Somebody of whom nothing is known. */
export const NOBODY: Asker = {
  pinned: false,
  category: undefined,
  subagent: false,
  client: "",
  session: "",
  user: "",
  project: "",
};

/** Characters of JSON for one token, on average over prose and code in English; the ledger's real counts lie within a fifth of it. */
const CHARACTERS_PER_TOKEN = 3.6;
/** Tokens of a picture of middling size (https://platform.claude.com/docs/en/build-with-claude/vision). */
const IMAGE_TOKENS = 1_600;

/** The signals of a request in the canonical form. */
export function signalsOf(request: MessagesRequest, asker: Asker): Signals {
  const kind = request.thinking?.type;
  const effort = textOf(request.output_config?.["effort"]);
  const isThinking = kind === "enabled" || kind === "adaptive" || (effort !== undefined && HARD.has(effort));
  return {
    ...asker,
    model: request.model,
    tokens: once(() => estimatedTokens([request.system, request.tools, request.messages])),
    thinking: isThinking,
    search: request.tools.some((it) => SEARCH.test(it.type ?? "") || it.name === "WebSearch"),
    get images() {
      return request.messages.some((it) => it.content.some((block) => block.type === "image"));
    },
    tools: request.tools.map((it) => it.name),
  };
}

/** The signals of a request of our own agent. */
export function signalsOfTurn(request: ModelRequest, asker: Asker): Signals {
  return {
    ...asker,
    pinned: true,
    session: request.session,
    model: request.model,
    tokens: once(() => estimatedTokens([request.system, request.tools, request.messages])),
    thinking: request.effort !== undefined && HARD.has(request.effort),
    search: request.tools.some((it) => it.name === "WebSearch"),
    get images() {
      return request.messages.some((it) => it.content.some((block) => block.type === "image"));
    },
    tools: request.tools.map((it) => it.name),
  };
}

const HARD: ReadonlySet<string> = new Set(["high", "xhigh", "max"]);
const SEARCH = /^web_search/;

/** Tokens of a value as JSON, with pictures by their number and not by their bytes. */
export function estimatedTokens(value: unknown): number {
  const size = { characters: 0, images: 0 };
  measure(value, size);
  return Math.ceil(size.characters / CHARACTERS_PER_TOKEN) + size.images * IMAGE_TOKENS;
}

/** Longer texts without a blank are bytes, not words. */
const LONGEST_WORD = 4_096;

function measure(value: unknown, size: { characters: number; images: number }): void {
  if (typeof value === "string") {
    if (value.length > LONGEST_WORD && !/\s/.test(value.slice(0, LONGEST_WORD))) size.images++;
    else size.characters += value.length;
  } else if (Array.isArray(value)) for (const it of value) measure(it, size);
  else if (typeof value === "object" && value !== null)
    for (const [key, it] of Object.entries(value)) {
      size.characters += key.length + 4;
      measure(it, size);
    }
  else size.characters += 4;
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
