// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { Dialect } from "../dialect.ts";
import { anthropic } from "./anthropic.ts";
import { gemini } from "./gemini.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiResponses } from "./openai-responses.ts";

/** Every way in which clients speak, in the order in which they are asked whether a request is theirs. */
export const dialects: readonly Dialect[] = [anthropic, gemini, openaiChat, openaiResponses];
