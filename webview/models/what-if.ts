import type { ModelsShown, Supposed } from "../../src/model/models-screen.ts";
import type { Decision } from "../../src/model/routing/decide.ts";
import { checkbox } from "../controls.ts";
import { h, type Part, show } from "../dom.ts";
import { fieldOf, lineInput, listInput } from "./fields.ts";
import type { Post } from "./providers.ts";
import { targetsOf, textOf } from "./routing.ts";

/** A request that is only supposed, and where it would go. */
export interface WhatIf extends Part<ModelsShown> {
  readonly decided: (decision: Decision) => void;
}

const CLIENTS = ["anthropic", "openai-chat", "openai-responses", "gemini", "vscode", "terminal"];

const FLAGS = {
  thinking: "Thinking is asked for",
  search: "A tool searches the web",
  images: "It has images",
  subagent: "A subagent asks",
} as const;

/** Asks the host where a request would go, whenever something of it is another; nobody else is asked. */
export function whatIf(post: Post): WhatIf {
  const fields = requestFields(ask);
  const result = h("div", { class: "decision", role: "status", hidden: true });
  const element = h(
    "div",
    { class: "what-if", role: "group", "aria-label": "What would happen" },
    h("h3", {}, "What would happen"),
    h("p", { class: "faint" }, "Where a request would go, and why. Nobody is asked."),
    ...fields.elements,
    result,
  );
  return {
    element,
    update(shown) {
      const choices = [...shown.rules.categories, ...targetsOf(shown.models).map((it) => it.model)];
      fields.offer([...new Set(choices)]);
      // Rules and providers may be others now.
      ask();
    },
    decided(decision) {
      show(result, fields.read() !== undefined);
      result.replaceChildren(...decisionParts(decision));
    },
  };

  function ask(): void {
    const of = fields.read();
    if (of === undefined) show(result, false);
    else post({ type: "decide", of });
  }
}

/** The fields of a request; `read` tells what is wrong beside them and gives `undefined` while there is no such request. */
function requestFields(onChange: () => void) {
  const flags = { thinking: false, search: false, images: false, subagent: false };
  const names = h("datalist", { id: "what-if-models" });
  const model = lineInput(onChange, { list: names.id, placeholder: "A model's name, or a category" });
  const tokens = lineInput(onChange, { inputmode: "numeric", placeholder: "0" });
  const tools = lineInput(onChange, { placeholder: "Bash, WebSearch" });
  const client = listInput([["", "Any"], ...CLIENTS.map((it) => [it, it] as const)], "", onChange);
  const [user, project] = [lineInput(onChange), lineInput(onChange)];
  const all = { Model: model, Tokens: tokens, Tools: tools, Client: client, User: user, Project: project };
  const fields = Object.entries(all).map(([name, it]) => fieldOf(name, `what-if-${name.toLowerCase()}`, it));
  const ticks = (Object.keys(FLAGS) as (keyof typeof FLAGS)[]).map((it) =>
    checkbox(FLAGS[it], false, (isSet) => {
      flags[it] = isSet;
      onChange();
    }),
  );
  return {
    elements: [
      h("div", { class: "fields" }, ...fields.map((it) => it.element), names),
      h("div", { class: "actions" }, ...ticks),
    ],
    offer: (models: readonly string[]) =>
      names.replaceChildren(...models.map((value) => h("option", { value }))),
    read(): Supposed | undefined {
      const [count, named] = [Number(tokens.value.trim()), model.value.trim()];
      const problem = Number.isFinite(count) ? (count < 0 ? "must be at least 0" : "") : "must be a number";
      fields.find((it) => it.input === tokens)?.tell(problem);
      if (problem !== "" || named === "") return undefined;
      const who = { client: client.value, user: user.value.trim(), project: project.value.trim() };
      return { model: named, tokens: count, tools: namesIn(tools.value), ...who, ...flags };
    },
  };
}

function namesIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
}

function decisionParts({ category, targets, why }: Decision): readonly HTMLElement[] {
  const goals = targets.map(textOf);
  const where = goals.length === 0 ? "nobody serves it" : goals.join(", then ");
  return [
    h("p", {}, h("strong", {}, category), ` → ${where}`),
    h("p", { class: "faint" }, `Because: ${why}.`),
  ];
}
