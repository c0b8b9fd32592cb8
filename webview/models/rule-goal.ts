import type { RulesShown } from "../../src/model/models-screen.ts";
import { recordOf } from "../../src/model/record.ts";
import type { Target } from "../../src/model/routing/configuration.ts";
import { h, show } from "../dom.ts";
import { type Field, fieldOf, lineInput, listInput } from "./fields.ts";

/** Where a rule sends requests, as fields. */
export interface GoalFields {
  readonly element: HTMLElement;
  readonly field: Field;
  /** A category's name, or a provider and a model; `undefined`: nothing is chosen. */
  readonly read: () => unknown;
}

const MODEL = "model";

/** Fields for the goal of a rule: a category that is set, or a model of a provider. */
export function goalFields(
  use: unknown,
  { categories }: RulesShown,
  models: readonly Target[],
  onChange: () => void,
): GoalFields {
  const before = typeof use === "string" ? {} : recordOf(use);
  const [provider, model] = [targetList(models, before["provider"], changed), lineInput(changed)];
  model.value = textIn(before["model"]);
  const offered = h("datalist", { id: "rule-models" });
  model.setAttribute("list", offered.id);
  const kind = listInput(kinds(use, categories), typeof use === "string" ? `category ${use}` : MODEL, () => {
    paint();
    changed();
  });
  const field = fieldOf("Send it to", "rule-use", kind);
  const target = [
    fieldOf("Provider", "rule-provider", provider),
    fieldOf("Model there", "rule-target", model),
  ];
  paint();
  return {
    element: h("div", { class: "fields" }, field.element, ...target.map((it) => it.element), offered),
    field,
    read: () => (kind.value === MODEL ? targetNow() : kind.value.slice("category ".length)),
  };

  function changed(): void {
    paint();
    onChange();
  }

  function targetNow(): unknown {
    const { provider: _, model: __, ...rest } = before;
    const at = model.value.trim();
    return { ...rest, ...(provider.value && { provider: provider.value }), ...(at && { model: at }) };
  }

  function paint(): void {
    for (const it of target) show(it.element, kind.value === MODEL);
    const own = models.filter((it) => it.provider === provider.value);
    offered.replaceChildren(...own.map((it) => h("option", { value: it.model })));
  }
}

function kinds(use: unknown, categories: readonly string[]): readonly (readonly [string, string])[] {
  // One that is not set any more stays to be seen.
  const own = typeof use === "string" && !categories.includes(use) ? [use] : [];
  return [
    [MODEL, "A model of a provider"],
    ...[...categories, ...own].map((it) => [`category ${it}`, `Category “${it}”`] as const),
  ];
}

function targetList(models: readonly Target[], before: unknown, onChange: () => void): HTMLSelectElement {
  const names = new Set([...models.map((it) => it.provider), textIn(before)]);
  const choices = [...names].filter((it) => it !== "").map((it) => [it, it] as const);
  return listInput([["", "Choose …"], ...choices], textIn(before), onChange);
}

function textIn(value: unknown): string {
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
