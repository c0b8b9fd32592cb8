import { cutEnd } from "../../text/cut.ts";
import type { RunTool } from "../tool.ts";
import { textIn } from "./parts/input.ts";

/** Ends plan mode: the person reads the plan, and approves it or not, before this runs. */
export const exitPlanMode: RunTool = {
  name: "ExitPlanMode",
  description:
    "In plan mode, when the plan is complete: show it to the person (Markdown) and ask whether to carry it out.",
  input: { type: "object", properties: { plan: { type: "string" } }, required: ["plan"] },
  title: (input) => cutEnd(textIn(input, "plan").split("\n")[0] ?? "", 80),
  reach: (input) => ({ kind: "plan", markdown: textIn(input, "plan") }),
  run: async (input) => ({
    content: "The person approved the plan. Carry it out.",
    display: { kind: "plan", markdown: textIn(input, "plan") },
  }),
};
