import { h, type Part, setAttribute, setText, show } from "../dom.ts";
import { countOf, moneyOf } from "../format.ts";
import type { Panel } from "../panel.ts";

/** How full the context is, and what the session has cost. */
export function meter(): Part<Panel> {
  const fill = h("span", { class: "meter-fill" });
  const bar = h(
    "span",
    {
      class: "meter-bar",
      role: "meter",
      "aria-label": "Context used",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
    },
    fill,
  );
  const tokens = h("span", {});
  const cost = h("span", { class: "cost" });
  const element = h("div", { class: "meter" }, bar, tokens, cost);
  return {
    element,
    update({ session, models }) {
      const window = models.find((it) => it.id === session.model)?.contextWindow;
      const part = window ? Math.min(1, session.contextTokens / window) : 0;
      show(element, session.contextTokens > 0 || session.cost > 0);
      show(bar, window !== undefined);
      fill.style.width = `${(part * 100).toFixed(1)}%`;
      bar.classList.toggle("nearly", part > 0.8);
      setAttribute(bar, "aria-valuenow", Math.round(part * 100));
      setText(tokens, `${countOf(session.contextTokens)}${window ? ` of ${countOf(window)}` : ""} tokens`);
      setText(cost, costOf(session));
      setAttribute(
        cost,
        "title",
        `This turn ${moneyOf(session.turnCost)}, session ${moneyOf(session.cost)}${session.costIncomplete ? "; some calls have no known price" : ""}`,
      );
    },
  };
}

function costOf({ cost, costIncomplete }: Panel["session"]): string {
  if (costIncomplete) return cost === 0 ? "cost unknown" : `${moneyOf(cost)} + unknown`;
  return moneyOf(cost);
}
