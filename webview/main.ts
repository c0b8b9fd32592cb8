import { MODES, type Mode } from "../src/agent/events.ts";
import type { ToScreen } from "../src/agent/screen.ts";
import { EFFORTS } from "../src/model/conversation.ts";
import { announcer } from "./announcer.ts";
import { registerControls } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { h, isComposing } from "./dom.ts";
import { connect } from "./host.ts";
import { type Kept, keptOf } from "./kept.ts";
import { openLinks } from "./links.ts";
import { NO_PANEL, received } from "./panel.ts";
import { pictures } from "./pictures.ts";
import type { Slash } from "./slash.ts";
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
    unfolded: new Set(),
  };
  const past = history(desk);
  const help = helpOverlay();
  const cost = costOverlay();
  const top = header(desk, past.open);
  const talk = conversation(desk, keep);
  const box = composer(desk, { onSlash, onChange: keep, onStop: stop });
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

  function onSlash({ name, argument }: Slash): void {
    switch (name) {
      case "clear":
        return host.post({ type: "newSession" });
      case "help":
        return help.open();
      case "cost":
        cost.fill(panel.session);
        return cost.open();
      case "export":
        return host.post({
          type: "exportSession",
          id: panel.session.id,
          format: argument === "json" ? "json" : "markdown",
        });
      case "model":
        return argument === ""
          ? box.focusPicker("model")
          : desk.command({ type: "configure", model: modelNamed(argument) });
      case "mode":
        return configure("mode", modeNamed(argument));
      case "effort":
        return configure(
          "effort",
          EFFORTS.find((it) => it === argument.toLowerCase()),
        );
    }
  }

  function configure<K extends "mode" | "effort">(name: K, value: string | undefined): void {
    if (value === undefined) return box.focusPicker(name);
    desk.command({ type: "configure", [name]: value });
  }

  function modelNamed(name: string): string {
    const words = name.toLowerCase();
    return panel.models.find((it) => it.id === name || it.name.toLowerCase() === words)?.id ?? name;
  }
}

function modeNamed(name: string): Mode | undefined {
  return MODES.find((it) => it.toLowerCase() === name.toLowerCase());
}
