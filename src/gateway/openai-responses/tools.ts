import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock, WireTool } from "../../model/messages.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { BadRequest } from "../dialect.ts";

/** How calls of a tool look to the client. */
export type ToolForm =
  | { readonly kind: "function"; readonly name: string; readonly namespace?: string }
  | { readonly kind: "custom"; readonly name: string; readonly namespace?: string }
  | { readonly kind: "apply_patch" | "shell" | "local_shell" | "tool_search" };

/** A client's tool, in the canonical form and as its calls look. */
export interface ClientTool {
  readonly tool: WireTool;
  readonly form: ToolForm | undefined;
}

/**
 * Tools of a body (OpenAI API reference, Responses, "tools"), with those that items of its input bring: what
 * searches of the client have found, and what Codex tells of its own. Throws
 * `BadRequest` for those that only OpenAI can run.
 */
export function clientTools(body: JsonObject): readonly ClientTool[] {
  const own = toolsIn(body.tools, "tools");
  const found = (Array.isArray(body.input) ? body.input : []).flatMap((it, index) => {
    const { type, tools } = recordOf(it);
    return type === "tool_search_output" || type === "additional_tools"
      ? toolsIn(tools, `input.${index}.tools`)
      : [];
  });
  const all = new Map<string, ClientTool>();
  for (const it of [...own, ...found]) if (!all.has(it.tool.name)) all.set(it.tool.name, it);
  return [...all.values()];
}

function toolsIn(tools: unknown, path: string): readonly ClientTool[] {
  return (Array.isArray(tools) ? tools : []).flatMap((it, index) =>
    clientTool(recordOf(it) as JsonObject, `${path}.${index}`),
  );
}

/** How calls look, by the tool's name in the canonical form. Tools that cannot be had are passed over. */
export function toolForms(body: JsonObject): ReadonlyMap<string, ToolForm> {
  try {
    const forms = clientTools(body).map(({ tool, form }) => [tool.name, form] as const);
    return new Map(forms.filter((it): it is readonly [string, ToolForm] => it[1] !== undefined));
  } catch (error) {
    // Such a request was refused; its refusal has no calls.
    if (error instanceof BadRequest) return new Map();
    throw error;
  }
}

/** The name of a tool of a namespace in the canonical form, which has no such thing. */
export function qualified(name: string, namespace: string | undefined): string {
  if (namespace === undefined) return name;
  return namespace.endsWith("__") ? `${namespace}${name}` : `${namespace}__${name}`;
}

function clientTool(tool: JsonObject, path: string, namespace?: string): readonly ClientTool[] {
  const type = textOf(tool.type) ?? "";
  switch (type) {
    case "function":
      return [functionTool(tool, path, namespace)];
    case "custom":
      return [customTool(tool, path, namespace)];
    case "namespace":
      return (Array.isArray(tool.tools) ? tool.tools : []).flatMap((it, index) =>
        clientTool(recordOf(it) as JsonObject, `${path}.tools.${index}`, textOf(tool.name)),
      );
    case "tool_search":
      // Where OpenAI would search, all tools are there already.
      return tool.execution === "client" ? [searchTool(tool)] : [];
    case "apply_patch":
    case "shell":
    case "local_shell":
      return [{ tool: OWN_TOOLS[type], form: { kind: type } }];
  }
  if (type.startsWith("web_search")) return [{ tool: webSearch(tool), form: undefined }];
  if (type === "") throw new BadRequest(`${path}.type: Field required`);
  throw new BadRequest(
    `${path}: the tool "${type}" is run by OpenAI only and cannot be translated; leave it out.`,
  );
}

function nameIn(tool: JsonObject, path: string): string {
  const name = textOf(tool.name);
  if (name === undefined) throw new BadRequest(`${path}.name: Field required`);
  return name;
}

function functionTool(tool: JsonObject, path: string, namespace: string | undefined): ClientTool {
  const name = nameIn(tool, path);
  const description = textOf(tool.description);
  const { parameters } = tool;
  const isSchema = typeof parameters === "object" && parameters !== null && !Array.isArray(parameters);
  return {
    tool: {
      name: qualified(name, namespace),
      ...(description !== undefined && { description }),
      input_schema: isSchema ? (parameters as JsonObject) : { type: "object", properties: {} },
      ...(typeof tool.strict === "boolean" && { strict: tool.strict }),
    },
    form: { kind: "function", name, ...(namespace !== undefined && { namespace }) },
  };
}

function searchTool(tool: JsonObject): ClientTool {
  const { tool: described } = functionTool({ ...tool, name: "tool_search" }, "", undefined);
  return { tool: described, form: { kind: "tool_search" } };
}

/** A tool that takes any text: one text argument, and its grammar in words. */
function customTool(tool: JsonObject, path: string, namespace: string | undefined): ClientTool {
  const name = nameIn(tool, path);
  const { syntax, definition } = recordOf(tool.format);
  const grammar = textOf(definition);
  const description = [
    textOf(tool.description) ?? "",
    `The argument "input" is the whole text of the call, as it is, not wrapped in anything.`,
    grammar === undefined ? "" : `It follows this grammar (${textOf(syntax) ?? "lark"}):\n${grammar}`,
  ];
  return {
    tool: {
      name: qualified(name, namespace),
      description: description.filter((it) => it !== "").join("\n\n"),
      input_schema: objectOf({ input: { type: "string" } }, ["input"]),
    },
    form: { kind: "custom", name, ...(namespace !== undefined && { namespace }) },
  };
}

function webSearch(tool: JsonObject): WireTool {
  const filters = recordOf(tool.filters) as JsonObject;
  const { allowed_domains, blocked_domains } = filters;
  const place = tool.user_location;
  return {
    type: "web_search_20250305",
    name: "web_search",
    ...(Array.isArray(allowed_domains) && { allowed_domains }),
    ...(Array.isArray(blocked_domains) && { blocked_domains }),
    ...(typeof place === "object" && place !== null && { user_location: { type: "approximate", ...place } }),
  };
}

function objectOf(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: "object", properties, required, additionalProperties: false };
}

const TEXT = { type: "string" };
const TEXTS = { type: "array", items: TEXT };

/** The vendor's own tools whose calls the client runs: other models have to be told their schema. */
const OWN_TOOLS: Readonly<Record<"apply_patch" | "shell" | "local_shell", WireTool>> = {
  apply_patch: {
    name: "apply_patch",
    description:
      "Creates, updates or deletes one file. diff: for create_file every line with a leading +; for update_file hunks that begin with @@, with lines of context, - and +; none for delete_file.",
    input_schema: objectOf(
      {
        operation: {
          type: "object",
          properties: {
            type: { type: "string", enum: ["create_file", "update_file", "delete_file"] },
            path: TEXT,
            diff: TEXT,
          },
          required: ["type", "path"],
          additionalProperties: false,
        },
      },
      ["operation"],
    ),
  },
  shell: {
    name: "shell",
    description: "Runs commands in a shell, each on its own.",
    input_schema: objectOf(
      { commands: TEXTS, timeout_ms: { type: "integer" }, max_output_length: { type: "integer" } },
      ["commands"],
    ),
  },
  local_shell: {
    name: "local_shell",
    description: "Runs one command, given as the program and its arguments.",
    input_schema: objectOf({ command: TEXTS, working_directory: TEXT, timeout_ms: { type: "integer" } }, [
      "command",
    ]),
  },
};

/** The choice among the tools, and the tools it leaves: `allowed_tools` takes the others away. */
export function chosen(
  body: JsonObject,
  tools: readonly WireTool[],
): { readonly tools: readonly WireTool[]; readonly choice: WireBlock | undefined } {
  const asked: Json = body.tool_choice ?? null;
  const limit = body.parallel_tool_calls === false ? { disable_parallel_tool_use: true } : {};
  if (tools.length === 0) return { tools, choice: undefined };
  if (typeof asked === "string") return { tools, choice: choiceOf(asked, limit) };
  const it = recordOf(asked);
  const type = textOf(it.type) ?? "";
  if (type === "allowed_tools") {
    const named = new Set((Array.isArray(it.tools) ? it.tools : []).map(nameOfChoice));
    const left = tools.filter((tool) => named.has(tool.name));
    return { tools: left, choice: choiceOf(textOf(it.mode) ?? "auto", limit) };
  }
  const name = nameOfChoice(it);
  const isKnown = tools.some((tool) => tool.name === name);
  return { tools, choice: isKnown ? { type: "tool", name, ...limit } : choiceOf("auto", limit) };
}

function nameOfChoice(value: unknown): string {
  const it = recordOf(value);
  const type = textOf(it.type) ?? "";
  if (type.startsWith("web_search")) return "web_search";
  const name = textOf(it.name);
  return name === undefined ? type : qualified(name, textOf(it.namespace));
}

function choiceOf(word: string, limit: JsonObject): WireBlock | undefined {
  if (word === "required") return { type: "any", ...limit };
  if (word === "none") return { type: "none" };
  return word === "auto" && "disable_parallel_tool_use" in limit ? { type: "auto", ...limit } : undefined;
}
