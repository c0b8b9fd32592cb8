import type { SessionState } from "../../src/agent/session.ts";
import { h } from "../dom.ts";
import { moneyOf } from "../format.ts";
import { SLASHES } from "../slash.ts";
import { type Overlay, overlay } from "./overlay.ts";

const KEYS: readonly (readonly [string, string])[] = [
  ["Enter", "Send; while it works: reaches it after the running step"],
  ["Shift+Enter", "New line"],
  ["Alt+Enter", "Queue until it is done"],
  ["Ctrl+Enter", "Allow what is asked"],
  ["Escape", "Stop, or close what is open"],
  ["Up", "In an empty box: bring back what you said"],
  ["Ctrl+Up, Ctrl+Down", "To the conversation and back"],
  ["@", "Mention a file or folder"],
];

/** Keys and commands. */
export function helpOverlay(): Overlay {
  return overlay(
    "Help",
    [
      listOf("Keys", KEYS),
      listOf(
        "Commands",
        SLASHES.map((it) => [`/${it.name}${it.argument && ` ${it.argument}`}`, it.does]),
      ),
    ],
    () => null,
  );
}

/** Tokens and cost of a session. */
export function costOverlay(): {
  readonly element: HTMLElement;
  readonly show: (session: SessionState) => void;
} {
  const body = h("div", {});
  const panel = overlay("Cost", [body], () => null);
  return {
    element: panel.element,
    show({ usage, cost, turnCost, costIncomplete }) {
      const unknown = costIncomplete ? " and calls of unknown price" : "";
      body.replaceChildren(
        listOf("This session", [
          ["Cost", moneyOf(cost) + unknown],
          ["Last turn", moneyOf(turnCost)],
        ]),
        listOf("Tokens", [
          ["Input", usage.input.toLocaleString()],
          ["Written to cache, 5 min", usage.cacheWrite5m.toLocaleString()],
          ["Written to cache, 1 h", usage.cacheWrite1h.toLocaleString()],
          ["Read from cache", usage.cacheRead.toLocaleString()],
          ["Output", usage.output.toLocaleString()],
        ]),
      );
      panel.open();
    },
  };
}

function listOf(title: string, entries: readonly (readonly [string, string])[]): HTMLElement {
  return h(
    "section",
    { class: "facts" },
    h("h3", {}, title),
    h("dl", {}, ...entries.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
  );
}
