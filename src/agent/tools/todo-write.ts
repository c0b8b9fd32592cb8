import type { JsonObject } from "../../model/conversation.ts";
import type { Todo } from "../display.ts";
import type { RunTool } from "../tool.ts";
import { objectsIn, textIn } from "./parts/input.ts";

const STATUSES = ["pending", "in_progress", "completed"] as const;

/** Keeps the list of what is to be done, for the person to follow. */
export const todoWrite: RunTool = {
  name: "TodoWrite",
  description:
    "Keep the list of steps of a larger task, shown to the person. Give the whole list each time. Exactly one step is in_progress while you work; mark it completed as soon as it is done.",
  input: {
    type: "object",
    properties: {
      todos: {
        type: "array",
        items: {
          type: "object",
          properties: {
            content: { type: "string", description: "What to do: Run the tests" },
            status: { type: "string", enum: [...STATUSES] },
            activeForm: { type: "string", description: "While it is done: Running the tests" },
          },
          required: ["content", "status", "activeForm"],
        },
      },
    },
    required: ["todos"],
  },
  title: (input) => {
    const todos = todosIn(input);
    return `${todos.filter((it) => it.status === "completed").length} of ${todos.length} done`;
  },
  reach: () => ({ kind: "none" }),
  run: async (input) => ({
    content: "The list is shown. Go on with it.",
    display: { kind: "todos", todos: todosIn(input) },
  }),
};

function todosIn(input: JsonObject): readonly Todo[] {
  return objectsIn(input, "todos").map((it) => ({
    content: textIn(it, "content"),
    status: STATUSES.find((status) => status === it.status) ?? "pending",
    activeForm: textIn(it, "activeForm"),
  }));
}
