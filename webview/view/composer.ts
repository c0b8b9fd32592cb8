import type { Attachment, Delivery } from "../../src/agent/events.ts";
import type { Completion } from "../../src/agent/screen.ts";
import { button, enable } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, isComposing, type Part, setAttribute, setText, show } from "../dom.ts";
import { mentionAt, withMention } from "../mention.ts";
import type { Panel } from "../panel.ts";
import { recalled } from "../recall.ts";
import { type Slash, slashCompletions, slashOf } from "../slash.ts";
import { attachments } from "./attachments.ts";
import { completions } from "./completions.ts";
import { contextChip } from "./context-chip.ts";
import { meter } from "./meter.ts";
import { pickers } from "./pickers.ts";

/** What is written and not yet sent. */
export interface Draft {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

export interface Composer extends Part<Panel> {
  readonly draft: () => Draft;
  readonly setDraft: (draft: Draft) => void;
  /** Puts more into the box, behind what is there. */
  readonly add: (draft: Draft) => void;
  readonly send: () => void;
  readonly focus: () => void;
  readonly focusPicker: (name: "model" | "mode" | "effort") => void;
  /** Whether there is text in the box and the focus too. */
  readonly isTyping: () => boolean;
}

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
  const list = completions(box, take);
  const chips = attachments(desk, changed);
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
  const refusal = h("p", { class: "refusal", role: "alert", hidden: true });
  const frame = h(
    "div",
    { class: "frame" },
    list.element,
    h("div", { class: "along" }, context.element, chips.element),
    box,
    h(
      "div",
      { class: "bar" },
      button({
        name: "Attach",
        look: "icon",
        icon: "attach",
        hint: "Attach files or pictures",
        onClick: () => desk.post({ type: "attach" }),
      }),
      choose.element,
      h("span", { class: "grow" }),
      stopButton,
      sendButton,
    ),
  );
  const element = h("div", { class: "composer" }, refusal, frame, gauge.element);
  let panel: Panel | undefined;
  let sent: Draft = { text: "", attachments: [] };
  let asked = 0;
  let back = 0;

  box.addEventListener("input", () => {
    back = 0;
    changed();
    complete();
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", () => list.close());
  frame.addEventListener("paste", (event) => chips.take(event.clipboardData) && event.preventDefault());
  frame.addEventListener("dragover", (event) => event.preventDefault());
  frame.addEventListener("drop", onDrop);

  return {
    element,
    update,
    draft,
    setDraft,
    send: () => send(),
    add: (more) => {
      setDraft({ text: joined(box.value, more.text), attachments: [...chips.all(), ...more.attachments] });
      box.focus();
    },
    focus: () => box.focus(),
    focusPicker: (name) => choose.focus(name),
    isTyping: () => document.activeElement === box && box.value !== "",
  };

  function update(next: Panel): void {
    const wasRefused = panel?.refused;
    const hadAnswer = panel?.completions;
    panel = next;
    const isWorking = next.session.status !== "resting";
    show(stopButton, isWorking);
    box.disabled = next.readOnly !== undefined || !next.ready;
    setAttribute(
      box,
      "placeholder",
      next.readOnly ??
        (isWorking
          ? "Add to what it is doing, or queue the next thing"
          : "Ask, or say what should change (@ files, / commands)"),
    );
    context.update(next.context);
    choose.update(next);
    gauge.update(next);
    paintSend();
    if (next.refused !== wasRefused) refuse(next.refused);
    if (
      next.completions !== hadAnswer &&
      next.completions.request === asked &&
      mentionAt(box.value, box.selectionStart)
    )
      list.open(next.completions.items);
  }

  function refuse(reason: string | undefined): void {
    setText(refusal, reason ?? "");
    show(refusal, reason !== undefined);
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

  function changed(): void {
    ends.onChange();
    paintSend();
  }

  function paintSend(): void {
    enable(sendButton, panel?.readOnly === undefined && !isEmpty(draft()));
  }

  function send(delivery?: Delivery): void {
    list.close();
    const now = draft();
    if (isEmpty(now) || panel?.readOnly !== undefined || !panel?.ready) return;
    const slash = now.attachments.length === 0 ? slashOf(now.text) : undefined;
    sent = now;
    back = 0;
    setDraft({ text: "", attachments: [] });
    if (slash) {
      ends.onSlash(slash);
      return;
    }
    const isWorking = panel.session.status !== "resting";
    desk.post({
      type: "command",
      withContext: context.isOn(),
      command: {
        type: "ask",
        ...now,
        text: now.text.trim(),
        ...(isWorking && { delivery: delivery ?? "step" }),
      },
    });
  }

  function onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (list.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      send(event.altKey ? "rest" : undefined);
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !event.ctrlKey && !event.shiftKey)
      recall(event);
  }

  /** Up in an empty box brings back what was said before; Down goes forward again. */
  function recall(event: KeyboardEvent): void {
    if (back === 0 && (box.value !== "" || event.key === "ArrowDown")) return;
    const found = recalled(panel?.session.rows ?? [], back + (event.key === "ArrowUp" ? 1 : -1));
    if (!found) return;
    event.preventDefault();
    back = found.back;
    box.value = found.text;
    changed();
  }

  function complete(): void {
    const mention = mentionAt(box.value, box.selectionStart);
    if (mention) desk.post({ type: "complete", request: ++asked, query: mention.query });
    else list.open(slashCompletions(box.value));
  }

  function take(item: Completion): void {
    const mention = mentionAt(box.value, box.selectionStart);
    if (item.kind === "command" || !mention) box.value = item.insert;
    else {
      const { text, caret } = withMention(box.value, mention, item.insert);
      box.value = text;
      box.setSelectionRange(caret, caret);
    }
    list.close();
    changed();
    if (item.kind === "folder") complete();
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    if (chips.take(event.dataTransfer)) return;
    const paths = droppedPaths(event.dataTransfer?.getData("text/uri-list") ?? "", desk.folder());
    if (paths.length > 0)
      setDraft({ ...draft(), text: joined(box.value, `${paths.map((it) => `@${it}`).join(" ")} `) });
    box.focus();
  }
}

function isEmpty({ text, attachments }: Draft): boolean {
  return text.trim() === "" && attachments.length === 0;
}

function joined(before: string, more: string): string {
  return before === "" || more === "" ? before + more : `${before.replace(/\s*$/, "")} ${more}`;
}

function droppedPaths(uris: string, folder: string): readonly string[] {
  const paths = uris
    .split(/\r?\n/)
    .filter((it) => it.startsWith("file://") || it.startsWith("vscode-remote://"))
    .map((it) => decodeURIComponent(new URL(it).pathname));
  return paths.map((it) => (it.startsWith(`${folder}/`) ? it.slice(folder.length + 1) : it));
}
