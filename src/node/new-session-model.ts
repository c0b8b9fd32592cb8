import { anthropic } from "../model/providers/anthropic.ts";
import { gemini } from "../model/providers/gemini.ts";
import { openai } from "../model/providers/openai.ts";
import type { Settings } from "../settings.ts";
import { type KeySource, keyBehind } from "./key-source.ts";

/** The model to begin with for whoever has a key of that type; the first that has one counts. */
const FIRST = [
  [anthropic, "claude-sonnet-5-5"],
  [openai, "gpt-6.1-sol"],
  [gemini, "gemini-4-argon"],
] as const;

/**
 * The model of new sessions: of the settings, of ANTHROPIC_MODEL, by the routing where one is set, else by the first
 * key there is: Claude, GPT, Gemini, and offline without any.
 */
export async function newSessionModel(settings: Settings, keys: KeySource): Promise<string> {
  const chosen = settings.model || keys.env["ANTHROPIC_MODEL"];
  if (chosen) return chosen;
  if ("default" in settings.routing) return "auto";
  for (const [type, model] of FIRST) if (await keyBehind("", type, keys)) return model;
  return "offline";
}
