import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import type { Panel } from "../panel.ts";
import { runSlash } from "../run-slash.ts";
import { changedFiles } from "./changed.ts";
import { type Composer, composer } from "./composer.ts";
import { type Conversation, conversation } from "./conversation.ts";
import { emptyState } from "./empty.ts";
import { header } from "./header.ts";
import { costOverlay, helpOverlay } from "./help.ts";
import { history } from "./history.ts";
import { progress } from "./progress.ts";
import { type QuestionsDock, questionsDock } from "./questions-dock.ts";
import { queueList } from "./queue.ts";
import { type RewindView, rewindView } from "./rewind.ts";
import { todosDock } from "./todos-dock.ts";

/** The whole panel as a view. */
export interface PanelView {
  /** Everything that goes into the page. */
  readonly elements: readonly HTMLElement[];
  readonly update: (panel: Panel) => void;
  readonly composer: Composer;
  readonly conversation: Conversation;
  readonly questions: QuestionsDock;
  readonly rewind: RewindView;
}

/** The whole panel, from its title down to the message box. `onChange`: the draft or the place read is another one. */
export function panelView(desk: Desk, panel: () => Panel, onChange: () => void): PanelView {
  const past = history(desk);
  const help = helpOverlay();
  const cost = costOverlay();
  const back = rewindView(desk, panel);
  const top = header(desk, past.open);
  const talk = conversation(desk, onChange);
  const box = composer(desk, {
    onChange,
    onSlash: (slash) =>
      runSlash(slash, {
        desk,
        panel,
        openHelp: help.open,
        openCost: () => cost.show(panel().session),
        focusPicker: box.focusPicker,
      }),
    onStop: () => desk.command({ type: "stop" }),
  });
  const blank = emptyState(desk, (text) => {
    box.setDraft({ ...box.draft(), text });
    box.send();
  });
  const questions = questionsDock(desk, box.isTyping, box.focus);
  const dock = {
    status: progress(desk),
    todos: todosDock(),
    changed: changedFiles(desk),
    queue: queueList(desk),
  };
  const main = h(
    "main",
    { class: "panel" },
    top.element,
    h("div", { class: "stage" }, blank.element, talk.element),
    h(
      "div",
      { class: "dock" },
      questions.element,
      dock.status.element,
      dock.todos.element,
      dock.changed.element,
    ),
    // Under a tall question too: what waits can be changed at any time.
    dock.queue.element,
    box.element,
  );
  return {
    elements: [main, past.element, help.element, cost.element, back.element],
    update,
    composer: box,
    conversation: talk,
    questions,
    rewind: back,
  };

  function update(next: Panel): void {
    const { session } = next;
    top.update(session);
    blank.update(next);
    talk.update(session);
    dock.status.update(session);
    dock.todos.update(session.todos);
    dock.changed.update(session.changed);
    dock.queue.update(session.queue);
    past.update(next.sessions);
    back.update(next);
    box.update(next);
    questions.update(session.questions);
  }
}
