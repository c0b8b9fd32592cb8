import type { Row } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, setText } from "../dom.ts";
import { icon } from "../icons.ts";

type NoticeRow = Extract<Row, { kind: "notice" }>;

/** A word of Wheelhouse itself, with what can be done about it. */
export function noticeRow(desk: Desk, { level, failure, retry }: NoticeRow): Part<NoticeRow> {
  const text = h("p", { class: "notice-text" });
  const needsKey = failure?.kind === "no-key" || failure?.kind === "auth";
  const actions = h(
    "div",
    { class: "actions" },
    retry && button({ name: "Retry", onClick: () => desk.command({ type: "retry" }) }),
    needsKey && button({ name: "Set API key", onClick: () => desk.post({ type: "setKey" }) }),
    failure &&
      button({
        name: "Copy details",
        look: "icon",
        icon: "copy",
        onClick: () => desk.post({ type: "copy", text: detailsOf(failure) }),
      }),
  );
  const undo = button({ name: "Undo", onClick: () => desk.command({ type: "takeBackRewind" }) });
  const word = { info: "Note", warning: "Warning", error: "Error" }[level];
  return {
    element: h(
      "div",
      { class: `row notice ${level}` },
      h(
        "div",
        { class: "notice-card" },
        icon(level === "info" ? "info" : "alert"),
        h("div", { class: "notice-body" }, h("span", { class: "unseen" }, `${word}: `), text, actions),
      ),
    ),
    update(row) {
      setText(text, visible(row.text));
      if (row.rewind) actions.append(undo);
      else undo.remove();
      actions.hidden = actions.childElementCount === 0;
    },
  };
}

function detailsOf(failure: NonNullable<NoticeRow["failure"]>): string {
  const { kind, message, status, requestId } = failure;
  return [`${kind}: ${message}`, status && `status ${status}`, requestId && `request ${requestId}`]
    .filter(Boolean)
    .join("\n");
}
