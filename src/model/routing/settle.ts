import type { Usage } from "../conversation.ts";
import { NO_USAGE } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import type { Attempt } from "../ledger.ts";
import { costOf, inputOf } from "../price.ts";
import type { ModelInfo } from "../provider.ts";
import type { Target } from "./configuration.ts";
import type { Decision } from "./decide.ts";
import type { Taken } from "./pool.ts";
import type { Signals } from "./signals.ts";

/** What became of an attempt. */
export interface Outcome {
  readonly usage: Usage;
  /** As the Messages API says it; "" when it failed. */
  readonly stop: string;
  readonly failure?: Failure;
  readonly requestId?: string;
}

/** An attempt under way. */
export interface Underway {
  readonly id: string;
  readonly signals: Signals;
  readonly decision: Decision;
  readonly target: Target;
  readonly taken: Taken;
  /** Of the model that is asked, and of the one that was asked for. */
  readonly info: ModelInfo | undefined;
  readonly infoAsked: ModelInfo | undefined;
  readonly began: number;
}

/** Tells the key's health and gives what the ledger keeps. `first`: when the first byte came; `undefined`: none came. */
export function settled(it: Underway, outcome: Outcome, first: number | undefined, now: number): Attempt {
  const { usage, failure } = outcome;
  const tokens = inputOf(usage) + usage.output;
  if (failure === undefined) it.taken.succeeded((first ?? now) - it.began, tokens);
  else it.taken.failed(failure, tokens);
  return {
    id: it.id,
    time: it.began,
    client: it.signals.client,
    session: it.signals.session,
    user: it.signals.user,
    project: it.signals.project,
    category: it.decision.category,
    provider: it.target.provider,
    key: it.taken.instance.id,
    asked: it.signals.model,
    model: it.target.model,
    usage,
    cost: costIn(usage, it.info),
    costAsked:
      it.infoAsked === undefined || it.infoAsked.id === it.target.model
        ? undefined
        : costOf(usage, it.infoAsked),
    firstMs: first === undefined ? undefined : first - it.began,
    totalMs: now - it.began,
    stop: outcome.stop,
    failure: failure?.kind ?? "",
    status: failure?.status,
    requestId: outcome.requestId ?? failure?.requestId ?? "",
  };
}

/** Nothing costs nothing, whatever the price. */
function costIn(usage: Usage, info: ModelInfo | undefined): number | undefined {
  return usage === NO_USAGE || inputOf(usage) + usage.output === 0 ? 0 : costOf(usage, info);
}
