import type { Reply } from "../../src/agent/events.ts";
import type { OpenQuestion } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, isComposing, rove } from "../dom.ts";
import { commandParts } from "./command-parts.ts";
import { displayOf } from "./display.ts";

/** Keys pressed this soon after a question appeared were meant for something else. In milliseconds. */
export const GUARD_MS = 500;

/** A question that waits for the person. */
export interface QuestionCard {
  readonly element: HTMLElement;
  readonly focus: () => void;
  /** Answers yes, once the guard time is over; for questions without a plain yes, nothing. */
  readonly allow: () => void;
}

/** Whether a call may run, or a plan be carried out. */
export function permissionCard(desk: Desk, question: OpenQuestion): QuestionCard {
  const born = desk.now();
  const heading = question.about === "plan" ? "Carry out this plan?" : `Allow ${visible(question.tool)}?`;
  const words = h("textarea", {
    class: "words",
    rows: "1",
    "aria-label": "Tell Wheelhouse what to do instead",
    placeholder: "Tell Wheelhouse what to do instead",
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || isComposing(event))
      return;
    event.preventDefault();
    if (words.value.trim() !== "") deny();
  });
  const allowButton = button({ name: "Allow", look: "primary", hint: "Allow (Ctrl+Enter)", onClick: allow });
  const menuFor = (term: Term, kind: "session" | "always") =>
    question.rules.length > 0 ? rulesMenu(question, term, (rule) => reply({ kind, rule })) : undefined;
  const session = menuFor(SESSION, "session");
  const always = menuFor(ALWAYS, "always");
  const element = h(
    "div",
    { class: "question permission", role: "group", "aria-label": "Permission request" },
    h(
      "div",
      { class: "question-head" },
      h("strong", {}, heading),
      isTitled(question) && h("span", { class: "question-title" }, visible(question.title)),
    ),
    question.reason !== "" && h("p", { class: "reason" }, visible(question.reason)),
    h("div", { class: "question-body" }, displayOf(desk, question.display)),
    commandParts(question.parts ?? []),
    h(
      "div",
      { class: "actions" },
      allowButton,
      session?.opener,
      always?.opener,
      button({ name: "Deny", onClick: deny }),
    ),
    session?.menu,
    always?.menu,
    words,
  );
  return { element, focus: () => allowButton.focus(), allow };

  function allow(): void {
    reply({ kind: "allow" });
  }

  function deny(): void {
    const said = words.value.trim();
    reply(said === "" ? { kind: "deny" } : { kind: "deny", words: said });
  }

  function reply(it: Reply): void {
    if (desk.now() - born < GUARD_MS) return;
    desk.command({ type: "reply", question: question.question, reply: it });
  }
}

/** A command is shown whole below; saying it twice would bury it. */
function isTitled({ about, display }: OpenQuestion): boolean {
  return about === "permission" && display.kind !== "terminal";
}

/** For how long a rule is given. */
interface Term {
  readonly name: string;
  readonly label: string;
  readonly note: string;
}

const SESSION: Term = {
  name: "Allow for this session",
  label: "Rule for this session",
  note: "Choose the rule that holds until this session is closed. It is not written to your settings.",
};

const ALWAYS: Term = {
  name: "Allow always",
  label: "Rule to write to your settings",
  note: "Choose the rule to write to your settings. What it covers will not be asked again.",
};

/** No rule is given before the person has seen the very rule it is. */
function rulesMenu({ rules, covers = [] }: OpenQuestion, term: Term, choose: (rule: string) => void) {
  const items = rules.map((rule, index) => {
    const name = { "aria-label": visible(rule), "aria-description": covers[index] };
    return h(
      "button",
      { type: "button", role: "menuitem", class: "menu-item", ...name, on: { click: () => choose(rule) } },
      h("code", {}, visible(rule)),
      covers[index] !== undefined && h("span", { class: "covers" }, visible(covers[index])),
    );
  });
  const menu = h("div", { class: "rules", role: "menu", "aria-label": term.label, hidden: true }, ...items);
  const note = h("p", { class: "faint" }, term.note);
  const box = h("div", { class: "rules-box", hidden: true }, note, menu);
  const opener = button({ name: term.name, onClick: () => toggle(box.hidden !== false) });
  opener.setAttribute("aria-haspopup", "menu");
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      toggle(false);
      opener.focus();
    } else rove(event, items);
  });
  return { opener, menu: box };

  function toggle(open: boolean): void {
    box.hidden = !open;
    menu.hidden = !open;
    if (open) items[0]?.focus();
  }
}
