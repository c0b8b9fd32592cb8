import type { Settings } from "../settings.ts";
import type { Environment } from "./environment.ts";

/** The model of new sessions: of the settings, of ANTHROPIC_MODEL, or the default: Claude with a key, offline without. */
export async function newSessionModel(
  settings: Settings,
  env: Environment,
  key: () => Promise<string | undefined>,
): Promise<string> {
  return settings.model || env["ANTHROPIC_MODEL"] || ((await key()) ? DEFAULT_MODEL : "offline");
}

/** The model of new sessions when there is a key. */
const DEFAULT_MODEL = "claude-sonnet-5-5";
