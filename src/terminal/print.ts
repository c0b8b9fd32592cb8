import type { SessionEvent } from "../agent/events.ts";
import type { ToolResultBlock, Usage } from "../model/conversation.ts";
import { NO_USAGE } from "../model/conversation.ts";

/** Where a headless run stands, folded from the events of this run only. */
export interface Run {
  readonly text: string;
  readonly turns: number;
  readonly apiMs: number;
  readonly cost: number;
  readonly usage: Usage;
  readonly byModel: ReadonlyMap<string, Usage & { readonly cost: number }>;
  readonly denials: readonly {
    readonly tool_name: string;
    readonly tool_use_id: string;
    readonly tool_input: unknown;
  }[];
  readonly calls: ReadonlyMap<string, { readonly tool: string; readonly input: unknown }>;
  /** Ids of the running answer's calls, in its order. */
  readonly order: readonly string[];
  /** Their results so far, in the order of the calls: reads end in any. */
  readonly results: readonly ToolResultBlock[];
  readonly open: number;
  readonly rest: Extract<SessionEvent, { type: "rested" }> | undefined;
}

/** A run before its first event. */
export const NO_RUN: Run = {
  text: "",
  turns: 0,
  apiMs: 0,
  cost: 0,
  usage: NO_USAGE,
  byModel: new Map(),
  denials: [],
  calls: new Map(),
  order: [],
  results: [],
  open: 0,
  rest: undefined,
};

/** The run after `event`. Pure. */
export function follow(run: Run, event: SessionEvent): Run {
  switch (event.type) {
    case "said": {
      const { content, usage, model } = event.answer;
      const text = content.flatMap((it) => (it.type === "text" ? [it.text] : [])).join("\n");
      const order = content.flatMap((it) => (it.type === "tool_use" ? [it.id] : []));
      return {
        ...billed(run, usage, event.cost, model, event.durationMs),
        text: text || run.text,
        turns: run.turns + 1,
        order,
        open: order.length,
        results: [],
      };
    }
    case "broke":
      return billed(run, event.usage, event.cost, undefined, event.durationMs);
    case "called":
      return { ...run, calls: new Map(run.calls).set(event.call, { tool: event.tool, input: event.input }) };
    case "answered":
      return answered(run, event);
    case "rested":
      return { ...run, rest: event };
    default:
      return run;
  }
}

function answered(run: Run, event: Extract<SessionEvent, { type: "answered" }>): Run {
  const call = run.calls.get(event.call);
  const denial =
    call && event.end === "denied"
      ? [{ tool_name: call.tool, tool_use_id: event.call, tool_input: call.input }]
      : [];
  const content =
    typeof event.content === "string"
      ? event.content
      : event.content.filter((it) => it.type === "text" || it.type === "image");
  const result: ToolResultBlock = {
    type: "tool_result",
    tool_use_id: event.call,
    content,
    ...(event.end !== "done" && { is_error: true }),
  };
  return {
    ...run,
    denials: [...run.denials, ...denial],
    results: [...run.results, result].toSorted(
      (a, b) => run.order.indexOf(a.tool_use_id) - run.order.indexOf(b.tool_use_id),
    ),
    open: run.open - 1,
  };
}

function billed(run: Run, usage: Usage, cost = 0, model: string | undefined, ms: number): Run {
  const earlier = model === undefined ? undefined : run.byModel.get(model);
  const byModel =
    model === undefined
      ? run.byModel
      : new Map(run.byModel).set(model, {
          ...sum(earlier ?? NO_USAGE, usage),
          cost: (earlier?.cost ?? 0) + cost,
        });
  return { ...run, byModel, usage: sum(run.usage, usage), cost: run.cost + cost, apiMs: run.apiMs + ms };
}

function sum(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    cacheRead: a.cacheRead + b.cacheRead,
    output: a.output + b.output,
  };
}

/** Usage as the Messages API spells it. */
export function usageJson({ input, output, cacheWrite5m, cacheWrite1h, cacheRead }: Usage) {
  return {
    input_tokens: input,
    output_tokens: output,
    cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
    cache_read_input_tokens: cacheRead,
  };
}

/** How a run ended, as the result object spells it. */
export type Subtype =
  | "success"
  | "error_max_turns"
  | "error_max_budget_usd"
  | "error_during_execution"
  | "interrupted";

/** How a run ended, in the words of the result object; a limit that is `NaN` is none. */
export function subtypeOf(
  { rest, turns }: Run,
  limits: { readonly turns: number; readonly cost: number },
): Subtype {
  switch (rest?.reason) {
    case "done":
      return "success";
    case "stopped":
    case "closed":
      return "interrupted";
    case "limit":
      if (turns >= limits.turns) return "error_max_turns";
      // What a session cost before this run counts too, so that this run alone may be below the limit.
      return Number.isNaN(limits.cost) ? "error_during_execution" : "error_max_budget_usd";
    default:
      return "error_during_execution";
  }
}

/** The one object of `--output-format json`, and the last of `stream-json`. */
export function resultJson(run: Run, subtype: Subtype, session: string, durationMs: number) {
  const said =
    subtype === "success"
      ? run.text
      : [run.text, run.rest?.text ?? ""].filter((it) => it !== "").join("\n\n");
  return {
    type: "result",
    subtype,
    is_error: subtype !== "success",
    result: said,
    session_id: session,
    num_turns: run.turns,
    duration_ms: durationMs,
    duration_api_ms: run.apiMs,
    total_cost_usd: run.cost,
    usage: usageJson(run.usage),
    modelUsage: Object.fromEntries(
      [...run.byModel].map(([model, it]) => [model, { ...usageJson(it), costUSD: it.cost }]),
    ),
    permission_denials: run.denials,
  };
}
