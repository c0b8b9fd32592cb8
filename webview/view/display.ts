import type { Display } from "../../src/agent/display.ts";
import type { Desk } from "../desk.ts";
import { diffDisplay } from "./diff.ts";
import { imageDisplay } from "./image.ts";
import { textDisplay } from "./plain.ts";
import { planDisplay } from "./plan.ts";
import { questionsDisplay } from "./questions.ts";
import { terminalDisplay } from "./terminal.ts";
import { todoList } from "./todos.ts";

/** What a call shows, by its kind; no tool is known by name here. */
export function displayOf(desk: Desk, display: Display): HTMLElement {
  switch (display.kind) {
    case "text":
      return textDisplay(display);
    case "diff":
      return diffDisplay(desk, display);
    case "terminal":
      return terminalDisplay(display);
    case "todos":
      return todoList(display.todos);
    case "image":
      return imageDisplay(desk, display);
    case "questions":
      return questionsDisplay(display);
    case "plan":
      return planDisplay(desk, display);
  }
}
