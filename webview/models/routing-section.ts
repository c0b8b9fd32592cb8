import type { ModelsShown } from "../../src/model/models-screen.ts";
import type { Decision } from "../../src/model/routing/decide.ts";
import { h, type Part } from "../dom.ts";
import type { Post } from "./providers.ts";
import { routingView } from "./routing.ts";
import { rulesView } from "./rules.ts";
import { whatIf } from "./what-if.ts";

/** All about where requests go. */
export interface RoutingSection extends Part<ModelsShown> {
  /** A change of the rules is done, or could not be. */
  readonly rulesSet: () => void;
  readonly decided: (decision: Decision) => void;
}

/** The table of categories, the rules before it, and what would happen to a request. `announce` is heard and not seen. */
export function routingSection(post: Post, announce: (text: string) => void): RoutingSection {
  const [table, rules, supposed] = [routingView(post), rulesView(post, announce), whatIf(post)];
  return {
    element: h("div", {}, table.element, rules.element, supposed.element),
    update(shown) {
      for (const it of [table, rules, supposed]) it.update(shown);
    },
    rulesSet: rules.done,
    decided: supposed.decided,
  };
}
