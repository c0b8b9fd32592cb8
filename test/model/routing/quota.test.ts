import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { quotaLeft } from "../../../src/model/routing/quota.ts";

const left = (headers: Readonly<Record<string, string>>) => quotaLeft((name) => headers[name]);

describe("what is left of a key's limit", () => {
  for (const [what, headers, expected] of [
    ["nothing is known without headers", {}, undefined],
    [
      "Anthropic tells by kind, and the scarcest counts",
      {
        "anthropic-ratelimit-requests-limit": "50",
        "anthropic-ratelimit-requests-remaining": "40",
        "anthropic-ratelimit-tokens-limit": "1000",
        "anthropic-ratelimit-tokens-remaining": "100",
      },
      0.1,
    ],
    [
      "OpenAI tells in headers of its own",
      { "x-ratelimit-limit-requests": "10", "x-ratelimit-remaining-requests": "5" },
      0.5,
    ],
    ["half of a pair says nothing", { "x-ratelimit-remaining-requests": "5" }, undefined],
    [
      "words say nothing",
      { "x-ratelimit-limit-requests": "many", "x-ratelimit-remaining-requests": "few" },
      undefined,
    ],
    [
      "a limit of nothing says nothing",
      { "x-ratelimit-limit-requests": "0", "x-ratelimit-remaining-requests": "0" },
      undefined,
    ],
  ] as const) {
    it(what, () => assert.equal(left(headers), expected));
  }
});
