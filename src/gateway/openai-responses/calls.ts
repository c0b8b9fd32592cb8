import type { Json, JsonObject } from "../../model/conversation.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { qualified, type ToolForm } from "./tools.ts";

/** A call in an item of the client's history. */
export interface Call {
  readonly id: string;
  readonly name: string;
  readonly input: JsonObject;
}

/** The call in an item; `undefined`: it is none. */
export function callIn(item: JsonObject): Call | undefined {
  const id = textOf(item.call_id) ?? textOf(item.id) ?? "";
  const name = textOf(item.name) ?? "";
  switch (item.type) {
    case "function_call":
      return { id, name: qualified(name, textOf(item.namespace)), input: argumentsIn(item.arguments) };
    case "custom_tool_call":
      return {
        id,
        name: qualified(name, textOf(item.namespace)),
        input: { input: typeof item.input === "string" ? item.input : "" },
      };
    case "apply_patch_call":
      return { id, name: "apply_patch", input: { operation: recordOf(item.operation) as JsonObject } };
    case "tool_search_call":
      return item.execution === "server"
        ? undefined
        : { id, name: "tool_search", input: argumentsIn(item.arguments) };
    case "shell_call":
      return { id, name: "shell", input: recordOf(item.action) as JsonObject };
    case "local_shell_call": {
      const { type: _, ...action } = recordOf(item.action) as JsonObject;
      return { id, name: "local_shell", input: action };
    }
    default:
      return undefined;
  }
}

function argumentsIn(raw: Json | undefined): JsonObject {
  if (typeof raw === "object" && raw !== null && !Array.isArray(raw)) return raw as JsonObject;
  const text = textOf(raw)?.trim() ?? "";
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // A call that was cut off: the model sees what there was.
  }
  return { _raw: text };
}

/** An item for a call; `raw` is the JSON of its input. */
export function callItem(
  form: ToolForm,
  { id, callId }: { readonly id: string; readonly callId: string },
  raw: string,
): JsonObject {
  const { prefix, type, members } = partsOf(form, raw);
  return { id: `${prefix}_${id}`, type, status: "completed", call_id: callId, ...members };
}

interface CallParts {
  readonly prefix: string;
  readonly type: string;
  readonly members: JsonObject;
}

function partsOf(form: ToolForm, raw: string): CallParts {
  const input = argumentsIn(raw);
  switch (form.kind) {
    case "function": {
      const { name, namespace } = form;
      const members = { name, arguments: raw, ...(namespace !== undefined && { namespace }) };
      return { prefix: "fc", type: "function_call", members };
    }
    case "custom": {
      const { name, namespace } = form;
      const members = { name, input: freeText(input), ...(namespace !== undefined && { namespace }) };
      return { prefix: "ctc", type: "custom_tool_call", members };
    }
    case "apply_patch": {
      const members = { operation: recordOf(input.operation) as JsonObject };
      return { prefix: "apc", type: "apply_patch_call", members };
    }
    case "tool_search": {
      const members = { execution: "client", arguments: input };
      return { prefix: "tsc", type: "tool_search_call", members };
    }
    case "shell": {
      const action = { commands: [], timeout_ms: null, max_output_length: null, ...input };
      return { prefix: "sh", type: "shell_call", members: { action } };
    }
    case "local_shell": {
      const action = { type: "exec", command: [], env: {}, ...input };
      return { prefix: "lsh", type: "local_shell_call", members: { action } };
    }
  }
}

/** The text of a custom tool's call; a model may have named its argument otherwise. */
function freeText(input: JsonObject): string {
  if (typeof input.input === "string") return input.input;
  const texts = Object.values(input).filter((it) => typeof it === "string");
  return texts.length === 1 ? (texts[0] ?? "") : JSON.stringify(input);
}
