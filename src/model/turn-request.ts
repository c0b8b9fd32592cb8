import { cleanBlock, cleanText } from "./clean.ts";
import type { Block, ModelRequest } from "./conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "./messages.ts";
import type { ModelInfo } from "./provider.ts";

/**
 * A request of the agent in the form that wires encode. When the conversation only grows at its end, so does this;
 * what a vendor has no place for is the wire's to leave out.
 */
export function turnRequest(request: ModelRequest, info: ModelInfo | undefined): MessagesRequest {
  const system = cleanText(request.system);
  const thinks = (info?.efforts.length ?? 0) > 0;
  return {
    model: request.model,
    stream: true,
    system: system.trim() === "" ? [] : [{ type: "text", text: system }],
    messages: request.messages.flatMap((it) => messageOf(it, request.withoutThinking)),
    tools: request.tools.map((it) => ({ ...it })),
    ...(request.maxTokens !== undefined && { max_tokens: request.maxTokens }),
    ...(thinks && { thinking: { type: "adaptive", display: "summarized" } }),
    ...(request.effort !== undefined && { output_config: { effort: request.effort } }),
    metadata: { user_id: request.session },
    rest: {},
    betas: [],
  };
}

function messageOf(
  { role, content }: ModelRequest["messages"][number],
  withoutThinking: boolean,
): readonly WireMessage[] {
  const sent = content
    .filter((it) => !(withoutThinking && it.type === "thinking"))
    .filter((it) => it.type !== "text" || it.text.trim() !== "")
    .map(wireBlock);
  return sent.length === 0 ? [] : [{ role, content: sent }];
}

/** Blocks never change, and each is sent again with every later request. */
const known = new WeakMap<Block, WireBlock>();

function wireBlock(block: Block): WireBlock {
  const there = known.get(block);
  if (there !== undefined) return there;
  const clean = cleanBlock(block);
  const made = (clean.type === "opaque" ? { type: "unknown", ...clean.raw } : clean) as unknown as WireBlock;
  known.set(block, made);
  return made;
}
