import { recordOf } from "../../src/model/record.ts";
import { CONDITIONS } from "../../src/model/routing/read-routing.ts";
import { button } from "../controls.ts";
import { h } from "../dom.ts";
import { type Field, fieldOf, lineInput, listInput } from "./fields.ts";

/** The conditions of a rule as fields. */
export interface ConditionFields {
  readonly element: HTMLElement;
  /** In the order of the page, by their names. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What is wanted now: what was not touched as it stood, and what is not known, too. */
  readonly read: () => Readonly<Record<string, unknown>>;
}

type Name = (typeof CONDITIONS)[keyof typeof CONDITIONS][number];

const LABELS: Readonly<Record<Name, string>> = {
  model: "Model",
  tool: "One of its tools",
  client: "Client",
  user: "User",
  project: "Project",
  tokensAbove: "More tokens than",
  tokensBelow: "Fewer tokens than",
  thinking: "Thinking is asked for",
  search: "A tool searches the web",
  images: "It has images",
  background: "The model is one for small work",
  subagent: "A subagent asks",
};

const NAMES = Object.keys(LABELS) as readonly Name[];

/** Fields for the conditions that `when` has, and for those it could have. */
export function conditionFields(when: unknown, onChange: () => void): ConditionFields {
  const wanted = new Map(Object.entries(recordOf(when)));
  const fields = new Map(
    NAMES.map((name) => {
      const set = (value: unknown) => {
        if (value === undefined) wanted.delete(name);
        else wanted.set(name, value);
        onChange();
      };
      return [name, conditionField(name, wanted.get(name), set)] as const;
    }),
  );
  const strange = [...wanted.keys()].filter((it) => !(it in LABELS));
  const leaveOut = (name: string) => {
    wanted.delete(name);
    onChange();
    fields.get("model")?.input.focus();
  };
  const element = h(
    "div",
    { class: "fields" },
    ...[...fields.values()].map((it) => it.element),
    ...strange.map((name) => strangeCondition(name, wanted.get(name), () => leaveOut(name))),
  );
  return { element, fields, read: () => Object.fromEntries(wanted) };
}

function conditionField(name: Name, value: unknown, set: (value: unknown) => void): Field {
  const id = `rule-${name}`;
  if (CONDITIONS.flags.some((it) => it === name)) {
    // A value that is neither stays to be chosen, so that it is not lost unseen.
    const written = value === undefined ? "" : JSON.stringify(value);
    const other = ["", "true", "false"].includes(written) ? [] : [[written, written] as const];
    const choices = [["", "Either"], ["true", "Yes"], ["false", "No"], ...other] as const;
    const chosen = (it: string) => (it === "" ? undefined : it === written ? value : it === "true");
    const input = listInput(choices, written, () => set(chosen(input.value)));
    return fieldOf(LABELS[name], id, input);
  }
  const isNumber = CONDITIONS.numbers.some((it) => it === name);
  const read = (text: string) => (text === "" ? undefined : isNumber ? numberIn(text) : text);
  const input = lineInput(() => set(read(input.value.trim())), {
    placeholder: "Any",
    inputmode: isNumber && "numeric",
  });
  input.value = value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  return fieldOf(LABELS[name], id, input);
}

/** What is no number stays as it is written, and is told of. */
function numberIn(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function strangeCondition(name: string, value: unknown, leaveOut: () => void): HTMLElement {
  const element = h(
    "div",
    { class: "strange" },
    h("code", {}, `${name}: ${JSON.stringify(value)}`),
    button({
      name: `Leave out ${name}`,
      onClick() {
        element.remove();
        leaveOut();
      },
    }),
  );
  return element;
}
