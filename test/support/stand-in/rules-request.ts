import { bad } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import { isWire } from "./wire.ts";

const BETAS = new Set([
  "computer-use-2025-11-24",
  "mcp-client-2025-11-20",
  "mcp-client-2026-09-15",
  "interleaved-thinking-2025-05-14",
  "context-1m-2025-08-07",
  "context-management-2025-06-27",
  "model-context-window-exceeded-2025-08-26",
  "fast-mode-2026-02-01",
  "output-300k-2026-03-24",
  "advisor-tool-2026-03-01",
  "thinking-token-count-2026-05-13",
  "server-side-fallback-2026-07-01",
  "fallback-credit-2026-07-01",
  "mid-conversation-tool-changes-2026-07-01",
  "compact-2026-01-12",
  "compact-2026-09-04",
  "task-budgets-2026-03-13",
  "thinking-display-updates-2026-08-18",
  "mid-conversation-output-config-2026-07-01",
  "thinking-binding-controls-2026-08-01",
  "mid-conversation-system-clear-at-2026-08-21",
  "inline-tools-2026-09-15",
  "message-threads-2026-08-12",
  "prompt-caching-2024-07-31",
  "extended-cache-ttl-2025-04-11",
]);

/** Betas that let a top-level field in. */
const FIELD_BETAS: Readonly<Record<string, string>> = {
  context_management: "context-management-2025-06-27",
  thread: "message-threads-2026-08-12",
  compaction: "compact-2026-09-04",
  fallbacks: "server-side-fallback-2026-07-01",
  mcp_servers: "mcp-client",
};

const SAMPLING = ["temperature", "top_p", "top_k"];
const FIELDS = new Set([
  ...["model", "messages", "system", "tools", "tool_choice", "max_tokens", "stream", "stop_sequences"],
  ...["thinking", "output_config", "metadata", "service_tier", "cache_control", "container", "diagnostics"],
  ...["inference_geo", "speed", "transformations", ...SAMPLING, ...Object.keys(FIELD_BETAS)],
]);

function extra(path: string) {
  return bad(`${path}: Extra inputs are not permitted`);
}

/** Rules about headers and the outermost fields. */
export const requestRules: readonly Rule[] = [
  {
    name: "unknown beta",
    check: ({ betas }) => {
      const strange = betas.find((it) => !BETAS.has(it));
      return strange === undefined
        ? undefined
        : bad(
            `Unexpected value(s) \`${strange}\` for the \`anthropic-beta\` header. Please consult our documentation at docs.claude.com or try again without the header.`,
          );
    },
  },
  {
    name: "unknown field",
    check: ({ raw }) => {
      const strange = Object.keys(raw).find((it) => !FIELDS.has(it));
      return strange === undefined ? undefined : extra(strange);
    },
  },
  {
    name: "beta field without its header",
    check: ({ raw, betas, outputConfig }) => {
      const field = Object.keys(FIELD_BETAS).find(
        (it) => raw[it] !== undefined && !betas.some((beta) => beta.startsWith(FIELD_BETAS[it] ?? "")),
      );
      if (field !== undefined) return extra(field);
      const budget = outputConfig.task_budget !== undefined && !betas.includes("task-budgets-2026-03-13");
      return budget ? extra("output_config.task_budget") : undefined;
    },
  },
  {
    name: "unknown field of output_config",
    check: ({ outputConfig }) => {
      const strange = Object.keys(outputConfig).find(
        (it) => !["effort", "format", "task_budget"].includes(it),
      );
      return strange === undefined ? undefined : extra(`output_config.${strange}`);
    },
  },
  {
    name: "max_tokens missing",
    check: ({ raw }) => (typeof raw.max_tokens === "number" ? undefined : bad("max_tokens: Field required")),
  },
  {
    name: "max_tokens above the model's cap",
    check: ({ raw, model }, { cap }) =>
      Number(raw.max_tokens) > cap
        ? bad(
            `max_tokens: ${raw.max_tokens} > ${cap}, which is the maximum allowed number of output tokens for ${model}`,
          )
        : undefined,
  },
  {
    name: "max_tokens of 0 with a stream",
    check: ({ raw, stream }) =>
      raw.max_tokens === 0 && stream ? bad("max_tokens: 0 is not allowed with stream: true") : undefined,
  },
  {
    name: "sampling parameters under 2026-10-21",
    check: ({ raw, version }) => {
      const used = SAMPLING.find((it) => raw[it] !== undefined);
      return used !== undefined && version >= "2026-10-21" ? extra(used) : undefined;
    },
  },
  {
    name: "sampling parameters the model gave up",
    check: ({ raw }, { thinking }) => {
      const used = SAMPLING.find((it) => raw[it] !== undefined && raw[it] !== 1);
      const old = thinking.includes("enabled");
      return used === undefined || old ? undefined : bad(`\`${used}\` is deprecated for this model.`);
    },
  },
  {
    name: "temperature and top_p together",
    check: ({ raw }) =>
      raw.temperature !== undefined && raw.top_p !== undefined
        ? bad("`temperature` and `top_p` cannot both be specified for this model. Please use only one.")
        : undefined,
  },
  {
    name: "temperature with manual thinking",
    check: ({ raw, thinking }) =>
      thinking?.type === "enabled" && raw.temperature !== undefined && raw.temperature !== 1
        ? bad("`temperature` may only be set to 1 when thinking is enabled.")
        : undefined,
  },
  {
    name: "speed on a model without it",
    check: ({ raw, model }, { speed }) =>
      raw.speed !== undefined && !speed
        ? bad(
            `'${model}' does not support the \`speed\` parameter. This feature is only available on supported models.`,
          )
        : undefined,
  },
  {
    name: "metadata other than user_id",
    check: ({ raw }) => {
      const strange = isWire(raw.metadata) && Object.keys(raw.metadata).find((it) => it !== "user_id");
      return strange ? extra(`metadata.${strange}`) : undefined;
    },
  },
];
