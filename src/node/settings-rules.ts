import { parsedRules, type Rules } from "../permission/rules.ts";
import type { Settings } from "../settings.ts";

/** Rules that were read. */
export interface ReadRules {
  readonly rules: Rules;
  /** A sentence for each that is none. */
  readonly wrong: readonly string[];
  /** Those of them that should ask or deny: what they protect is not known. */
  readonly broken: readonly string[];
}

/** The rules that stand in the settings. */
export function settingsRules(settings: Settings): ReadRules {
  const protecting = { ask: settings["permissions.ask"], deny: settings["permissions.deny"] };
  return {
    ...parsedRules({ ...protecting, allow: settings["permissions.allow"] }),
    broken: parsedRules({ ...protecting, allow: [] }).wrong,
  };
}
