import type { Delivery } from "../../src/agent/events.ts";
import type { QueuedMessage } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, isComposing, keyed, type Part, setAttribute, setText, show } from "../dom.ts";
import { icon } from "../icons.ts";

const WORDS: Record<Delivery, string> = { step: "After this step", rest: "When done" };

/** Messages that wait for their moment: each can be changed, removed, and given another moment. */
export function queueList(desk: Desk): Part<readonly QueuedMessage[]> {
  const list = h("ul", { "aria-label": "Queued messages" });
  const element = h(
    "section",
    { class: "queue dock-part", hidden: true },
    h("div", { class: "dock-title" }, icon("queue"), "Queued"),
    list,
  );
  const set = keyed<QueuedMessage>(
    list,
    (it) => it.id,
    () => queuedItem(desk),
  );
  return {
    element,
    update(queue) {
      show(element, queue.length > 0);
      set(queue);
    },
  };
}

function queuedItem(desk: Desk): Part<QueuedMessage> {
  let message: QueuedMessage | undefined;
  const text = h("span", { class: "queued-text" });
  const moment = h("button", { type: "button", class: "moment", on: { click: toggle } });
  const box = h("textarea", {
    class: "queued-edit",
    rows: "2",
    "aria-label": "Edit queued message",
    hidden: true,
    on: { keydown: onKey },
  });
  const element = h(
    "li",
    { class: "queued" },
    text,
    box,
    moment,
    button({ name: "Edit", look: "icon", icon: "edit", onClick: edit }),
    button({
      name: "Remove",
      look: "icon",
      icon: "close",
      onClick: () => message && desk.command({ type: "unqueue", id: message.id }),
    }),
  );
  return {
    element,
    update(next) {
      message = next;
      setText(text, visible(next.text) || `${next.attachments.length} attachment(s)`);
      setAttribute(text, "title", visible(next.text));
      setText(moment, WORDS[next.delivery]);
      moment.title =
        next.delivery === "step"
          ? "Reaches the model after the running step. Click: when it is done"
          : "Reaches the model when the turn is done. Click: after the running step";
    },
  };

  function toggle(): void {
    if (message) requeue(message.text, message.delivery === "step" ? "rest" : "step");
  }

  function requeue(words: string, delivery: Delivery): void {
    if (message) desk.command({ type: "requeue", id: message.id, text: words, delivery });
  }

  function edit(): void {
    if (!message) return;
    if (box.hidden === false) {
      leave(true);
      return;
    }
    box.value = message.text;
    box.hidden = false;
    text.hidden = true;
    box.focus();
  }

  function leave(keep: boolean): void {
    const words = box.value.trim();
    box.hidden = true;
    text.hidden = false;
    if (keep && message && words !== "" && words !== message.text) requeue(words, message.delivery);
    element.querySelector<HTMLElement>("vscode-button")?.focus();
  }

  function onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      leave(true);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      leave(false);
    }
  }
}
