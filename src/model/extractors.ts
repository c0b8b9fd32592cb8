import type { Usage } from "./conversation.ts";
import { NO_USAGE } from "./conversation.ts";
import { countOf, recordOf, textOf } from "./record.ts";

/** Where an answer that is passed on as it came says what it used and how it ended. A new vendor is an entry here. */
export interface Extractor {
  /** Text that every event has which says something of this; others are not looked into. */
  readonly marks: readonly string[];
  /** Paths of usage reports; later ones replace what earlier ones said. */
  readonly usage: readonly string[];
  /** Members of a usage report, by class; the first that is a number counts. */
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly cacheRead: readonly string[];
  readonly cacheWrite: readonly string[];
  readonly cacheWrite1h: readonly string[];
  /** Whether the input counts what was read from, and written into, caches. */
  readonly inputHasCached: boolean;
  /** Output that is counted apart. */
  readonly extraOutput: readonly string[];
  /** Paths of the reason for the end. */
  readonly stop: readonly string[];
  /** Types of events, or words in place of one, with which a stream is whole. */
  readonly ends: readonly string[];
  /** Whether a stream is whole, too, when it told why it ended. */
  readonly endsWithStop: boolean;
  /** Paths that only an error has. */
  readonly error: readonly string[];
}

const ANTHROPIC: Extractor = {
  marks: ['"usage"', '"message_stop"', '"error"'],
  usage: ["message.usage", "usage"],
  input: ["input_tokens"],
  output: ["output_tokens"],
  cacheRead: ["cache_read_input_tokens"],
  cacheWrite: ["cache_creation_input_tokens"],
  cacheWrite1h: ["cache_creation.ephemeral_1h_input_tokens"],
  inputHasCached: false,
  extraOutput: [],
  stop: ["delta.stop_reason", "stop_reason"],
  ends: ["message_stop"],
  endsWithStop: true,
  error: ["error"],
};

const OPENAI_CHAT: Extractor = {
  marks: ['"usage"', '"finish_reason"', "[DONE]", '"error"'],
  usage: ["usage"],
  input: ["prompt_tokens"],
  output: ["completion_tokens"],
  cacheRead: ["prompt_tokens_details.cached_tokens", "prompt_cache_hit_tokens"],
  cacheWrite: ["prompt_tokens_details.cache_write_tokens"],
  cacheWrite1h: [],
  inputHasCached: true,
  extraOutput: [],
  stop: ["choices.0.finish_reason"],
  ends: ["[DONE]"],
  endsWithStop: true,
  error: ["error"],
};

const OPENAI_RESPONSES: Extractor = {
  marks: ['"usage"', '"response.completed"', '"response.incomplete"', '"response.failed"', '"error"'],
  usage: ["response.usage", "usage"],
  input: ["input_tokens"],
  output: ["output_tokens"],
  cacheRead: ["input_tokens_details.cached_tokens"],
  cacheWrite: ["input_tokens_details.cache_write_tokens"],
  cacheWrite1h: [],
  inputHasCached: true,
  extraOutput: [],
  stop: ["response.status", "status"],
  ends: ["response.completed", "response.incomplete", "response.failed"],
  endsWithStop: false,
  error: ["response.error", "error"],
};

const GEMINI: Extractor = {
  marks: ['"usageMetadata"', '"finishReason"', '"blockReason"', '"error"'],
  usage: ["usageMetadata"],
  input: ["promptTokenCount"],
  output: ["candidatesTokenCount"],
  cacheRead: ["cachedContentTokenCount"],
  cacheWrite: [],
  cacheWrite1h: [],
  inputHasCached: true,
  extraOutput: ["thoughtsTokenCount"],
  stop: ["candidates.0.finishReason", "promptFeedback.blockReason"],
  ends: [],
  endsWithStop: true,
  error: ["error"],
};

/** By the dialect in which an answer comes. */
export const EXTRACTORS: Readonly<Record<string, Extractor>> = {
  anthropic: ANTHROPIC,
  "openai-chat": OPENAI_CHAT,
  "openai-responses": OPENAI_RESPONSES,
  gemini: GEMINI,
};

/** What has been read out of an answer so far. */
export interface Extracted {
  usage: Usage;
  stop: string;
  /** Whether the answer is whole. */
  isWhole: boolean;
  /** The message of an error in it. */
  error: string | undefined;
  /** What the vendor calls that error; "" for nothing. */
  errorType: string;
}

/** Reads one event, or the whole body, into what is known; `text` is JSON, or a word such as "[DONE]". */
export function extract(extractor: Extractor, text: string, into: Extracted): void {
  if (!extractor.marks.some((it) => text.includes(it))) return;
  const event = parsed(text);
  // The same words in an answer's text end nothing.
  if (extractor.ends.includes(textOf(recordOf(event).type) ?? text)) into.isWhole = true;
  if (event === undefined) return;
  for (const path of extractor.usage) {
    const report = recordOf(at(event, path));
    if (Object.keys(report).length > 0) into.usage = usageOf(extractor, report, into.usage);
  }
  for (const path of extractor.stop) into.stop = textOf(at(event, path)) ?? into.stop;
  for (const path of extractor.error) {
    const error = at(event, path);
    if (typeof error !== "object" || error === null || into.error !== undefined) continue;
    const { message, type, code } = recordOf(error);
    into.error = textOf(message) ?? "the vendor reported an error";
    into.errorType = textOf(type) ?? textOf(code) ?? "";
  }
}

/** Nothing read yet. */
export function nothingExtracted(): Extracted {
  return { usage: NO_USAGE, stop: "", isWhole: false, error: undefined, errorType: "" };
}

function usageOf(it: Extractor, report: Readonly<Record<string, unknown>>, before: Usage): Usage {
  const first = (paths: readonly string[]) => {
    for (const path of paths) {
      const value = countOf(at(report, path));
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const cacheRead = first(it.cacheRead) ?? before.cacheRead;
  const written = first(it.cacheWrite);
  const hour = first(it.cacheWrite1h) ?? before.cacheWrite1h;
  const five = written === undefined ? before.cacheWrite5m : Math.max(0, written - hour);
  const input = first(it.input);
  const cached = it.inputHasCached ? cacheRead + five + hour : 0;
  const output = first(it.output);
  return {
    input: input === undefined ? before.input : Math.max(0, input - cached),
    cacheWrite5m: five,
    cacheWrite1h: hour,
    cacheRead,
    output: output === undefined ? before.output : output + (first(it.extraOutput) ?? 0),
  };
}

function at(value: unknown, path: string): unknown {
  let it = value;
  for (const name of stepsOf(path)) it = recordOf(it)[name];
  return it;
}

/** Paths are few and stand in the entries above. */
const steps = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const known = steps.get(path);
  if (known !== undefined) return known;
  const made = path.split(".");
  steps.set(path, made);
  return made;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A word of the protocol, or a damaged event, which is the client's to judge.
    return undefined;
  }
}
