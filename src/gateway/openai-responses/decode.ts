import type { JsonObject } from "../../model/conversation.ts";
import type { MessagesRequest, WireBlock } from "../../model/messages.ts";
import { countOf, recordOf, textOf } from "../../model/record.ts";
import { BadRequest } from "../dialect.ts";
import { spokenIn } from "./input.ts";
import { chosen, clientTools } from "./tools.ts";

/** A body of `POST /v1/responses` in the canonical form. Throws `BadRequest` for what needs state at the vendor. */
export function decodeResponses(body: JsonObject): MessagesRequest {
  refuseState(body);
  const instructions = textOf(body.instructions);
  const { system, messages } = spokenIn(body.input);
  const { tools, choice } = chosen(
    body,
    clientTools(body).map((it) => it.tool),
  );
  const limit = countOf(body.max_output_tokens);
  const key = textOf(body.prompt_cache_key);
  const person = textOf(body.safety_identifier) ?? textOf(body.user);
  return {
    model: modelIn(body),
    stream: body.stream === true,
    system: [...textBlocks(instructions), ...system, ...textBlocks(anyObject(body))],
    messages,
    tools,
    ...(limit !== undefined && limit > 0 && { max_tokens: limit }),
    ...(choice !== undefined && { tool_choice: choice }),
    ...(typeof body.temperature === "number" && { temperature: body.temperature }),
    ...(typeof body.top_p === "number" && { top_p: body.top_p }),
    ...reasoningIn(body),
    ...(person !== undefined && { metadata: { user_id: person } }),
    ...(key !== undefined && { prompt_cache_key: key }),
    rest: restIn(body),
    restOf: "openai",
    betas: [],
  };
}

/** Members that stand for something in the canonical form, or that are about the form or the keeping of the answer only. */
const READ = new Set([
  "model",
  "input",
  "instructions",
  "stream",
  "stream_options",
  "store",
  "include",
  "max_output_tokens",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "temperature",
  "top_p",
  "reasoning",
  "text",
  "metadata",
  "client_metadata",
  "prompt_cache_key",
  "safety_identifier",
  "user",
  "background",
]);

function restIn(body: JsonObject): JsonObject {
  const rest = Object.entries(body).filter(([name, it]) => !READ.has(name) && it !== null);
  const verbosity = textOf(recordOf(body.text).verbosity);
  return { ...Object.fromEntries(rest), ...(verbosity !== undefined && { verbosity }) };
}

function textBlocks(text: string | undefined): readonly WireBlock[] {
  return text === undefined ? [] : [{ type: "text", text }];
}

/** Where any JSON object will do, that is said in a sentence: not every vendor has a word for it. */
function anyObject(body: JsonObject): string | undefined {
  const isAny = recordOf(recordOf(body.text).format).type === "json_object";
  return isAny ? "Answer with one JSON object and nothing else." : undefined;
}

function modelIn(body: JsonObject): string {
  const model = textOf(body.model);
  if (model === undefined) throw new BadRequest("model: Field required");
  return model;
}

const NOT_KEPT = "responses are not stored; send the whole conversation as input";

/** Members that need what OpenAI keeps, and why they are refused. */
const STATE: Readonly<Record<string, string>> = {
  previous_response_id: NOT_KEPT,
  conversation: NOT_KEPT,
  prompt: "stored prompts are not available; send instructions and input",
};

function refuseState(body: JsonObject): void {
  for (const [name, why] of Object.entries(STATE)) {
    if (body[name] !== undefined && body[name] !== null)
      throw new BadRequest(`${name} is not supported: ${why}.`);
  }
  if (body.background === true) throw new BadRequest("background is not supported: ask for a stream.");
}

function reasoningIn(body: JsonObject): Pick<MessagesRequest, "thinking" | "output_config"> {
  const reasoning = recordOf(body.reasoning);
  const effort = textOf(reasoning.effort);
  const summary = textOf(reasoning.summary) ?? textOf(reasoning.generate_summary);
  const format = formatIn(body);
  const output = { ...(effort !== undefined && { effort }), ...(format && { format }) };
  const thinking = thinkingFor(effort, summary);
  return {
    ...(thinking && { thinking }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
  };
}

function thinkingFor(effort: string | undefined, summary: string | undefined): WireBlock | undefined {
  if (effort === "none") return { type: "disabled" };
  if (effort === undefined && summary === undefined) return undefined;
  const isShown = summary !== undefined && summary !== "none";
  return { type: "adaptive", display: isShown ? "summarized" : "omitted" };
}

function formatIn(body: JsonObject): JsonObject | undefined {
  const format = recordOf(recordOf(body.text).format) as JsonObject;
  const { type, name, schema } = format;
  if (type !== "json_schema") return undefined;
  if (typeof schema !== "object" || schema === null)
    throw new BadRequest("text.format.schema: must be an object");
  return { type, schema, ...(typeof name === "string" && { name }) };
}
