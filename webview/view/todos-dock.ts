import type { Todo } from "../../src/agent/display.ts";
import { visible } from "../../src/text/visible.ts";
import { h, type Part, setText, show } from "../dom.ts";
import { icon } from "../icons.ts";
import { todoList } from "./todos.ts";

/** The list of things to do as one line that opens; hidden once all is done. */
export function todosDock(): Part<readonly Todo[]> {
  const label = h("span", { class: "todo-now" });
  const body = h("div", {});
  const element = h(
    "details",
    { class: "todos-dock dock-part", hidden: true },
    h("summary", { class: "dock-title" }, icon("chevron"), label),
    body,
  );
  let shown: readonly Todo[] = [];
  return {
    element,
    update(todos) {
      if (todos === shown) return;
      shown = todos;
      const done = todos.filter((it) => it.status === "completed").length;
      const now = todos.find((it) => it.status === "in_progress");
      show(element, todos.length > 0 && done < todos.length);
      setText(
        label,
        `${done} of ${todos.length} done${now ? ` · ${visible(now.activeForm || now.content)}` : ""}`,
      );
      body.replaceChildren(todoList(todos));
    },
  };
}
