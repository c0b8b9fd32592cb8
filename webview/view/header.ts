import type { SessionState } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, setAttribute, setText } from "../dom.ts";

/** Title of the session, and the ways to others. */
export function header(desk: Desk, openHistory: () => void): Part<SessionState> {
  const title = h("h1", { class: "session-title" });
  const element = h(
    "header",
    { class: "header" },
    title,
    button({
      name: "New session",
      look: "icon",
      icon: "add",
      onClick: () => desk.post({ type: "newSession" }),
    }),
    button({ name: "History", look: "icon", icon: "history", onClick: openHistory }),
  );
  return {
    element,
    update(session) {
      const name = visible(session.title) || "New session";
      setText(title, name);
      setAttribute(title, "title", name);
    },
  };
}
