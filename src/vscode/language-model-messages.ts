import * as vscode from "vscode";
import type { Block, ImageBlock, JsonObject, Message, TextBlock, ToolSpec } from "../model/conversation.ts";

/** A conversation of the editor's chat as ours. */
export interface Told {
  readonly system: string;
  readonly messages: readonly Message[];
}

/** The role that stable VS Code has no name for yet. */
const SYSTEM_ROLE = 3;

/** What the editor's chat says to a model; parts of kinds we do not know, such as cache marks, are left out. */
export function toldOf(given: readonly vscode.LanguageModelChatRequestMessage[]): Told {
  const system: string[] = [];
  const messages: Message[] = [];
  for (const { role, content } of given) {
    const blocks = content.flatMap(blocksOf);
    if (Number(role) === SYSTEM_ROLE) system.push(textsIn(blocks));
    else if (blocks.length > 0)
      join(messages, role === vscode.LanguageModelChatMessageRole.Assistant ? "assistant" : "user", blocks);
  }
  return { system: system.join("\n\n"), messages };
}

/** Tools as models of ours see them. */
export function toolsOf(tools: readonly vscode.LanguageModelChatTool[] | undefined): readonly ToolSpec[] {
  return (tools ?? []).map(({ name, description, inputSchema }) => ({
    name,
    description,
    input_schema: (inputSchema as JsonObject | undefined) ?? { type: "object", properties: {} },
  }));
}

/** Messages of one side are one, and in it the answers to calls stand first, as vendors demand. */
function join(messages: Message[], role: Message["role"], blocks: readonly Block[]): void {
  const last = messages.at(-1);
  const all = last?.role === role ? [...last.content, ...blocks] : blocks;
  const isResult = (it: Block) => it.type === "tool_result";
  const content = [...all.filter(isResult), ...all.filter((it) => !isResult(it))];
  if (last?.role === role) messages[messages.length - 1] = { role, content };
  else messages.push({ role, content });
}

function blocksOf(part: unknown): readonly Block[] {
  if (part instanceof vscode.LanguageModelToolCallPart)
    return [{ type: "tool_use", id: part.callId, name: part.name, input: part.input as JsonObject }];
  if (part instanceof vscode.LanguageModelToolResultPart)
    return [{ type: "tool_result", tool_use_id: part.callId, content: part.content.flatMap(saidOf) }];
  return saidOf(part);
}

function saidOf(part: unknown): readonly (TextBlock | ImageBlock)[] {
  if (part instanceof vscode.LanguageModelTextPart) return textOf(part.value);
  if (part instanceof vscode.LanguageModelPromptTsxPart) return textOf(JSON.stringify(part.value) ?? "");
  if (!(part instanceof vscode.LanguageModelDataPart)) return [];
  const { mimeType, data } = part;
  if (/^image\/(png|jpeg|gif|webp)$/.test(mimeType)) {
    const source = {
      type: "base64",
      media_type: mimeType,
      data: Buffer.from(data).toString("base64"),
    } as const;
    return [{ type: "image", source }];
  }
  return /^text\/|^application\/json$|\+json$/.test(mimeType)
    ? textOf(Buffer.from(data).toString("utf8"))
    : [];
}

/** No vendor takes an empty text. */
function textOf(text: string): readonly TextBlock[] {
  return text === "" ? [] : [{ type: "text", text }];
}

function textsIn(blocks: readonly Block[]): string {
  return blocks.flatMap((it) => (it.type === "text" ? [it.text] : [])).join("\n");
}
