import type { FromModelsPage, RulesShown } from "../model/models-screen.ts";
import { recordOf } from "../model/record.ts";
import { userLayer } from "../node/settings-files.ts";
import type { Settings } from "../settings.ts";
import type { Core } from "./core.ts";
import { ownGroup, put } from "./model-edits.ts";

/** The rules as they stand now: in the editor's settings of the person, else in the file of theirs. */
export function standingRules(settings: Settings): Pick<RulesShown, "items" | "isOurs"> {
  const { isOurs, rules } = rulesIn(settings);
  return { items: Array.isArray(rules) ? rules : [], isOurs };
}

function rulesIn(settings: Settings): { readonly isOurs: boolean; readonly rules: unknown } {
  // The editor knows at once what was written; our own settings are read anew behind it.
  const { rules } = ownGroup("routing");
  if (rules !== undefined) return { isOurs: true, rules };
  return { isOurs: false, rules: recordOf(settings.routing)["rules"] };
}

type SetRules = (asked: Extract<FromModelsPage, { readonly type: "setRules" }>) => Promise<void>;

/**
 * Writes rules to the person's settings in the editor, one change after another. Rejects with a sentence when they are
 * no longer those that were shown.
 */
export function ruleEdits({ home, settings }: Pick<Core, "home" | "settings">): SetRules {
  let last: Promise<void> = Promise.resolve();
  return (asked) => {
    const done = last.then(() => write(asked));
    last = done.catch(() => undefined);
    return done;
  };

  async function write({ was, rules: next }: Parameters<SetRules>[0]): Promise<void> {
    const { rules } = rulesIn(settings());
    if (rules !== undefined && !Array.isArray(rules))
      throw new Error(`"rules" in the settings must be a list: mend it there first.`);
    if (JSON.stringify(rules ?? []) !== JSON.stringify(was))
      throw new Error("The rules are others meanwhile, so nothing was changed: look at them again.");
    // Without a list here, one of a file would count again.
    const inFile = recordOf((await userLayer(home)).values.routing)["rules"];
    await put("routing", "rules", next.length === 0 && inFile === undefined ? undefined : next);
  }
}
