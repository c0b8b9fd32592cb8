import type { Completion } from "../../src/agent/screen.ts";
import type { Desk } from "../desk.ts";
import { mentionAt, withMention } from "../mention.ts";
import type { Panel } from "../panel.ts";
import { slashCompletions } from "../slash.ts";
import { completions } from "./completions.ts";

/** Completion while a message is typed. */
export interface Completing {
  readonly element: HTMLElement;
  /** Looks at what stands before the caret: asks the host for paths, or lists commands. */
  readonly look: () => void;
  /** Shows what the host found, when it is the answer to the last question. */
  readonly found: (answer: Panel["completions"]) => void;
  readonly close: () => void;
  /** Takes the keys of an open list; true when it did. */
  readonly key: (event: KeyboardEvent) => boolean;
}

/** Completion of mentions and commands in a text box. */
export function completing(desk: Desk, box: HTMLTextAreaElement, onTaken: () => void): Completing {
  const list = completions(box, take);
  let asked = 0;
  box.addEventListener("blur", list.close);
  // Also when the page was made anew under what was being typed.
  box.addEventListener("focus", look);
  return { element: list.element, look, found, close: list.close, key: list.key };

  function look(): void {
    const mention = mentionAt(box.value, box.selectionStart);
    if (mention) desk.post({ type: "complete", request: ++asked, query: mention.query });
    else list.open(slashCompletions(box.value));
  }

  function found({ request, items }: Panel["completions"]): void {
    if (request === asked && mentionAt(box.value, box.selectionStart)) list.open(items);
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
    onTaken();
    if (item.kind === "folder") look();
  }
}
