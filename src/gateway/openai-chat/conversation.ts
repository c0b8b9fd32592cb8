import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock, WireMessage } from "../../model/messages.ts";
import { BadRequest } from "../dialect.ts";
import { isObject } from "../members.ts";
import { blocksOf } from "./content.ts";
import { FREE_FORM } from "./tools.ts";
import { withResults } from "./turns.ts";

/** The standing instructions and the turns of a conversation. */
export interface Conversation {
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
}

/** Messages of Chat Completions: what the system says before anybody spoke stands apart, later words stay in their place. */
export function conversationOf(messages: readonly Json[]): Conversation {
  const system: WireBlock[] = [];
  const spoken: WireMessage[] = [];
  const legacy = legacyIds();
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) throw new BadRequest(`messages.${index}: must be an object`);
    const read = messageOf(message, `messages.${index}`, legacy);
    if (read.role === "system" && spoken.length === 0) system.push(...read.content);
    else spoken.push(read);
  }
  return { system, messages: withResults(spoken) };
}

function messageOf(message: JsonObject, path: string, legacy: LegacyIds): WireMessage {
  const content = () => blocksOf(message["content"], `${path}.content`);
  switch (message["role"]) {
    case "system":
    case "developer":
      return { role: "system", content: content() };
    case "user":
      return { role: "user", content: content() };
    case "assistant":
      return {
        role: "assistant",
        content: [...thoughts(message), ...content(), ...refused(message), ...callsOf(message, path, legacy)],
      };
    case "tool":
      return { role: "user", content: [resultBlock(message["tool_call_id"], content(), path)] };
    case "function":
      return { role: "user", content: [resultBlock(legacy.answered(message["name"]), content(), path)] };
    default:
      throw new BadRequest(`${path}.role: must be "system", "developer", "user", "assistant" or "tool"`);
  }
}

/** Unsigned thinking: wires that know it give it back, others leave it out. */
function thoughts(message: JsonObject): readonly WireBlock[] {
  const thinking = message["reasoning_content"] ?? message["reasoning"];
  return typeof thinking === "string" && thinking !== ""
    ? [{ type: "thinking", thinking, signature: "" }]
    : [];
}

function refused({ refusal }: JsonObject): readonly WireBlock[] {
  return typeof refusal === "string" && refusal.trim() !== "" ? [{ type: "text", text: refusal }] : [];
}

function resultBlock(id: Json | undefined, content: readonly WireBlock[], path: string): WireBlock {
  if (typeof id !== "string" || id === "") throw new BadRequest(`${path}.tool_call_id: is required`);
  const [first, ...more] = content;
  const isPlain = more.length === 0 && first?.type === "text" && first["cache_control"] === undefined;
  const said: Json =
    first === undefined ? "" : isPlain ? (first["text"] ?? "") : (content as readonly Json[]);
  return { type: "tool_result", tool_use_id: id, content: said };
}

function callsOf(message: JsonObject, path: string, legacy: LegacyIds): readonly WireBlock[] {
  const { tool_calls, function_call } = message;
  const calls: readonly Json[] = Array.isArray(tool_calls) ? tool_calls : [];
  if (calls.length === 0 && isObject(function_call) && typeof function_call["name"] === "string") {
    return [functionBlock(legacy.called(function_call["name"]), function_call)];
  }
  return calls.map((it, index) => {
    const id = isObject(it) ? it["id"] : undefined;
    const called = isObject(it) ? (it["function"] ?? it["custom"]) : undefined;
    if (!isObject(called) || typeof called["name"] !== "string" || typeof id !== "string" || id === "") {
      throw new BadRequest(`${path}.tool_calls.${index}: must have an id and a function with a name`);
    }
    return functionBlock(id, called);
  });
}

function functionBlock(id: string, called: JsonObject): WireBlock {
  const input = "arguments" in called ? inputOf(called["arguments"]) : { [FREE_FORM]: called["input"] ?? "" };
  return { type: "tool_use", id, name: String(called["name"]), input };
}

/** Arguments that are no JSON object are kept, for the model to see what was there. */
function inputOf(raw: Json | undefined): JsonObject {
  if (isObject(raw)) return raw;
  if (typeof raw !== "string" || raw.trim() === "") return {};
  try {
    const value = JSON.parse(raw) as Json;
    return isObject(value) ? value : { _raw: raw };
  } catch {
    return { _raw: raw };
  }
}

/** Ids for the old form, in which a result names the function it is of. */
interface LegacyIds {
  called(name: string): string;
  answered(name: Json | undefined): string;
}

function legacyIds(): LegacyIds {
  let count = 0;
  const last = new Map<string, string>();
  return {
    called(name) {
      const id = `call_${count++}`;
      last.set(name, id);
      return id;
    },
    answered: (name) => (typeof name === "string" ? last.get(name) : undefined) ?? `call_${count++}`,
  };
}
