import { type Expected, verdictOf } from "../budget.ts";
import type { Failure } from "../failure.ts";
import type { ModelInfo } from "../provider.ts";
import type { AttemptParts } from "./attempts.ts";
import { expectedCost, type Way } from "./candidates.ts";
import type { Taken } from "./pool.ts";
import type { Signals } from "./signals.ts";

/** A key, taken for a request. */
export interface Next {
  readonly taken: Taken;
  readonly way: Way;
  readonly info: ModelInfo | undefined;
  /** Gives the place at the provider back, and what was set aside for the cost. */
  readonly leave: () => void;
  /** What to say of a budget that is nearly used up. */
  readonly near: string | undefined;
}

type Spending = Pick<AttemptParts, "budget" | "underway" | "calendar" | "now">;

/**
 * The key that was taken, with what its request may cost set aside; the failure, with all given back, when a budget
 * has no room for it. Throws, with nothing given back, what counting a request's tokens throws.
 */
export function afforded(
  { budget, underway, calendar, now }: Spending,
  signals: Signals,
  next: Omit<Next, "near">,
): Next | Failure {
  const { taken, info, leave } = next;
  if (budget === undefined) return { ...next, near: undefined };
  const spender = { session: signals.session, project: signals.project, key: taken.instance.id };
  const expected = expectedOf(signals, info);
  const verdict = verdictOf(budget, underway.books, spender, expected, calendar(now()));
  if (verdict.kind === "over") {
    taken.failed({ kind: "stopped", message: "stopped" }, 0);
    leave();
    return { kind: "budget", message: verdict.sentence };
  }
  const near = verdict.kind === "near" ? verdict.sentence : undefined;
  const free = underway.reserve(spender, expected);
  const both = () => {
    free();
    leave();
  };
  return { ...next, leave: both, near };
}

function expectedOf({ tokens, mostTokens }: Signals, info: ModelInfo | undefined): Expected {
  if (mostTokens !== undefined)
    return { most: expectedCost(info, mostTokens), exact: () => expectedCost(info, tokens()) };
  const most = expectedCost(info, tokens());
  return { most, exact: () => most };
}
