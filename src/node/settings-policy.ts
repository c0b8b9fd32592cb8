import type { Policy } from "../agent/wiring.ts";
import { carefulRules, type Rules } from "../permission/rules.ts";
import type { Settings } from "../settings.ts";
import { sandboxPolicy } from "./sandbox/policy.ts";

/** Settings with their rules. */
export interface RuledSettings {
  readonly settings: Settings;
  readonly rules: Rules;
  /** What is wrong so that something that should protect does not hold, a sentence each. */
  readonly broken: readonly string[];
}

/** What the settings make of the policy. A setting that cannot be read protects nothing, so its place is taken by care. */
export function settingsPolicy({
  settings,
  rules,
  broken,
}: RuledSettings): Required<Omit<Policy, "trusted" | "roots">> {
  const isBroken = broken.length > 0;
  return {
    rules: isBroken ? carefulRules(rules) : rules,
    bypassAllowed: settings["permissions.allowBypass"] && !isBroken,
    sandbox: sandboxPolicy(settings, []).mode,
    builtInReads: settings["permissions.builtInReads"],
    maxRequests: settings.maxRequestsPerTurn,
    maxCost: settings.maxCostPerSession || undefined,
  };
}
