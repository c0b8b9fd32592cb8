import type { SessionSummary } from "../../src/agent/screen.ts";
import { visible } from "../../src/text/visible.ts";
import { button, textField } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, isComposing, keyed, type Part, setText, show } from "../dom.ts";
import { agoOf, moneyOf } from "../format.ts";
import { overlay } from "./overlay.ts";

/** Earlier sessions: search, open, rename, delete, export. */
export function history(desk: Desk): Part<readonly SessionSummary[]> & { readonly open: () => void } {
  const search = textField("Search sessions", (text) => desk.post({ type: "listSessions", search: text }));
  const list = h("ul", { class: "sessions", "aria-label": "Sessions" });
  const none = h("p", { class: "faint nothing" }, "No sessions found.");
  const panel = overlay("History", [search, list, none], () => search);
  const set = keyed<SessionSummary>(
    list,
    (it) => it.id,
    () => sessionItem(desk, panel.close),
  );
  return {
    element: panel.element,
    open() {
      search.value = "";
      desk.post({ type: "listSessions", search: "" });
      panel.open();
    },
    update(sessions) {
      set(sessions);
      show(none, sessions.length === 0);
    },
  };
}

function sessionItem(desk: Desk, close: () => void): Part<SessionSummary> {
  let session: SessionSummary | undefined;
  const title = h("span", { class: "session-name" });
  const about = h("span", { class: "session-about" });
  const opener = h("button", { type: "button", class: "session-open", on: { click: open } }, title, about);
  const name = h("input", {
    type: "text",
    class: "own",
    "aria-label": "New title",
    hidden: true,
    on: { keydown: onKey, blur: () => leave() },
  });
  const confirm = h(
    "div",
    { class: "confirm", role: "group", "aria-label": "Delete this session?", hidden: true },
    h("span", {}, "Delete for good?"),
    button({
      name: "Delete session",
      look: "primary",
      onClick: () => session && desk.post({ type: "deleteSession", id: session.id }),
    }),
    button({ name: "Cancel", onClick: () => ask(false) }),
  );
  const actions = h(
    "div",
    { class: "session-actions" },
    button({ name: "Rename", look: "icon", icon: "edit", onClick: rename }),
    button({
      name: "Export",
      look: "icon",
      icon: "export",
      onClick: () => session && desk.post({ type: "exportSession", id: session.id, format: "markdown" }),
    }),
    button({ name: "Delete", look: "icon", icon: "trash", onClick: () => ask(true) }),
  );
  return {
    element: h("li", { class: "session" }, opener, name, actions, confirm),
    update(next) {
      session = next;
      setText(title, visible(next.title) || "Untitled");
      setText(about, aboutOf(next, desk.now()));
    },
  };

  function open(): void {
    if (session) desk.post({ type: "openSession", id: session.id });
    close();
  }

  function ask(asking: boolean): void {
    confirm.hidden = !asking;
    actions.hidden = asking;
    if (asking) confirm.querySelector<HTMLElement>("vscode-button:last-child")?.focus();
  }

  function rename(): void {
    name.value = session?.title ?? "";
    name.hidden = false;
    opener.hidden = true;
    name.select();
    name.focus();
  }

  function leave(): void {
    name.hidden = true;
    opener.hidden = false;
  }

  function onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const words = name.value.trim();
    if (event.key === "Enter" && session && words !== "")
      desk.post({ type: "renameSession", id: session.id, title: words });
    if (event.key === "Escape") event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      leave();
      opener.focus();
    }
  }
}

function aboutOf({ at, prompts, cost, open, model }: SessionSummary, now: number): string {
  const where = { live: "open", elsewhere: "open elsewhere", none: "" }[open ?? "none"];
  return [
    agoOf(at, now),
    `${prompts} message${prompts === 1 ? "" : "s"}`,
    model,
    cost > 0 ? moneyOf(cost) : "",
    where,
  ]
    .filter((it) => it !== "")
    .join(" · ");
}
