import type { KnownNames } from "../../src/model/routing/read-routing.ts";
import { ruleProblems } from "../../src/model/routing/read-routing.ts";
import { ruleWords } from "../../src/model/routing/rule-words.ts";
import { button, enable, focusOn } from "../controls.ts";
import { h, type Part, setAttribute, setText, show } from "../dom.ts";

/** What a person can do with a rule. */
export type RuleAction = "edit" | "up" | "down" | "remove";

/** What a row shows. */
export interface RuleRowShown {
  readonly rule: unknown;
  /** From 0. */
  readonly index: number;
  readonly count: number;
  readonly known: KnownNames;
  /** Whether some rule is being edited, which comes first. */
  readonly isBusy: boolean;
}

/** A row of the list of rules. */
export interface RuleRow extends Part<RuleRowShown> {
  readonly element: HTMLElement;
  /** Puts the focus on a button, or on one that can be pressed where that one cannot. */
  readonly focus: (action: RuleAction) => void;
}

const ACTIONS: readonly RuleAction[] = ["edit", "up", "down", "remove"];
const ICONS = { edit: "edit", up: "arrowUp", down: "arrowDown", remove: "trash" } as const;

/** A rule in words, with what can be done with it; Alt with an arrow key moves it, too. */
export function ruleRow(act: (action: RuleAction, index: number) => void): RuleRow {
  let index = 0;
  const number = h("span", { class: "rule-number", "aria-hidden": "true" });
  const words = h("span", { class: "rule-words" });
  const problem = h("p", { class: "field-problem" });
  const buttons = new Map(
    ACTIONS.map((action) => [
      action,
      button({ name: action, look: "icon", icon: ICONS[action], onClick: () => act(action, index) }),
    ]),
  );
  const actions = h("span", { class: "actions" }, ...buttons.values());
  const group = h("div", { class: "rule", role: "group", on: { keydown } }, number, words, actions, problem);
  const isOn = (action: RuleAction) => buttons.get(action)?.hasAttribute("disabled") === false;
  return {
    element: h("li", {}, group),
    update(shown) {
      index = shown.index;
      const { rule, count, isBusy } = shown;
      setText(number, `${index + 1}.`);
      setText(words, isObject(rule) ? ruleWords(rule) : JSON.stringify(rule));
      const wrong = ruleProblems(rule, shown.known).map(
        (it) => (it.at === "" ? "" : `${it.at}: `) + it.words,
      );
      setText(problem, `It does not count: ${wrong.join("; ")}`);
      show(problem, wrong.length > 0);
      setAttribute(group, "aria-label", `Rule ${index + 1}`);
      for (const [action, it] of buttons) name(it, NAMES[action](index + 1));
      const may = { edit: isObject(rule), up: index > 0, down: index < count - 1, remove: true };
      for (const [action, it] of buttons) enable(it, may[action] && !isBusy);
    },
    focus(action) {
      const other: RuleAction = action === "up" ? "down" : "up";
      const found = buttons.get([action, other, ...ACTIONS].find(isOn) ?? "remove");
      if (found) focusOn(found);
    },
  };

  function keydown(event: KeyboardEvent): void {
    const action = event.key === "ArrowUp" ? "up" : event.key === "ArrowDown" ? "down" : undefined;
    if (!event.altKey || action === undefined) return;
    event.preventDefault();
    if (isOn(action)) act(action, index);
  }
}

const NAMES: Readonly<Record<RuleAction, (number: number) => string>> = {
  edit: (it) => `Edit rule ${it}`,
  up: (it) => `Move rule ${it} up`,
  down: (it) => `Move rule ${it} down`,
  remove: (it) => `Remove rule ${it}`,
};

function name(element: HTMLElement, text: string): void {
  setAttribute(element, "aria-label", text);
  setAttribute(element, "title", text);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
