import assert from "node:assert/strict";
import type { Buffer } from "node:buffer";
import { describe, it } from "mocha";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { codewhispererWire } from "../../src/model/codewhisperer/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { beside, broken, casesOf, type Judge, missingCases, type SharedCase } from "./shared-cases.ts";
import { type Cut, cutBytes, sentFor, streamedFor } from "./translation.ts";

interface Frames {
  readonly encodeEvents: (events: unknown, wire: unknown) => Buffer;
}

const pair = { dialect: anthropic, wire: codewhispererWire };

describe("the shared cases of CodeWhisperer", () => {
  check("a2cw-req", (it) => sentFor(pair, it.input as JsonObject));
  check("cw2a-str", async (it, judge) => {
    const { encodeEvents } = await beside<Frames>("eventstream.mjs");
    const { truncate: _, ...cut } = (it.wire ?? {}) as Cut;
    const { raw, failed } = streamedFor(pair, cutBytes(encodeEvents(it.input, it.wire ?? {}), cut));
    return judge.foldAnthropic(raw, failed);
  });
});

function check(group: string, viewOf: (it: SharedCase, judge: Judge) => unknown): void {
  if (missingCases !== undefined) it.skip(`${group}: ${missingCases}`);
  for (const one of casesOf(group)) {
    it(`${one.id}: ${one.title}`, async () => {
      const judge = await beside<Judge>("assert.mjs");
      const view = await viewOf(one, judge);
      assert.deepEqual(broken(judge, one, view), [], JSON.stringify(view, null, 1));
    });
  }
}
