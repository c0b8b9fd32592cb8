import { geminiWire } from "../gemini/wire.ts";
import { geminiInfo, geminiInfos } from "../gemini-models.ts";
import { openWired } from "../open-wired.ts";
import type { ProviderType, Wired } from "../provider.ts";

const wired: Wired = {
  wire: geminiWire,
  address: "https://generativelanguage.googleapis.com",
  keysIn: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
};
const known = { models: geminiInfos(), infoOf: (model: string) => geminiInfo(model) };

/** Google's Gemini over generateContent (https://ai.google.dev/api/generate-content). */
export const gemini: ProviderType = {
  type: "gemini",
  claims: (model) => model.startsWith("gemini-"),
  infoOf: known.infoOf,
  known: known.models,
  open: (setup) => openWired("gemini", wired, known, setup),
  wired,
};
