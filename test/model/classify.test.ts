import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { classify } from "../../src/model/classify.ts";
import type { FailureKind } from "../../src/model/failure.ts";
import { endOf, provider } from "../support/messages-requests.ts";

/** The failure of a request that is answered so, through the real SDK. */
async function answered(status: number, body: string, headers: Readonly<Record<string, string>> = {}) {
  const end = await endOf(provider({ fetch: async () => new Response(body, { status, headers }) }));
  assert.equal(end.type, "failed");
  return end.failure;
}

function api(type: string, message: string, code?: string): string {
  return JSON.stringify({
    type: "error",
    error: { type, message, ...(code && { details: { error_code: code } }) },
    request_id: "req_1",
  });
}

const BAD = "invalid_request_error";

describe("classify, of answers", () => {
  for (const [status, body, kind] of [
    [400, api(BAD, "messages.0: something"), "invalid"],
    [
      400,
      api(BAD, "You have reached your specified API usage limits. You will regain access on 2026-12-01"),
      "spend-limit",
    ],
    [400, api(BAD, "Your credit balance is too low to access the Anthropic API."), "credit"],
    [400, api(BAD, "prompt is too long: 1200000 tokens > 1000000 maximum"), "context-full"],
    [
      400,
      api(BAD, "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound"),
      "thinking-mismatch",
    ],
    [
      400,
      api(
        BAD,
        "messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.",
      ),
      "thinking-mismatch",
    ],
    [401, api("authentication_error", "invalid x-api-key"), "auth"],
    [402, api("billing_error", "pay"), "credit"],
    [403, api("permission_error", "no"), "permission"],
    [403, "<html>blocked</html>", "proxy"],
    [404, api("not_found_error", "model: claude-nope"), "model-unknown"],
    [404, "<html>nothing here</html>", "invalid"],
    [407, "", "proxy"],
    [409, api("conflict_error", "x"), "server"],
    [413, api("request_too_large", "x"), "too-large"],
    [413, "<html>413</html>", "proxy"],
    [422, api(BAD, "x"), "invalid"],
    [429, api("rate_limit_error", "x"), "rate-limit"],
    [429, "<html>Too Many</html>", "rate-limit"],
    [429, api("rate_limit_error", "x", "enforced_spend_limit_reached"), "spend-limit"],
    [429, api("rate_limit_error", "x", "contract_spend_limit_reached"), "spend-limit"],
    [429, api("rate_limit_error", "x", "ramp_limit_exceeded"), "rate-limit"],
    [500, api("api_error", "x"), "server"],
    [500, '{"error":"x"}', "server"],
    [503, "", "server"],
    [504, api("timeout_error", "x"), "timeout"],
    [529, api("overloaded_error", "x"), "overloaded"],
    [307, "", "redirect"],
  ] as const satisfies readonly (readonly [number, string, FailureKind])[]) {
    it(`takes ${status} ${body.slice(0, 100)} as ${kind}`, async () => {
      const failure = await answered(status, body, {
        "request-id": "req_h",
        location: "https://elsewhere.example/x",
      });
      assert.equal(failure.kind, kind);
      assert.equal(failure.status, status);
    });
  }

  for (const [headers, wait] of [
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", date: "Wed, 21 Oct 2026 07:28:00 GMT" }, 30_000],
    [{ "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", date: "Wed, 21 Oct 2026 07:28:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{}, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(headers)} as ${wait} ms`, async () => {
      const failure = await answered(
        429,
        api("rate_limit_error", "x"),
        headers as Readonly<Record<string, string>>,
      );
      assert.equal(failure.retryAfterMs, wait);
    });
  }

  it("keeps the request's id and no key", async () => {
    const failure = await answered(401, api("authentication_error", "bad key sk-ant-api03-AbCdEfGh1234"), {
      "request-id": "req_9",
    });
    assert.equal(failure.requestId, "req_9");
    assert.doesNotMatch(failure.message, /AbCdEfGh/);
  });
});

describe("classify, of what the network throws", () => {
  for (const [code, kind] of [
    ["ENOTFOUND", "network"],
    ["EAI_AGAIN", "network"],
    ["ECONNREFUSED", "network"],
    ["ECONNRESET", "network"],
    ["UND_ERR_SOCKET", "network"],
    ["UND_ERR_CONNECT_TIMEOUT", "network"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
    ["UND_ERR_BODY_TIMEOUT", "silent"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["ERR_PROXY_TUNNEL", "proxy"],
  ] as const) {
    it(`takes ${code} as ${kind}`, () => {
      const cause = Object.assign(new Error(`no luck: ${code}`), { code });
      assert.equal(classify(new TypeError("fetch failed", { cause })).kind, kind);
    });
  }

  it("looks into the addresses that were tried", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    assert.equal(
      classify(new TypeError("fetch failed", { cause: new AggregateError([refused]) })).kind,
      "network",
    );
  });

  for (const odd of [undefined, null, "text", 7, {}, new Error("odd")]) {
    it(`takes ${String(odd)} as unknown`, () => assert.equal(classify(odd).kind, "unknown"));
  }
});
