import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, it } from "mocha";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { openaiResponses } from "../../src/gateway/dialects/openai-responses.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { openaiResponsesWire } from "../../src/model/openai-responses/wire.ts";
import type { Wire } from "../../src/model/wire.ts";
import { beside, broken, casesOf, type Judge, missingCases, type SharedCase } from "./shared-cases.ts";
import { answeredFor, type Cut, sentFor, sseBytes, streamedFor } from "./translation.ts";

const pair = { dialect: anthropic, wire: openaiResponsesWire };
const CHAT = new URL("../../src/model/openai-chat/wire.ts", import.meta.url);

describe("the shared cases of the Responses API", () => {
  check("a2r-req", (it) => sentFor(pair, it.input as JsonObject));
  check("r2a-res", (it) => answeredFor(pair, it.input));
  check("r2a-str", (it, judge) => {
    const { raw, failed } = streamedFor(pair, sseBytes(it.input as unknown[], true, it.wire as Cut));
    return judge.foldAnthropic(raw, failed);
  });
  check("r2o-req", async (it) => {
    const { openaiChatWire } = (await import(CHAT.href)) as { readonly openaiChatWire: Wire };
    return sentFor({ dialect: openaiResponses, wire: openaiChatWire }, it.input as JsonObject);
  });
});

function check(group: string, viewOf: (it: SharedCase, judge: Judge) => unknown): void {
  const isAbsent = group === "r2o-req" && !existsSync(CHAT);
  const missing = missingCases ?? (isAbsent ? "the wire of OpenAI chat is not in this tree" : undefined);
  if (missing !== undefined) it.skip(`${group}: ${missing}`);
  else
    for (const one of casesOf(group)) {
      it(`${one.id}: ${one.title}`, async () => {
        const judge = await beside<Judge>("assert.mjs");
        const view = await viewOf(one, judge);
        assert.deepEqual(broken(judge, one, view), [], JSON.stringify(view, null, 1));
      });
    }
}
