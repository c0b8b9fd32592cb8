import type { JsonObject } from "../../model/conversation.ts";
import type { Failure } from "../../model/failure.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { chatRefusal } from "../openai-chat/refusal.ts";

/** The `error` of a response that has failed: the code and the words of a refusal. */
export function responseError(failure: Failure): JsonObject {
  const { error } = chatRefusal({ failure, status: failure.status ?? 500, requestId: "" });
  const { code, message } = recordOf(error);
  return { code: textOf(code) ?? "invalid_prompt", message: textOf(message) ?? failure.message };
}
