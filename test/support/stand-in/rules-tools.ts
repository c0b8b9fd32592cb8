import { bad } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import type { Wire } from "./wire.ts";
import { isWire } from "./wire.ts";

const MEMBERS = [
  ...["name", "description", "input_schema", "type", "cache_control", "strict", "defer_loading"],
  ...["eager_input_streaming", "allowed_callers", "input_examples"],
];

/** A tool of the client's own making, as opposed to one the vendor defines. */
function isCustom(tool: Wire): boolean {
  return tool.type === undefined || tool.type === null || tool.type === "custom";
}

function isForced(raw: Wire): boolean {
  return isWire(raw.tool_choice) && (raw.tool_choice.type === "any" || raw.tool_choice.type === "tool");
}

function isSchema(schema: unknown): boolean {
  if (!isWire(schema)) return typeof schema === "boolean";
  const parts = [schema.properties, schema.$defs].filter(isWire).flatMap((it) => Object.values(it));
  const types = ["object", "array", "string", "number", "integer", "boolean", "null"];
  const named = schema.type === undefined ? [] : [schema.type].flat();
  return (
    named.every((it) => types.includes(String(it))) &&
    (schema.required === undefined || Array.isArray(schema.required)) &&
    (schema.enum === undefined || Array.isArray(schema.enum)) &&
    (schema.items === undefined || isSchema(schema.items)) &&
    parts.every(isSchema)
  );
}

/** Rules about `tools` and `tool_choice`. */
export const toolRules: readonly Rule[] = [
  {
    name: "tool name of forbidden characters",
    check: ({ tools }) => {
      const at = tools.findIndex((it) => isCustom(it) && !/^[a-zA-Z0-9_-]{1,128}$/.test(String(it.name)));
      return at === -1
        ? undefined
        : bad(`tools.${at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    },
  },
  {
    name: "tool names that are not unique",
    check: ({ tools }) =>
      new Set(tools.map((it) => it.name)).size < tools.length
        ? bad("tools: Tool names must be unique.")
        : undefined,
  },
  {
    name: "unknown field of a tool",
    check: ({ tools }) => {
      for (const [at, tool] of tools.entries()) {
        const strange = isCustom(tool) && Object.keys(tool).find((it) => !MEMBERS.includes(it));
        if (strange) return bad(`tools.${at}.custom.${strange}: Extra inputs are not permitted`);
      }
      return undefined;
    },
  },
  {
    name: "tool schema that is no object",
    check: ({ tools }) => {
      const at = tools.findIndex(
        (it) => isCustom(it) && !(isWire(it.input_schema) && it.input_schema.type === "object"),
      );
      return at === -1 ? undefined : bad(`tools.${at}.custom.input_schema.type: Input should be 'object'`);
    },
  },
  {
    name: "tool schema with a choice at its top",
    check: ({ tools }) => {
      const at = tools.findIndex(
        ({ input_schema: it }) => isWire(it) && (it.oneOf ?? it.allOf ?? it.anyOf) !== undefined,
      );
      return at === -1
        ? undefined
        : bad(
            `tools.${at}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`,
          );
    },
  },
  {
    name: "tool schema that is not JSON Schema",
    check: ({ tools }) => {
      const at = tools.findIndex((it) => isCustom(it) && !isSchema(it.input_schema));
      return at === -1
        ? undefined
        : bad(
            `tools.${at}.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).`,
          );
    },
  },
  {
    name: "tool choice without tools",
    check: ({ raw, tools }) =>
      raw.tool_choice !== undefined && tools.length === 0
        ? bad("tool_choice: may only be specified while providing tools")
        : undefined,
  },
  {
    name: "forced tools on a model without them",
    check: ({ raw }, { forcedTools }) =>
      isForced(raw) && !forcedTools
        ? bad('tool_choice: type "tool" and "any" are not supported for this model.')
        : undefined,
  },
  {
    name: "forced tools with manual thinking",
    check: ({ raw, thinking }) =>
      isForced(raw) && thinking?.type === "enabled"
        ? bad("Thinking may not be enabled when tool_choice forces tool use.")
        : undefined,
  },
  {
    name: "forced tool that is unknown",
    check: ({ raw, tools }) =>
      isWire(raw.tool_choice) &&
      raw.tool_choice.type === "tool" &&
      !tools.some((it) => isWire(raw.tool_choice) && it.name === raw.tool_choice.name)
        ? bad(`tool_choice: Tool '${raw.tool_choice.name}' not found in provided tools`)
        : undefined,
  },
  {
    name: "all tools deferred",
    check: ({ tools }) =>
      tools.length > 0 && tools.every((it) => it.defer_loading === true)
        ? bad("At least one tool must have defer_loading=false. All tools cannot be deferred.")
        : undefined,
  },
  {
    name: "deferred tool with a cache mark",
    check: ({ tools }) => {
      const at = tools.findIndex((it) => it.defer_loading === true && it.cache_control);
      return at === -1
        ? undefined
        : bad(`tools.${at}.custom: cache_control is not permitted on a tool with defer_loading`);
    },
  },
  {
    name: "tool type the model lacks",
    check: ({ tools, model }) =>
      tools.some((it) => it.type === "computer_20251124") &&
      /(opus-5-5|sonnet-5-5|haiku-5-5|fable-5-2)$/.test(model)
        ? bad(
            `'${model}' does not support tool types: computer_20251124. Did you mean one of computer_toolset_20260801?`,
          )
        : undefined,
  },
];
