import type { Todo } from "../../src/agent/display.ts";
import { visible } from "../../src/text/visible.ts";
import { h } from "../dom.ts";
import { icon } from "../icons.ts";

const WORDS: Record<Todo["status"], string> = {
  pending: "to do",
  in_progress: "in progress",
  completed: "done",
};

/** A list of things to do, each with its state in text. */
export function todoList(todos: readonly Todo[]): HTMLElement {
  return h(
    "ul",
    { class: "todos" },
    ...todos.map((todo) =>
      h(
        "li",
        { class: `todo ${todo.status}` },
        icon(todo.status === "completed" ? "check" : todo.status === "in_progress" ? "chevron" : "circle"),
        h("span", { class: "unseen" }, `${WORDS[todo.status]}: `),
        h(
          "span",
          {},
          visible(todo.status === "in_progress" ? todo.activeForm || todo.content : todo.content),
        ),
      ),
    ),
  );
}
