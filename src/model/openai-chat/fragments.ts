import { countOf, recordOf, textOf } from "../record.ts";
import type { CallFragment } from "./call-queue.ts";

/** The fragments of calls in a delta, in their order. */
export function fragmentsOf(delta: unknown): readonly CallFragment[] {
  const { tool_calls, function_call } = recordOf(delta);
  const calls: readonly unknown[] = Array.isArray(tool_calls) ? tool_calls : [];
  const legacy = recordOf(function_call);
  const hasLegacy = calls.length === 0 && (textOf(legacy["name"]) || textOf(legacy["arguments"]));
  return [
    ...calls.map((it) => fragmentOf(recordOf(it))),
    // The old form has one call and no ids.
    ...(hasLegacy ? [fragmentOf({ index: 0, function: legacy })] : []),
  ];
}

function fragmentOf(it: Readonly<Record<string, unknown>>): CallFragment {
  const called = recordOf(it["function"]);
  const given = called["arguments"];
  return {
    index: countOf(it["index"]),
    id: textOf(it["id"]),
    name: textOf(called["name"]),
    // Some hosts give the object itself.
    arguments:
      typeof given === "string"
        ? given
        : typeof given === "object" && given !== null
          ? JSON.stringify(given)
          : "",
  };
}
