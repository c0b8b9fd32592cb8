import type { Settings } from "../settings.ts";
import type { SmellSettings } from "../smells/engine.ts";

/** What the settings say about smells. */
export function smellSettings(settings: Settings): SmellSettings {
  const limits = Object.entries(settings).flatMap(([name, value]) =>
    name.startsWith("smells.") && typeof value === "number"
      ? [[name.slice("smells.".length), value] as const]
      : [],
  );
  return { limits: Object.fromEntries(limits), ignored: settings["smells.ignored"] };
}
