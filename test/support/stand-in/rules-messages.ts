import { bad } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import type { Asked, WireBlock, WireMessage } from "./wire.ts";
import { allBlocks, innerBlocks } from "./wire.ts";

/** Members each kind of block may have. Kinds that are not here are not looked into. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  text: ["type", "text", "cache_control", "citations"],
  image: ["type", "source", "cache_control", "transformations"],
  thinking: ["type", "thinking", "signature"],
  redacted_thinking: ["type", "data"],
  tool_use: ["type", "id", "name", "input", "cache_control", "caller"],
  tool_result: ["type", "tool_use_id", "content", "is_error", "cache_control"],
};

function firstOf<T, R>(items: readonly T[], find: (item: T, at: number) => R | undefined): R | undefined {
  for (const [at, item] of items.entries()) {
    const found = find(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isCall({ type }: WireBlock): boolean {
  return type === "tool_use";
}

/** Whether what a message says ends in the result of a server's tool. */
function endsInServerResult(message: WireMessage | undefined): boolean {
  return message?.role === "assistant" && /_tool_result$/.test(message.content.at(-1)?.type ?? "");
}

/** The messages with neighbours of one role joined, as the API reads them; system messages left out. */
function turns({ messages }: Asked): { role: string; at: number; content: WireBlock[] }[] {
  const joined: { role: string; at: number; content: WireBlock[] }[] = [];
  for (const [at, { role, content }] of messages.entries()) {
    const last = joined.at(-1);
    if (role === "system") continue;
    if (last?.role === role) last.content.push(...content);
    else joined.push({ role, at, content: [...content] });
  }
  return joined;
}

/** Rules about the order of messages and what may stand in them. */
export const messageRules: readonly Rule[] = [
  {
    name: "no messages",
    check: ({ messages }) =>
      messages.length === 0 ? bad("messages: at least one message is required") : undefined,
  },
  {
    name: "system message first",
    check: ({ messages }) =>
      messages[0]?.role === "system"
        ? bad("messages.0: use the top-level 'system' parameter for the initial system prompt")
        : undefined,
  },
  {
    name: "first message of the assistant",
    check: ({ messages }) =>
      messages[0]?.role === "assistant" ? bad('messages: first message must use the "user" role') : undefined,
  },
  {
    name: "unknown field of a message",
    check: ({ messages, betas }) =>
      firstOf(messages, ({ raw }, at) => {
        const clear = betas.includes("mid-conversation-system-clear-at-2026-08-21") ? ["clear_at"] : [];
        const effort = betas.includes("mid-conversation-output-config-2026-07-01") ? ["output_config"] : [];
        const strange = Object.keys(raw).find((it) => !["role", "content", ...clear, ...effort].includes(it));
        return strange === undefined
          ? undefined
          : bad(`messages.${at}.${strange}: Extra inputs are not permitted`);
      }),
  },
  {
    name: "unknown field of a block",
    check: (asked) =>
      firstOf(allBlocks(asked), ({ block, path }) => {
        const taken = MEMBERS[block.type];
        const strange = taken && Object.keys(block).find((it) => !taken.includes(it));
        if (strange === undefined) return undefined;
        // A mark on thinking has the same words.
        return bad(`${path}.${block.type}.${strange}: Extra inputs are not permitted`);
      }),
  },
  {
    name: "answer put into the assistant's mouth",
    check: ({ messages }, { prefill }) => {
      const last = messages.findLast((it) => it.role !== "system");
      if (last?.role !== "assistant") return undefined;
      const paused = last.content.some((it) => it.type === "server_tool_use");
      if (!prefill) {
        return paused
          ? undefined
          : bad(
              "This model does not support assistant message prefill. The conversation must end with a user message.",
            );
      }
      const text = last.content.at(-1)?.text;
      return typeof text === "string" && text !== text.trimEnd()
        ? bad("messages: final assistant content cannot end with trailing whitespace")
        : undefined;
    },
  },
  {
    name: "message without content",
    check: ({ messages }) =>
      firstOf(messages, ({ content, role, raw }, at) =>
        content.length === 0 &&
        !(role === "system" && raw.output_config) &&
        !(role === "assistant" && at === messages.length - 1)
          ? bad(
              `messages.${at}: all messages must have non-empty content except for the optional final assistant message`,
            )
          : undefined,
      ),
  },
  {
    name: "empty text",
    check: (asked) =>
      firstOf(
        [...asked.system, ...allBlocks(asked).flatMap(({ block }) => [block, ...innerBlocks(block)])],
        (block) => {
          if (block.type !== "text") return undefined;
          if (typeof block.text !== "string" || block.text === "") {
            return block.cache_control
              ? bad("cache_control cannot be set for empty text blocks")
              : bad("messages: text content blocks must be non-empty");
          }
          return block.text.trim() === ""
            ? bad("messages: text content blocks must contain non-whitespace text")
            : undefined;
        },
      ),
  },
  {
    name: "text that is no Unicode",
    check: ({ raw }) =>
      // Serialising escapes lone surrogates and nothing else that way.
      /(?<!\\)(\\\\)*\\u(d[89a-f]|0000)/i.test(JSON.stringify(raw))
        ? bad("The request body is not valid JSON: no low surrogate in string")
        : undefined,
  },
  {
    name: "block in a message of the wrong role",
    check: (asked) =>
      firstOf(allBlocks(asked), ({ block, message, path }) => {
        if (message.role !== "user" && block.type === "tool_result")
          return bad(`${path}: \`tool_result\` blocks can only be in \`user\` messages`);
        if (message.role !== "assistant" && isCall(block))
          return bad(`${path}: \`tool_use\` blocks can only be in \`assistant\` messages`);
        if (message.role !== "assistant" && /thinking$/.test(block.type))
          return bad(`${path}: \`${block.type}\` blocks can only be in \`assistant\` messages`);
        if (message.role === "assistant" && block.type === "document")
          return bad(`${path}: \`document\` blocks can only be in \`user\` messages`);
        return message.role === "user" && Array.isArray(block.citations) && block.citations.length > 0
          ? bad(`${path}.citations: Extra inputs are not permitted`)
          : undefined;
      }),
  },
  {
    name: "system message on a model without them",
    check: ({ messages }, model) =>
      messages.some((it) => it.role === "system") && !model.systemMessages
        ? bad("role 'system' is not supported on this model")
        : undefined,
  },
  {
    name: "system message in a wrong place",
    check: ({ messages }) =>
      firstOf(messages, ({ role, content }, at) => {
        if (role !== "system" || content.length === 0) return undefined;
        const before = messages.findLast((it, place) => place < at && it.role !== "system");
        const after = messages.find((it, place) => place > at && it.role !== "system");
        const fits = before?.role === "user" || endsInServerResult(before);
        return fits && after?.role !== "user"
          ? undefined
          : bad(
              `messages.${at}: role 'system' must follow a 'user' message or an 'assistant' message ending in a server tool result`,
            );
      }),
  },
  {
    name: "call id of forbidden characters",
    check: (asked) =>
      firstOf(allBlocks(asked), ({ block, path }) => {
        if (isCall(block) && !/^[a-zA-Z0-9_-]+$/.test(String(block.id))) {
          return bad(`${path}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
        }
        return block.type === "server_tool_use" && !/^srvtoolu_[a-zA-Z0-9_]+$/.test(String(block.id))
          ? bad(`${path}.server_tool_use.id: String should match pattern '^srvtoolu_[a-zA-Z0-9_]+$'`)
          : undefined;
      }),
  },
  {
    name: "call name or input that is none",
    check: (asked) =>
      firstOf(allBlocks(asked), ({ block, path }) => {
        if (!isCall(block)) return undefined;
        if (!/^[a-zA-Z0-9_-]{1,200}$/.test(String(block.name)))
          return bad(`${path}.tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,200}$'`);
        return typeof block.input === "object" && block.input !== null && !Array.isArray(block.input)
          ? undefined
          : bad(`${path}.tool_use.input: Input should be a valid dictionary`);
      }),
  },
  {
    name: "call id used twice",
    check: (asked) => {
      const seen = new Set<unknown>();
      return firstOf(allBlocks(asked), ({ block, path }) => {
        if (!isCall(block)) return undefined;
        if (seen.has(block.id)) return bad(`${path}: \`tool_use\` ids must be unique`);
        seen.add(block.id);
        return undefined;
      });
    },
  },
  {
    name: "call without its result right behind",
    check: (asked) => {
      const joined = turns(asked);
      return firstOf(joined, ({ content, at }, place) => {
        const ids = content.filter(isCall).map((it) => String(it.id));
        const answers = joined[place + 1]?.content ?? [];
        // Results stand first; what comes behind other blocks does not count.
        const behind = answers.findIndex((it) => it.type !== "tool_result");
        const results = answers
          .slice(0, behind === -1 ? answers.length : behind)
          .map((it) => String(it.tool_use_id));
        const missing = ids.filter((it) => !results.includes(it));
        return missing.length === 0
          ? undefined
          : bad(
              `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
            );
      });
    },
  },
  {
    name: "system message between a call and its result",
    check: ({ messages }) =>
      firstOf(messages, ({ role }, at) =>
        role === "system" && messages[at - 1]?.content.some(isCall)
          ? bad(
              `messages.${at}: role 'system' must follow a 'user' message or an 'assistant' message ending in a server tool result`,
            )
          : undefined,
      ),
  },
  {
    name: "two results of one call",
    check: (asked) =>
      firstOf(turns(asked), ({ content }) => {
        const ids = content.filter((it) => it.type === "tool_result").map((it) => it.tool_use_id);
        const twice = ids.find((it, at) => ids.indexOf(it) !== at);
        return twice === undefined
          ? undefined
          : bad(
              `each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${twice}`,
            );
      }),
  },
  {
    name: "result without its call",
    check: (asked) => {
      const joined = turns(asked);
      return firstOf(joined, ({ content, at }, place) => {
        const calls = joined[place - 1]?.content.filter(isCall).map((it) => it.id) ?? [];
        const orphan = content.findIndex(
          (it) => it.type === "tool_result" && !calls.includes(it.tool_use_id),
        );
        return orphan === -1
          ? undefined
          : bad(
              `messages.${at}.content.${orphan}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${content[orphan]?.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
            );
      });
    },
  },
  {
    name: "server tool call without its result",
    check: ({ messages }) =>
      firstOf(messages.slice(0, -1), ({ content }) => {
        const answered = content.filter((it) => /_tool_result$/.test(it.type)).map((it) => it.tool_use_id);
        const open = content.find((it) => it.type === "server_tool_use" && !answered.includes(it.id));
        return open === undefined || content.at(-1) === open || content.some(isCall)
          ? undefined
          : bad(
              `\`${open.name}\` tool use with id \`${open.id}\` was found without a corresponding \`${open.name}_tool_result\` block`,
            );
      }),
  },
  {
    name: "effort message on a model without them",
    check: ({ messages }, model) =>
      messages.some((it) => it.raw.output_config) && !model.perMessageEffort
        ? bad("output_config.effort requires a model that supports per-turn effort; this model does not")
        : undefined,
  },
  {
    name: "clear_at misused",
    check: ({ messages }) =>
      firstOf(messages, ({ raw, role, content }, at) => {
        if (raw.clear_at === undefined) return undefined;
        if (role !== "system")
          return bad(`messages.${at}: clear_at is only permitted on role 'system' messages`);
        if (raw.clear_at !== "next_user_message" && raw.clear_at !== "never")
          return bad(`messages.${at}.clear_at: Input should be 'next_user_message' or 'never'`);
        if (raw.clear_at === "never") return undefined;
        if (content.some((it) => it.type !== "text"))
          return bad(
            `messages.${at}: a turn-scoped system message supports text blocks only (clear_at: 'next_user_message')`,
          );
        const marked = content.findIndex((it) => it.cache_control);
        return marked === -1
          ? undefined
          : bad(
              `messages.${at}.content.${marked}: cache_control is not permitted on a turn-scoped system message`,
            );
      }),
  },
];
