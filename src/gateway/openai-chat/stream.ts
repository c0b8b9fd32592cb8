import type { Json, JsonObject } from "../../model/conversation.ts";
import type { Failure } from "../../model/failure.ts";
import type { WireBlock, WireUsage } from "../../model/messages.ts";
import { NO_WIRE_USAGE } from "../../model/messages.ts";
import type { AnswerForm, StreamEncoder } from "../dialect.ts";
import { isObject } from "../members.ts";
import { chatUsage, completionId, finishOf, freeForm } from "./answer.ts";
import { chatRefusal } from "./refusal.ts";
import { customNames } from "./tools.ts";

/** Writes chunks (OpenAI API reference, Chat Completions, "Streaming"): "[DONE]" stands only behind a whole answer. */
export function chatEncoder(form: AnswerForm): StreamEncoder {
  const chunks = chunkWriter(form);
  const calls = callWriter(chunks, customNames(form.body));
  let started: string | undefined;
  let isOver = false;
  let stop: string | null = null;
  let usage: WireUsage = NO_WIRE_USAGE;
  return {
    take(event) {
      if (isOver) return "";
      switch (event.type) {
        case "message_start":
          if (started !== undefined) return started === event.message.id ? "" : fail(TWO_ANSWERS);
          started = event.message.id;
          ({ usage } = event.message);
          return chunks.begin(started);
        case "content_block_start":
          return calls.open(event.index, event.content_block) ?? saidIn(chunks, event.content_block);
        case "content_block_delta":
          return calls.more(event.index, event.delta) ?? saidIn(chunks, event.delta);
        case "content_block_stop":
          return calls.close(event.index);
        case "message_delta":
          stop = event.delta.stop_reason ?? stop;
          usage = { ...usage, ...event.usage };
          return "";
        case "message_stop":
          isOver = true;
          return chunks.end(finishOf(stop), usage);
        case "error":
          return fail(event.failure);
        case "ping":
          return "";
      }
    },
  };

  function fail(failure: Failure): string {
    isOver = true;
    const status = failure.status ?? 500;
    return `data: ${JSON.stringify(chatRefusal({ failure, status, requestId: "" }))}\n\n`;
  }
}

function saidIn(chunks: ChunkWriter, { type, text, thinking }: WireBlock): string {
  const isText = type === "text" || type === "text_delta";
  if (isText && typeof text === "string" && text !== "") return chunks.delta({ content: text });
  const isThought = type === "thinking" || type === "thinking_delta";
  return isThought && typeof thinking === "string" && thinking !== ""
    ? chunks.delta({ reasoning_content: thinking })
    : "";
}

const TWO_ANSWERS: Failure = { kind: "server", message: "another answer began before the first had ended" };

interface ChunkWriter {
  begin(id: string): string;
  delta(delta: JsonObject): string;
  end(finish: string, usage: WireUsage): string;
}

function chunkWriter(form: AnswerForm): ChunkWriter {
  const options = form.body["stream_options"];
  const hasUsage = isObject(options) && options["include_usage"] === true;
  let id = completionId("", form);
  return {
    begin(given) {
      id = completionId(given, form);
      return choice({ role: "assistant", content: "" }, null);
    },
    delta: (delta) => choice(delta, null),
    end(finish, usage) {
      const last = choice({}, finish);
      return `${last}${hasUsage ? chunk([], chatUsage(usage)) : ""}data: [DONE]\n\n`;
    },
  };

  function choice(delta: JsonObject, finish_reason: string | null): string {
    return chunk([{ index: 0, delta, logprobs: null, finish_reason }], null);
  }

  function chunk(choices: readonly Json[], usage: JsonObject | null): string {
    const { model, created } = form;
    const body = { id, object: "chat.completion.chunk", created, model, choices, ...(hasUsage && { usage }) };
    return `data: ${JSON.stringify(body)}\n\n`;
  }
}

/** Calls are numbered by themselves, not by the blocks they are. */
interface CallWriter {
  /** `undefined`: the block is no call. */
  open(index: number, block: WireBlock): string | undefined;
  /** `undefined`: the delta is not of a call. */
  more(index: number, delta: WireBlock): string | undefined;
  close(index: number): string;
}

interface OpenCall {
  readonly number: number;
  readonly isCustom: boolean;
  /** What stands for the input when no fragment comes. */
  readonly input: Json;
  /** Of a call in free form, whose text can be read only from the whole; of others what was written. */
  raw: string;
}

function callWriter(chunks: ChunkWriter, custom: ReadonlySet<string>): CallWriter {
  const open = new Map<number, OpenCall>();
  let count = 0;
  return {
    open(index, block) {
      if (block.type !== "tool_use") return undefined;
      const name = String(block["name"] ?? "");
      const call = { number: count++, isCustom: custom.has(name), input: block["input"] ?? {}, raw: "" };
      open.set(index, call);
      const id = String(block["id"] ?? "");
      if (call.isCustom) return fragment(call, { id, type: "custom", custom: { name, input: "" } });
      return fragment(call, { id, type: "function", function: { name, arguments: "" } });
    },
    more(index, delta) {
      if (delta.type !== "input_json_delta") return undefined;
      const text = String(delta["partial_json"] ?? "");
      const call = open.get(index);
      if (call === undefined || text === "") return "";
      call.raw += text;
      return call.isCustom ? "" : fragment(call, { function: { arguments: text } });
    },
    close(index) {
      const call = open.get(index);
      if (call === undefined) return "";
      open.delete(index);
      if (call.isCustom)
        return fragment(call, { custom: { input: freeForm(parsed(call.raw) ?? call.input) } });
      return call.raw === "" ? fragment(call, { function: { arguments: JSON.stringify(call.input) } }) : "";
    },
  };

  function fragment({ number }: OpenCall, more: JsonObject): string {
    return chunks.delta({ tool_calls: [{ index: number, ...more }] });
  }
}

function parsed(raw: string): Json | undefined {
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return undefined;
  }
}
