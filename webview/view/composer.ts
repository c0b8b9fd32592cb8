import type { Delivery } from "../../src/agent/events.ts";
import { button, enable } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, isComposing, type Part, setAttribute, setText, show } from "../dom.ts";
import { type Draft, droppedPaths, isAttached, isEmpty, joined, NO_DRAFT } from "../draft.ts";
import { NO_PANEL, type Panel } from "../panel.ts";
import { recalled } from "../recall.ts";
import { type Slash, slashOf } from "../slash.ts";
import { attachments } from "./attachments.ts";
import { completing } from "./completing.ts";
import { contextChip } from "./context-chip.ts";
import { meter } from "./meter.ts";
import { pickers } from "./pickers.ts";

/** The message box and what belongs to it. */
export interface Composer extends Part<Panel> {
  readonly draft: () => Draft;
  readonly setDraft: (draft: Draft) => void;
  /** Puts more into the box, behind what is there. */
  readonly add: (draft: Draft) => void;
  readonly send: (delivery?: Delivery) => void;
  readonly focus: () => void;
  readonly focusPicker: (name: "model" | "mode" | "effort") => void;
  /** Whether there is text in the box and the focus too. */
  readonly isTyping: () => boolean;
}

/** What the message box acts on. */
export interface ComposerEnds {
  readonly onSlash: (slash: Slash) => void;
  readonly onChange: () => void;
  readonly onStop: () => void;
}

/** Where the person writes: message, what goes along, model and mode, Send and Stop. */
export function composer(desk: Desk, ends: ComposerEnds): Composer {
  const box = h("textarea", {
    class: "message",
    rows: "1",
    "aria-label": "Message",
    "aria-autocomplete": "list",
    autocomplete: "off",
  });
  const list = completing(desk, box, changed);
  const chips = attachments(desk, { onChange: changed, onRefused: complain });
  const context = contextChip();
  const choose = pickers(desk);
  const gauge = meter();
  const sendButton = button({
    name: "Send",
    look: "icon",
    icon: "send",
    class: "send",
    hint: "Send (Enter)",
    onClick: () => send(),
  });
  const stopButton = button({
    name: "Stop",
    look: "icon",
    icon: "stop",
    class: "stop",
    hint: "Stop (Escape)",
    onClick: ends.onStop,
  });
  const attach = button({
    name: "Attach",
    look: "icon",
    icon: "attach",
    hint: "Attach files or pictures",
    onClick: () => desk.post({ type: "attach" }),
  });
  const refusal = h("p", { class: "refusal", role: "alert", hidden: true });
  const frame = h(
    "div",
    { class: "frame" },
    list.element,
    h("div", { class: "along" }, context.element, chips.element),
    box,
    h("div", { class: "bar" }, attach, choose.element, h("span", { class: "grow" }), stopButton, sendButton),
  );
  let panel: Panel = NO_PANEL;
  let sent: Draft = NO_DRAFT;
  let back = 0;

  box.addEventListener("input", onInput);
  box.addEventListener("keydown", onKey);
  frame.addEventListener("paste", (event) => chips.take(event.clipboardData) && event.preventDefault());
  frame.addEventListener("dragover", (event) => event.preventDefault());
  frame.addEventListener("drop", onDrop);
  return {
    element: h("div", { class: "composer" }, refusal, frame, gauge.element),
    update,
    draft,
    setDraft,
    add,
    send,
    focus: () => box.focus(),
    focusPicker: choose.focus,
    isTyping: () => document.activeElement === box && box.value !== "",
  };

  function update(next: Panel): void {
    const before = panel;
    panel = next;
    const isWorking = next.session.status !== "resting";
    show(stopButton, isWorking);
    box.disabled = next.readOnly !== undefined || !next.ready;
    setAttribute(box, "placeholder", next.readOnly ?? placeholderOf(isWorking));
    paintContext();
    choose.update(next);
    gauge.update(next);
    enable(sendButton, maySend());
    if (next.refused !== before.refused) refuse(next.refused);
    if (next.completions !== before.completions) list.found(next.completions);
  }

  /** What is attached by hand needs no second chip. */
  function paintContext(): void {
    const it = panel.context;
    context.update(it && isAttached(it, chips.all()) ? undefined : it);
  }

  function complain(reason: string | undefined): void {
    setText(refusal, reason ?? "");
    show(refusal, reason !== undefined);
  }

  function refuse(reason: string | undefined): void {
    complain(reason);
    if (reason !== undefined && isEmpty(draft())) setDraft(sent);
  }

  function draft(): Draft {
    return { text: box.value, attachments: chips.all() };
  }

  function setDraft(next: Draft): void {
    box.value = next.text;
    chips.set(next.attachments);
    box.setSelectionRange(box.value.length, box.value.length);
  }

  function add(more: Draft): void {
    chips.add(more.attachments);
    setDraft({ text: joined(box.value, more.text), attachments: chips.all() });
    box.focus();
  }

  function changed(): void {
    ends.onChange();
    paintContext();
    enable(sendButton, maySend());
  }

  function maySend(): boolean {
    return panel.ready && panel.readOnly === undefined && !isEmpty(draft());
  }

  function send(delivery?: Delivery): void {
    list.close();
    if (!maySend()) return;
    sent = draft();
    const withContext = context.isOn();
    back = 0;
    complain(undefined);
    setDraft(NO_DRAFT);
    const slash = sent.attachments.length === 0 ? slashOf(sent.text) : undefined;
    if (slash) ends.onSlash(slash);
    else ask({ ...sent, text: sent.text.trim() }, withContext, delivery);
  }

  function ask(message: Draft, withContext: boolean, delivery: Delivery = "step"): void {
    const isWorking = panel.session.status !== "resting";
    desk.post({
      type: "command",
      withContext,
      command: { type: "ask", ...message, ...(isWorking && { delivery }) },
    });
  }

  function onInput(): void {
    back = 0;
    changed();
    list.look();
  }

  function onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (list.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      send(event.altKey ? "rest" : undefined);
    } else if (/^Arrow(Up|Down)$/.test(event.key) && !event.ctrlKey && !event.shiftKey) recall(event);
  }

  /** Up in an empty box brings back what was said before; Down goes forward again. */
  function recall(event: KeyboardEvent): void {
    const isUp = event.key === "ArrowUp";
    if (back === 0 && (box.value !== "" || !isUp)) return;
    const found = recalled(panel.session.rows, back + (isUp ? 1 : -1));
    if (!found) return;
    event.preventDefault();
    back = found.back;
    box.value = found.text;
    changed();
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    if (chips.take(event.dataTransfer)) return;
    const paths = droppedPaths(event.dataTransfer?.getData("text/uri-list") ?? "", desk.folder());
    if (paths.length > 0) add({ ...NO_DRAFT, text: `${paths.map((it) => `@${it}`).join(" ")} ` });
  }
}

function placeholderOf(isWorking: boolean): string {
  return isWorking
    ? "Add to what it is doing, or queue the next thing"
    : "Ask, or say what should change (@ files, / commands)";
}
