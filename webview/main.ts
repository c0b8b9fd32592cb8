import type { ToScreen } from "../src/agent/screen.ts";
import { announcer } from "./announcer.ts";
import { registerControls } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { isComposing } from "./dom.ts";
import { connect } from "./host.ts";
import { type Kept, keptOf } from "./kept.ts";
import { openLinks } from "./links.ts";
import { NO_PANEL, received } from "./panel.ts";
import { pictures } from "./pictures.ts";
import { panelView } from "./view/panel-view.ts";

/** How long what is kept over a reload may be behind, in milliseconds: pictures in a draft are large. */
const KEEP_MS = 150;

registerControls();
open();

/** The door: messages of the host in, `received`, paint; commands out. */
function open(): void {
  const host = connect();
  const voice = announcer();
  const images = pictures(host.post);
  let panel = NO_PANEL;
  let kept: Kept = keptOf(host.load());
  let isRestored = false;
  let frame = 0;
  let keeping: ReturnType<typeof setTimeout> | undefined;
  const desk: Desk = {
    post: host.post,
    command: (command) => host.post({ type: "command", command }),
    now: host.now,
    announce: voice.announce,
    folder: () => panel.session.folder,
    picture: images.ask,
    rewind: (row) => view.rewind.open(row),
    heard: new Map(),
    unfolded: new Set(),
  };
  const view = panelView(desk, () => panel, keepSoon);
  document.body.append(...view.elements, voice.element);
  openLinks(document.body, desk);
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", keep);
  view.composer.setDraft(kept.draft);
  host.listen(take);
  host.post({ type: "ready" });

  function take(message: ToScreen): void {
    // Answers overtake each other; within a frame an older one would hide the newest.
    if (message.type === "completions" && message.request < panel.completions.request) return;
    panel = received(panel, message);
    if (message.type === "blob") images.received(message.hash, message.mediaType, message.data);
    if (message.type === "focus") view.composer.focus();
    if (message.type === "draft") {
      paint();
      view.composer.add(message);
      if (message.send) view.composer.send();
    }
    // One paint for all that comes within a frame. A hidden page gets no frames and needs none.
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    view.update(panel);
    if (!panel.ready || isRestored) return;
    // After a reload the person finds the page where they left it.
    isRestored = true;
    if (kept.session === panel.session.id) view.conversation.goTo(kept.place);
  }

  function keepSoon(): void {
    keeping ??= setTimeout(keep, KEEP_MS);
  }

  function keep(): void {
    clearTimeout(keeping);
    keeping = undefined;
    const draft = view.composer.draft();
    kept = isRestored
      ? { session: panel.session.id, place: view.conversation.place(), draft }
      : { ...kept, draft };
    host.save(kept);
  }

  function onKey(event: KeyboardEvent): void {
    // Under an open dialog nothing is answered or stopped unseen.
    if (isComposing(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const isAccept = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.key === "Escape" && panel.session.status !== "resting") desk.command({ type: "stop" });
    // With words in the box the key may be meant to send them: nothing is allowed by mistake.
    else if (isAccept && !view.composer.isTyping()) view.questions.allow();
    else if (event.ctrlKey && event.key === "ArrowUp") view.conversation.focus();
    else if (event.ctrlKey && event.key === "ArrowDown") view.composer.focus();
    else return;
    event.preventDefault();
  }
}
