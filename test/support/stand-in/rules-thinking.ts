import { bad } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import { isWire } from "./wire.ts";

/** Rules about `thinking` and `output_config.effort`. */
export const thinkingRules: readonly Rule[] = [
  {
    name: "unknown thinking type",
    check: ({ thinking }) =>
      thinking === undefined ||
      ["adaptive", "enabled", "disabled", "between_tools"].includes(String(thinking.type))
        ? undefined
        : bad(
            "thinking.type: Input tag does not match any of the expected tags: 'adaptive', 'between_tools', 'disabled', 'enabled'",
          ),
  },
  {
    name: "adaptive thinking on a model without it",
    check: ({ thinking }, model) =>
      thinking?.type === "adaptive" && !model.thinking.includes("adaptive")
        ? bad("adaptive thinking is not supported on this model")
        : undefined,
  },
  {
    name: "between_tools on another model",
    check: ({ thinking }, model) =>
      thinking?.type === "between_tools" && !model.thinking.includes("between_tools")
        ? bad('"thinking.type.between_tools" is not supported for this model.')
        : undefined,
  },
  {
    name: "disabled thinking where between_tools is the least",
    check: ({ thinking }, model) =>
      thinking?.type === "disabled" && model.thinking.includes("between_tools")
        ? bad(
            '"thinking.type.disabled" is not supported for this model. Use "thinking.type.between_tools" for the lowest thinking setting, or "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
          )
        : undefined,
  },
  {
    name: "thinking type the model does not take",
    check: ({ thinking }, model) =>
      thinking !== undefined && !model.thinking.includes(String(thinking.type))
        ? bad(
            `"thinking.type.${thinking.type}" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`,
          )
        : undefined,
  },
  {
    name: "field that does not belong to the thinking type",
    check: ({ thinking, betas }) => {
      if (thinking === undefined) return undefined;
      const type = String(thinking.type);
      const taken: Record<string, readonly string[]> = {
        adaptive: ["type", "display", "block_binding"],
        enabled: ["type", "display", "block_binding", "budget_tokens"],
      };
      const bound = betas.includes("thinking-binding-controls-2026-08-01");
      const strange = Object.keys(thinking).find(
        (it) => !(taken[type] ?? ["type"]).includes(it) || (it === "block_binding" && !bound),
      );
      return strange === undefined
        ? undefined
        : bad(`thinking.${type}.${strange}: Extra inputs are not permitted`);
    },
  },
  {
    name: "display that is not known",
    check: ({ thinking, betas }) => {
      const display = thinking?.display;
      const updates = display === "updates" && betas.includes("thinking-display-updates-2026-08-18");
      return display === undefined ||
        display === null ||
        updates ||
        display === "summarized" ||
        display === "omitted"
        ? undefined
        : bad(`thinking.${thinking?.type}.display: Input should be 'summarized' or 'omitted'`);
    },
  },
  {
    name: "prefix_mismatch_behavior that is not known",
    check: ({ thinking }) => {
      const binding = thinking?.block_binding;
      return !isWire(binding) ||
        ["error", "drop_block", undefined].some((it) => it === binding.prefix_mismatch_behavior)
        ? undefined
        : bad(
            `thinking.${thinking?.type}.block_binding.prefix_mismatch_behavior: Input should be 'error' or 'drop_block'`,
          );
    },
  },
  {
    name: "budget below 1024",
    check: ({ thinking }) =>
      thinking?.type === "enabled" && !(Number(thinking.budget_tokens) >= 1024)
        ? bad("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")
        : undefined,
  },
  {
    name: "budget not below max_tokens",
    check: ({ thinking, raw }) =>
      thinking?.type === "enabled" && Number(thinking.budget_tokens) >= Number(raw.max_tokens)
        ? bad("`max_tokens` must be greater than `thinking.budget_tokens`.")
        : undefined,
  },
  {
    name: "effort on a model without it",
    check: ({ outputConfig }, { efforts }) =>
      typeof outputConfig.effort === "string" && efforts.length === 0
        ? bad("This model does not support the effort parameter.")
        : undefined,
  },
  {
    name: "effort level the model lacks",
    check: ({ outputConfig: { effort } }, { efforts }) =>
      typeof effort === "string" && !efforts.includes(effort)
        ? bad(
            `This model does not support effort level '${effort}'. Supported levels: ${efforts.toSorted().join(", ")}.`,
          )
        : undefined,
  },
  {
    name: "disabled thinking with high effort",
    check: ({ thinking, outputConfig: { effort } }) =>
      thinking?.type === "disabled" && (effort === "xhigh" || effort === "max")
        ? bad(
            `output_config.effort '${effort}' is not supported when thinking is disabled on this model. Use effort 'high' or below, or enable thinking.`,
          )
        : undefined,
  },
  {
    name: "between_tools with high effort",
    check: ({ thinking, outputConfig: { effort } }) =>
      thinking?.type === "between_tools" && (effort === "xhigh" || effort === "max")
        ? bad(`output_config.effort '${effort}' is not supported with "thinking.type.between_tools".`)
        : undefined,
  },
  {
    name: "manual thinking with a tool loop that lacks it",
    check: ({ thinking, messages }) => {
      if (thinking?.type !== "enabled") return undefined;
      const at = messages.findLastIndex((it) => it.role === "assistant");
      const content = messages[at]?.content ?? [];
      const first = content[0]?.type ?? "";
      return content.some((it) => it.type === "tool_use") && !/thinking$/.test(first)
        ? bad(
            `messages.${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`,
          )
        : undefined;
    },
  },
];
