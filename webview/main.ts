import type { ToScreen } from "../src/agent/screen.ts";
import { announcer } from "./announcer.ts";
import { registerControls } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { h, isComposing } from "./dom.ts";
import { connect } from "./host.ts";
import { type Kept, keptOf } from "./kept.ts";
import { openLinks } from "./links.ts";
import { NO_PANEL, received } from "./panel.ts";
import { pictures } from "./pictures.ts";
import { runSlash, type SlashEnds } from "./run-slash.ts";
import { changedFiles } from "./view/changed.ts";
import { composer } from "./view/composer.ts";
import { conversation } from "./view/conversation.ts";
import { emptyState } from "./view/empty.ts";
import { header } from "./view/header.ts";
import { costOverlay, helpOverlay } from "./view/help.ts";
import { history } from "./view/history.ts";
import { progress } from "./view/progress.ts";
import { questionsDock } from "./view/questions-dock.ts";
import { queueList } from "./view/queue.ts";
import { todosDock } from "./view/todos-dock.ts";

registerControls();
open();

/** The door: messages of the host in, `received`, paint; commands out. */
function open(): void {
  const host = connect();
  const voice = announcer();
  const images = pictures(host.post);
  let panel = NO_PANEL;
  let kept: Kept = keptOf(host.load());
  let frame = 0;
  let isRestored = false;

  const desk: Desk = {
    post: host.post,
    command: (command) => host.post({ type: "command", command }),
    now: host.now,
    announce: voice.announce,
    folder: () => panel.session.folder,
    picture: images.ask,
    heard: new Map(),
    unfolded: new Set(),
  };
  const past = history(desk);
  const help = helpOverlay();
  const cost = costOverlay();
  const top = header(desk, past.open);
  const talk = conversation(desk, keep);
  const box = composer(desk, {
    onSlash: (slash) => runSlash(slash, slashEnds),
    onChange: keep,
    onStop: stop,
  });
  const slashEnds: SlashEnds = {
    desk,
    panel: () => panel,
    openHelp: help.open,
    openCost() {
      cost.fill(panel.session);
      cost.open();
    },
    focusPicker: box.focusPicker,
  };
  const blank = emptyState(desk, (text) => {
    box.setDraft({ text, attachments: box.draft().attachments });
    box.send();
  });
  const questions = questionsDock(desk, box.isTyping, box.focus);
  const status = progress(desk);
  const todos = todosDock();
  const changed = changedFiles(desk);
  const queue = queueList(desk);

  const main = h(
    "main",
    { class: "panel" },
    top.element,
    h("div", { class: "stage" }, blank.element, talk.element),
    h(
      "div",
      { class: "dock" },
      questions.element,
      status.element,
      todos.element,
      changed.element,
      queue.element,
    ),
    box.element,
  );
  document.body.append(main, voice.element, past.element, help.element, cost.element);
  openLinks(document.body, desk);
  document.addEventListener("keydown", onKey);
  host.listen(take);
  box.setDraft(kept.draft);
  host.post({ type: "ready" });

  function take(message: ToScreen): void {
    panel = received(panel, message);
    if (message.type === "blob") images.received(message.hash, message.mediaType, message.data);
    if (message.type === "focus") box.focus();
    if (message.type === "draft") {
      box.add(message);
      if (message.send) box.send();
    }
    // One paint for all that comes within a frame. A hidden page gets no frames and needs none.
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    frame = 0;
    const { session } = panel;
    top.update(session);
    blank.update(panel);
    talk.update(session);
    status.update(session);
    todos.update(session.todos);
    changed.update(session.changed);
    queue.update(session.queue);
    past.update(panel.sessions);
    box.update(panel);
    questions.update(session.questions);
    if (panel.ready && !isRestored) restore();
  }

  /** After a reload the person finds the page where they left it. */
  function restore(): void {
    isRestored = true;
    if (kept.session === panel.session.id) talk.goTo(kept.place);
  }

  function keep(): void {
    if (panel.ready && isRestored)
      kept = { session: panel.session.id, place: talk.place(), draft: box.draft() };
    else kept = { ...kept, draft: box.draft() };
    host.save(kept);
  }

  function stop(): void {
    desk.command({ type: "stop" });
  }

  function onKey(event: KeyboardEvent): void {
    if (isComposing(event) || event.defaultPrevented) return;
    const isAccept = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.key === "Escape" && panel.session.status !== "resting") stop();
    // With words in the box the key may be meant to send them: nothing is allowed by mistake.
    else if (isAccept && !box.isTyping()) questions.allow();
    else if (event.ctrlKey && event.key === "ArrowUp") talk.focus();
    else if (event.ctrlKey && event.key === "ArrowDown") box.focus();
    else return;
    event.preventDefault();
  }
}
