import type { EventBody } from "../../src/agent/events.ts";
import type { Answer, Block } from "../../src/model/conversation.ts";
import { NO_USAGE } from "../../src/model/conversation.ts";

/** A question of the person that reached the conversation. */
export function asked(text: string, id = "q1"): EventBody {
  return { type: "asked", id, text, attachments: [], content: [{ type: "text", text }], steering: false };
}

/** A whole answer of the model. */
export function said(content: readonly Block[], stop: Answer["stop"] = "end_turn"): EventBody {
  const usage = { ...NO_USAGE, input: 12_000, output: 900 };
  return {
    type: "said",
    answer: { id: "m1", model: "claude-sonnet-5-5", content, stop, usage, badCalls: [] },
    cost: 0.034,
    durationMs: 2400,
  };
}

/** A turn begins, and within it a model call. */
export const STARTED: EventBody = { type: "started", turn: "t1" };
export const REQUESTED: EventBody = { type: "requested", model: "claude-sonnet-5-5", provider: "anthropic" };

/** A piece of a streamed text block. */
export function streamed(text: string, block = 0): EventBody {
  return { type: "streamed", block, kind: "text", text };
}

/** A call that was answered. */
export function answered(
  call: string,
  display: Extract<EventBody, { type: "answered" }>["display"],
  end: "done" | "failed" | "denied" = "done",
  files: Extract<EventBody, { type: "answered" }>["files"] = [],
): EventBody {
  return { type: "answered", call, end, content: "", display, files, read: [], durationMs: 400 };
}

/** A command that runs, as call c1. */
export const RUNNING: readonly EventBody[] = [
  asked("go"),
  STARTED,
  { type: "called", call: "c1", tool: "Bash", title: "go", input: {} },
  { type: "began", call: "c1", files: [] },
];

/** A question whether a command may run. */
export function permission(
  command: string,
  rules: readonly string[] = [`Bash(${command})`],
): readonly EventBody[] {
  return [
    { type: "called", call: "c1", tool: "Bash", title: command, input: { command } },
    {
      type: "questioned",
      question: "w1",
      call: "c1",
      about: "permission",
      reason: "No rule allows this command.",
      display: { kind: "terminal", command, folder: "/home/me/project", output: "" },
      rules,
    },
  ];
}

const PATCH = `@@ -3,7 +3,8 @@ export function total(items: Item[]): number {
   let sum = 0;
   for (const item of items) {
-    sum += item.price;
+    // A cart may hold several of one thing.
+    sum += item.price * item.count;
   }
   return sum;
 }
`;

const MARKDOWN = `The test fails because \`total\` ignores the **count** of each item. In \`src/cart.ts:12\`:

\`\`\`ts
export function total(items: readonly Item[]): number {
  // Sum of price times count, in cents.
  return items.reduce((sum, it) => sum + it.price * it.count, 0);
}
\`\`\`

What changed:

1. \`total\` multiplies by the count
2. a case for an *empty* cart, see [the issue](https://github.com/example/shop/issues/12)

| Cart | Before | After |
|---|---:|---:|
| one apple | 1.20 | 1.20 |
| three apples | 1.20 | 3.60 |

> All 14 tests pass now.`;

/** A turn as it looks in daily use: thinking, calls, a diff, a to-do list, an answer. */
export const DAILY: readonly EventBody[] = [
  { type: "titled", title: "Fix the cart total", by: "first-words" },
  asked("The cart shows the wrong total when somebody buys three apples. Find out why and fix it, please."),
  { type: "started", turn: "t1" },
  REQUESTED,
  said(
    [
      { type: "thinking", thinking: "I should look at the cart first.", signature: "x" },
      { type: "text", text: "I will look at the cart and its tests." },
      { type: "tool_use", id: "r1", name: "Read", input: { file_path: "src/cart.ts" } },
      { type: "tool_use", id: "g1", name: "Grep", input: { pattern: "total\\(" } },
    ],
    "tool_use",
  ),
  { type: "called", call: "r1", tool: "Read", title: "src/cart.ts", input: { file_path: "src/cart.ts" } },
  answered("r1", { kind: "text", text: "1\texport function total() {}", language: "typescript" }),
  { type: "called", call: "g1", tool: "Grep", title: "total\\( in src", input: { pattern: "total\\(" } },
  answered("g1", { kind: "text", text: "No files found." }, "failed"),
  { type: "called", call: "t1", tool: "TodoWrite", title: "3 things", input: {} },
  answered("t1", {
    kind: "todos",
    todos: [
      { content: "Read the cart", status: "completed", activeForm: "Reading the cart" },
      { content: "Fix the sum", status: "in_progress", activeForm: "Fixing the sum" },
      { content: "Run the tests", status: "pending", activeForm: "Running the tests" },
    ],
  }),
  { type: "called", call: "e1", tool: "Edit", title: "src/cart.ts", input: { file_path: "src/cart.ts" } },
  answered(
    "e1",
    {
      kind: "diff",
      files: [
        {
          path: "/home/me/project/src/cart.ts",
          change: "changed",
          patch: PATCH,
          cut: false,
          added: 2,
          removed: 1,
        },
      ],
    },
    "done",
    [
      { path: "/home/me/project/src/cart.ts", before: "a", after: "b", encoding: "utf8", bom: false },
      {
        path: "/home/me/project/test/cart.test.ts",
        before: undefined,
        after: "c",
        encoding: "utf8",
        bom: false,
      },
    ],
  ),
  REQUESTED,
  said([{ type: "text", text: MARKDOWN }]),
];

/** Models of the picker. */
export const MODELS = [
  {
    id: "claude-sonnet-5-5",
    name: "Claude Sonnet 5.5",
    contextWindow: 200_000,
    maxOutput: 64_000,
    efforts: ["low", "medium", "high"] as const,
    images: true,
    rates: undefined,
  },
  {
    id: "offline",
    name: "Offline",
    contextWindow: 100_000,
    maxOutput: 4000,
    efforts: [],
    images: false,
    rates: undefined,
  },
];
