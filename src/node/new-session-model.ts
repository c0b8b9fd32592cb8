import type { Settings } from "../settings.ts";
import type { Environment } from "./environment.ts";

/**
 * The model of new sessions: of the settings, of ANTHROPIC_MODEL, by the routing where one is set, else by the first
 * key there is: Claude, GPT, Gemini, and offline without any.
 */
export async function newSessionModel(
  settings: Settings,
  env: Environment,
  key: () => Promise<string | undefined>,
): Promise<string> {
  const chosen = settings.model || env["ANTHROPIC_MODEL"];
  if (chosen) return chosen;
  if ("default" in settings.routing) return "auto";
  if (await key()) return "claude-sonnet-5-5";
  if (env["OPENAI_API_KEY"]) return "gpt-6.1-sol";
  return env["GEMINI_API_KEY"] ? "gemini-4-argon" : "offline";
}
