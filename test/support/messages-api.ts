import type { WireBlock } from "./stand-in/wire.ts";

/** What the API answered: an error's parts, or a message's. */
export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly message: string;
  readonly content: readonly WireBlock[];
  readonly usage: Readonly<Record<string, number>>;
  readonly input_transformations?: readonly { readonly type: string; readonly path: string }[];
}

/** Headers of a well-behaved client. */
export const HEADERS = { "anthropic-version": "2026-10-21", authorization: "Bearer k" };

/** Sends one request and reads its answer. */
export async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
  path = "/v1/messages",
): Promise<Reply> {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(body),
  });
  const json = JSON.parse(await answer.text());
  return {
    status: answer.status,
    message: "",
    content: [],
    usage: {},
    ...json.error,
    ...(json.error ? {} : json),
  };
}

/** A text block. */
export const text = (it: string, more: object = {}) => ({ type: "text", text: it, ...more });
/** A user message of blocks. */
export const user = (...content: object[]) => ({ role: "user", content });
/** An assistant message of blocks. */
export const assistant = (...content: object[]) => ({ role: "assistant", content });
/** A system message of blocks. */
export const system = (...content: object[]) => ({ role: "system", content });
/** A call of the tool Read. */
export const use = (id: string) => ({ type: "tool_use", id, name: "Read", input: {} });
/** The result of a call. */
export const result = (id: string, more: object = {}) => ({
  type: "tool_result",
  tool_use_id: id,
  content: "x",
  ...more,
});
/** A tool without arguments. */
export const tool = (name: string, more: object = {}) => ({
  name,
  input_schema: { type: "object" },
  ...more,
});
/** A cache mark of five minutes. */
export const mark = { cache_control: { type: "ephemeral" } };
/** A cache mark of an hour. */
export const hour = { cache_control: { type: "ephemeral", ttl: "1h" } };
/** The shortest conversation. */
export const hi = user(text("hi"));
/** A request that is taken, but for `parts`. */
export const body = (parts: object) => ({
  model: "claude-opus-5-5",
  max_tokens: 100,
  messages: [hi],
  ...parts,
});
