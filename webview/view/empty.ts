import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, show } from "../dom.ts";
import { icon } from "../icons.ts";
import type { Panel } from "../panel.ts";

const OFFLINE: readonly string[] = ["help", "show README.md", 'find "export"', "run npm test"];
const MODEL: readonly string[] = [
  "Explain how this project is built",
  "Find the failing test and fix it",
  "Review my uncommitted changes",
];

/** What a session without a word shows: what can be done, and examples that can be sent as they are. */
export function emptyState(desk: Desk, suggest: (text: string) => void): Part<Panel> {
  const examples = h("div", { class: "examples" });
  const offline = h(
    "div",
    { class: "offline-hint" },
    h(
      "p",
      {},
      "You are using the built-in offline model: a small command language, no language model. It shows the whole tool without a key.",
    ),
    button({ name: "Set API key", look: "primary", onClick: () => desk.post({ type: "setKey" }) }),
  );
  const folderless = h(
    "div",
    { class: "offline-hint" },
    h("p", {}, "No folder is open. A session reads, changes and runs what is in one."),
    button({ name: "Open Folder", look: "primary", onClick: () => desk.post({ type: "openFolder" }) }),
  );
  const element = h(
    "div",
    { class: "empty" },
    h("div", { class: "empty-mark" }, icon("wheel")),
    h("h2", {}, "Wheelhouse"),
    h(
      "p",
      { class: "faint" },
      "Ask about the code, or say what should change. You see every step, approve what matters, and can undo every edit.",
    ),
    examples,
    offline,
    folderless,
  );
  let shown: boolean | undefined;
  return {
    element,
    update({ ready, session }) {
      show(element, ready && session.rows.length === 0 && session.status === "resting");
      const isOffline = session.model === "offline";
      const hasFolder = session.folder !== "";
      show(folderless, !hasFolder);
      show(examples, hasFolder);
      show(offline, hasFolder && isOffline);
      if (shown === isOffline) return;
      shown = isOffline;
      examples.replaceChildren(
        ...(isOffline ? OFFLINE : MODEL).map((text) =>
          h("button", { type: "button", class: "example", on: { click: () => suggest(text) } }, text),
        ),
      );
    },
  };
}
