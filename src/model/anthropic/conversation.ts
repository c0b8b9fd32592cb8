import { isCarried, withoutCarried } from "../carried.ts";
import type { CatalogModel } from "../catalog.ts";
import { cleanText } from "../clean.ts";
import type { Json, JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { fittingId, type ToolNames } from "../tool-names.ts";
import { Untranslatable } from "../wire.ts";

/** The standing part and the messages of a request, as the Messages API takes them. */
export interface Spoken {
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
}

/**
 * What another vendor's conversation, or one that another vendor has answered in, becomes for Claude
 * (https://platform.claude.com/docs/en/api/messages): nothing empty, nothing that is signed by somebody else, words of
 * the system where the model takes them.
 */
export function spokenFor(
  request: MessagesRequest,
  model: CatalogModel | undefined,
  names: ToolNames,
): Spoken {
  const said = request.messages.flatMap(({ role, content }): WireMessage[] => {
    const sent = content.flatMap((it) => sentBlock(it, names));
    return sent.length === 0 ? [] : [{ role, content: sent }];
  });
  const system = request.system.filter((it) => (textOf(it.text) ?? "").trim() !== "");
  const placed = model?.systemMessages === true ? { messages: said, lifted: [] } : withoutSystem(said);
  const messages = trimmedEnd(placed.messages);
  return { system: [...system, ...placed.lifted], messages: messages.length === 0 ? GO_ON : messages };
}

/** A conversation needs something that the user says. */
const GO_ON: readonly WireMessage[] = [{ role: "user", content: [{ type: "text", text: "Continue." }] }];

function sentBlock(block: WireBlock, names: ToolNames): readonly WireBlock[] {
  const own = withoutCarried(block);
  switch (own.type) {
    case "text": {
      const text = cleanText(textOf(own.text) ?? "");
      return text.trim() === "" ? [] : [{ ...own, text }];
    }
    case "thinking": {
      const signature = textOf(own.signature);
      return signature === undefined || isCarried(signature) ? [] : [own];
    }
    case "tool_use":
      return [
        {
          ...own,
          id: fittingId(textOf(own.id) ?? "", LONGEST_ID),
          name: names.sent(textOf(own.name) ?? ""),
          input: recordOf(own.input) as JsonObject,
        },
      ];
    case "tool_result":
      return [
        {
          ...own,
          tool_use_id: fittingId(textOf(own.tool_use_id) ?? "", LONGEST_ID),
          content: resultContent(own.content ?? ""),
        },
      ];
    case "audio":
    case "video":
      throw new Untranslatable(`${own.type} cannot be sent to Claude; send what is said in it as text`);
    default:
      return [own];
  }
}

/** Longer than any vendor's. */
const LONGEST_ID = 200;

function resultContent(content: Json): Json {
  if (typeof content === "string") return content.trim() === "" ? NOTHING : content;
  if (!Array.isArray(content)) return NOTHING;
  const said = content.filter((it) => {
    const part = recordOf(it);
    return part.type !== "text" || (textOf(part.text) ?? "").trim() !== "";
  });
  return said.length === 0 ? NOTHING : said;
}

/** Stands for an empty tool result, which is refused in some of its forms. */
const NOTHING = "(no output)";

function withoutSystem(messages: readonly WireMessage[]): {
  readonly messages: readonly WireMessage[];
  readonly lifted: readonly WireBlock[];
} {
  const lifted = messages.filter((it) => it.role === "system").flatMap((it) => it.content);
  return { messages: merged(messages.filter((it) => it.role !== "system")), lifted };
}

/** Neighbours of one role as one message, in which results of tools come first. */
function merged(messages: readonly WireMessage[]): readonly WireMessage[] {
  const turns: WireMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role !== message.role) turns.push(message);
    else
      turns[turns.length - 1] = {
        role: last.role,
        content: resultsFirst([...last.content, ...message.content]),
      };
  }
  return turns;
}

function resultsFirst(content: readonly WireBlock[]): readonly WireBlock[] {
  const isResult = (it: WireBlock) => it.type === "tool_result";
  return content.some(isResult)
    ? [...content.filter(isResult), ...content.filter((it) => !isResult(it))]
    : content;
}

/** The last words of an answer that is to be gone on with may not end in blanks. */
function trimmedEnd(messages: readonly WireMessage[]): readonly WireMessage[] {
  const last = messages.at(-1);
  const block = last?.content.at(-1);
  if (last?.role !== "assistant" || block?.type !== "text") return messages;
  const text = (textOf(block.text) ?? "").trimEnd();
  const content = last.content.slice(0, -1);
  return messages.with(-1, { ...last, content: text === "" ? content : [...content, { ...block, text }] });
}
