import type { OpenQuestion } from "../../src/agent/session.ts";
import type { Desk } from "../desk.ts";
import { arrange, h, type Part } from "../dom.ts";
import { choiceCard } from "./choice.ts";
import { permissionCard, type QuestionCard } from "./permission.ts";

/** The open questions above the message box. */
export interface QuestionsDock extends Part<readonly OpenQuestion[]> {
  /** Answers the first open question with yes; false when there is none. */
  readonly allow: () => boolean;
}

/**
 * The questions that wait for the person. A new one takes the focus unless they are typing, and gives it back to
 * `home` when the last is answered.
 */
export function questionsDock(desk: Desk, isTyping: () => boolean, home: () => void): QuestionsDock {
  const element = h("div", { class: "questions-dock" });
  let cards = new Map<string, QuestionCard>();
  return {
    element,
    update(questions) {
      const next = new Map<string, QuestionCard>();
      const fresh: QuestionCard[] = [];
      for (const it of questions) {
        const card = cards.get(it.question) ?? made(it);
        if (!cards.has(it.question)) fresh.push(card);
        next.set(it.question, card);
      }
      const hadFocus = element.contains(document.activeElement);
      cards = next;
      arrange(
        element,
        [...cards.values()].map((it) => it.element),
      );
      const lostFocus = hadFocus && !element.contains(document.activeElement);
      if (lostFocus) first() ? first()?.focus() : home();
      // In a page without the focus this would take it from an editor in which the person types.
      else if (fresh[0] && document.hasFocus() && !isTyping() && !hadFocus) fresh[0].focus();
    },
    allow() {
      first()?.allow();
      return cards.size > 0;
    },
  };

  function made(question: OpenQuestion): QuestionCard {
    desk.announce(
      question.about === "choice"
        ? "Wheelhouse has a question."
        : `Permission request: ${question.tool} ${question.title}. ${question.reason}`,
    );
    return question.about === "choice" ? choiceCard(desk, question) : permissionCard(desk, question);
  }

  function first(): QuestionCard | undefined {
    return cards.values().next().value;
  }
}
