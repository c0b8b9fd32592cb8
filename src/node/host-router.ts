import { providerTypes } from "../model/providers/all.ts";
import { openRouter, type Router } from "../model/router.ts";
import type { Settings } from "../settings.ts";
import type { Environment } from "./environment.ts";

/** How long a stream may be silent before it counts as dead, in milliseconds. */
const SILENCE_MS = 60_000;

/** The router of a host over all providers; settings and key are asked for anew at every request. */
export function hostRouter(
  settings: () => Settings,
  env: Environment,
  key: () => Promise<string | undefined>,
): Router {
  const setup = {
    key,
    get baseUrl() {
      return settings()["anthropic.baseUrl"] || env["ANTHROPIC_BASE_URL"] || undefined;
    },
    fetch,
    silenceMs: SILENCE_MS,
  };
  return openRouter({
    providers: providerTypes.map((type) => ({ type, models: [], provider: type.open(setup) })),
  });
}
