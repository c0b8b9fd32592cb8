import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FailureKind } from "../../src/model/failure.ts";
import { maskKeys } from "../../src/model/mask.ts";
import { sentenceOf } from "../../src/model/sentence.ts";

const say = (kind: FailureKind, parts = {}) =>
  sentenceOf({ kind, message: "what was said.", ...parts }, { model: "claude-x" });

describe("sentenceOf", () => {
  for (const [kind, hint] of [
    ["no-key", /Set API Key/],
    ["auth", /wrong, revoked or expired/],
    ["credit", /Billing/],
    ["permission", /another model/],
    ["rate-limit", /rate limit/],
    ["spend-limit", /Waiting does not help/],
    ["overloaded", /another model/],
    ["context-full", /new session/],
    ["too-large", /Leave out/],
    ["thinking-mismatch", /without it/],
    ["model-unknown", /"claude-x".*model list/],
    ["invalid", /new session/],
    ["network", /offline/],
    ["tls", /NODE_EXTRA_CA_CERTS/],
    ["proxy", /HTTPS_PROXY/],
    ["timeout", /in time/],
    ["silent", /silent/],
    ["server", /Try again/],
    ["cut", /nothing of it was run/],
    ["redirect", /base URL/],
    ["stopped", /^Stopped\.$/],
    ["unknown", /failed/],
  ] as const) {
    it(`says of ${kind} what to do`, () => assert.match(say(kind), hint));
  }

  it("names the request", () =>
    assert.match(say("server", { status: 500, requestId: "req_7" }), /HTTP 500.*req_7/));

  it("says when a rate limit frees up", () => {
    assert.match(say("rate-limit", { retryAfterMs: 6400 }), /in 7 s/);
    assert.match(say("rate-limit", { retryAfterMs: 600_000 }), /in 10 minutes/);
  });
});

describe("maskKeys", () => {
  for (const secret of [
    "sk-ant-api03-AAAAAAAAAAAA",
    "sk-proj-BBBBBBBBBBBB",
    "Bearer CCCCCCCCCCCC",
    'x-api-key: "DDDDDDDDDDDD"',
    "https://host/v1?key=EEEEEEEEEEEE&a=b",
    `AIza${"F".repeat(35)}`,
  ]) {
    it(`shortens ${secret.slice(0, 12)}`, () =>
      assert.doesNotMatch(maskKeys(`got ${secret} here`), /([A-F])\1{7}/));
  }

  it("leaves other text alone", () => {
    const text = "The task-list of risk-takers; key presses: 12; Bearers came.";
    assert.equal(maskKeys(text), text);
  });
});
