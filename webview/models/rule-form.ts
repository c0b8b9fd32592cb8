import type { RulesShown } from "../../src/model/models-screen.ts";
import { recordOf } from "../../src/model/record.ts";
import type { Target } from "../../src/model/routing/configuration.ts";
import { ruleProblems } from "../../src/model/routing/read-routing.ts";
import { ruleWords } from "../../src/model/routing/rule-words.ts";
import { button } from "../controls.ts";
import { h, isComposing, setText, show } from "../dom.ts";
import { type ConditionFields, conditionFields } from "./rule-conditions.ts";
import { type GoalFields, goalFields } from "./rule-goal.ts";

/** What a form for a rule is made with. */
export interface RuleFormSetup {
  /** The rule as it stands; `undefined`: a new one. */
  readonly rule: unknown;
  /** For people, such as "Rule 2". */
  readonly name: string;
  readonly rules: RulesShown;
  readonly models: readonly Target[];
  /** Says why it cannot be; "": it is saved. */
  readonly save: (rule: unknown) => string;
  readonly cancel: () => void;
}

/** A form, as it is now. */
interface Form extends Pick<RuleFormSetup, "rule" | "rules"> {
  readonly conditions: ConditionFields;
  readonly goal: GoalFields;
  readonly preview: HTMLElement;
  /** What is wrong with it as a whole. */
  readonly whole: HTMLElement;
  /** Whether it was to be saved: only then is told what is wrong. */
  isChecked: boolean;
}

/** The form of a rule; Escape leaves it as it was. What is wrong is told beside its field, and is not saved. */
export function ruleForm(setup: RuleFormSetup): {
  readonly element: HTMLElement;
  readonly focus: () => void;
} {
  const { rule, name, rules, models, cancel } = setup;
  const { when, use } = recordOf(rule);
  const conditions = conditionFields(when, () => changed(form));
  const goal = goalFields(use, rules, models, () => changed(form));
  const preview = h("p", { class: "preview", "aria-live": "polite" });
  const whole = h("p", { class: "field-problem", role: "alert", hidden: true });
  const form: Form = { rule, rules, conditions, goal, preview, whole, isChecked: false };
  const hint = h(
    "p",
    { class: "faint" },
    "All that is filled in must hold; * stands for anything in a text.",
  );
  const actions = h(
    "div",
    { class: "actions" },
    button({ name: "Save rule", look: "primary", onClick: save }),
    button({ name: "Cancel", onClick: cancel }),
  );
  const parts = [hint, conditions.element, goal.element, preview, whole, actions];
  const element = h("div", { class: "form", role: "group", "aria-label": name, on: { keydown } }, ...parts);
  changed(form);
  return { element, focus: () => conditions.fields.get("model")?.input.focus() };

  function save(): void {
    form.isChecked = true;
    if (tell(form)) tellWhole(form, setup.save(wanted(form)));
    else element.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }

  function keydown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement) save();
    else return;
    event.preventDefault();
  }
}

function changed(form: Form): void {
  setText(form.preview, ruleWords(wanted(form)));
  if (form.isChecked) tell(form);
}

/** The rule as the fields have it, with what the form does not know. */
function wanted({ rule, conditions, goal }: Form): unknown {
  const before = recordOf(rule);
  const when = conditions.read();
  const hasWhen = before["when"] !== undefined || rule === undefined || Object.keys(when).length > 0;
  return { ...before, ...(hasWhen && { when }), use: goal.read() };
}

/** Whether it may be saved: conditions that are not known are kept, though the rule does not count with them. */
function tell(form: Form): boolean {
  const { rules, conditions, goal } = form;
  const known = { categories: new Set(rules.categories), providers: new Set(rules.providers) };
  const found = new Map(ruleProblems(wanted(form), known).map((it) => [it.at, it.words]));
  tellWhole(form, found.get("when") ?? "");
  return tellFields(conditions, goal, found);
}

function tellWhole({ whole }: Form, problem: string): void {
  setText(whole, problem);
  show(whole, problem !== "");
}

function tellFields(
  conditions: ConditionFields,
  goal: GoalFields,
  found: ReadonlyMap<string, string>,
): boolean {
  let isGood = true;
  for (const [name, field] of conditions.fields) {
    const problem = found.get(`when.${name}`) ?? "";
    field.tell(problem);
    isGood &&= problem === "";
  }
  const others = [...found].filter(([at]) => !at.startsWith("when")).map(([, words]) => words);
  goal.field.tell(others.join("; "));
  return isGood && others.length === 0;
}
