import { systemPrompt } from "../src/agent/prompt.ts";
import { tools } from "../src/agent/tools/all.ts";
import type { Figure } from "./measure.ts";

/** Bytes of English and JSON that one token of today's tokenizers holds at the least; so the estimate is high. */
const BYTES_PER_TOKEN = 3;

/** What every request carries before the conversation begins: system prompt and tools. */
export function standingPartFigures(): readonly Figure[] {
  const system = systemPrompt({
    folder: "/home/person/projects/shop",
    platform: "linux",
    shell: "bash",
    date: "2026-11-21",
    mode: "default",
    instructions: "",
    appended: "",
  });
  const specs = tools.map(({ name, description, input }) => ({ name, description, input_schema: input }));
  const tokens = Buffer.byteLength(system + JSON.stringify(specs)) / BYTES_PER_TOKEN;
  return [
    {
      what: "standing part of a request (estimated high)",
      measured: tokens,
      limit: 5000,
      kind: "at most",
      unit: "tokens",
    },
  ];
}
