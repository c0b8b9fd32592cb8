import type { Block, Message, ModelRequest, ToolSpec } from "../../src/model/conversation.ts";
import type { ModelEvent, Provider } from "../../src/model/provider.ts";
import { anthropic } from "../../src/model/providers/anthropic.ts";

/** A tool that reads a file, as models see it. */
export const READ_TOOL: ToolSpec = {
  name: "Read",
  description: "Reads a file.",
  input_schema: { type: "object", properties: { file_path: { type: "string" } }, required: ["file_path"] },
};

/** A request for one prompt, with what the test cares about in `parts`. */
export function request(parts: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: "claude-sonnet-5-5",
    system: "You are a test.",
    tools: [READ_TOOL],
    messages: [user("hello")],
    effort: undefined,
    maxTokens: undefined,
    session: "session1",
    withoutThinking: false,
    ...parts,
  };
}

/** A user message of one text. */
export function user(text: string): Message {
  return { role: "user", content: [{ type: "text", text }] };
}

/** A message of blocks. */
export function message(role: Message["role"], ...content: readonly Block[]): Message {
  return { role, content };
}

/** The anthropic provider over a server or a `fetch` of the test. */
export function provider(parts: {
  readonly url?: string;
  readonly fetch?: typeof fetch;
  readonly silenceMs?: number;
  readonly key?: string | undefined;
}): Provider {
  const key = "key" in parts ? parts.key : "sk-ant-test-000000";
  return anthropic.open({
    key: async () => key,
    baseUrl: parts.url ?? "http://127.0.0.1:9",
    fetch: parts.fetch ?? fetch,
    silenceMs: parts.silenceMs ?? 5000,
  });
}

/** All events of one answer. */
export async function eventsOf(
  from: Provider,
  asked: ModelRequest = request(),
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const it of from.ask(asked, signal)) events.push(it);
  return events;
}

/** The last event of an answer, which is `done` or `failed`. */
export async function endOf(
  from: Provider,
  asked: ModelRequest = request(),
  signal: AbortSignal = new AbortController().signal,
): Promise<Extract<ModelEvent, { type: "done" | "failed" }>> {
  const last = (await eventsOf(from, asked, signal)).at(-1);
  if (last?.type !== "done" && last?.type !== "failed") throw new Error(`ended with ${JSON.stringify(last)}`);
  return last;
}

/** A `fetch` that answers with these chunks as an event stream, then ends, or fails with `error`. */
export function chunkFetch(
  chunks: Iterable<Uint8Array>,
  {
    error,
    status = 200,
    headers = { "content-type": "text/event-stream" },
  }: {
    readonly error?: Error;
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): typeof fetch {
  return async () => {
    const all = chunks[Symbol.iterator]();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = all.next();
        if (!done) controller.enqueue(value);
        else if (error) controller.error(error);
        else controller.close();
      },
    });
    return new Response(body, { status, headers });
  };
}
