import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient, CLIENT_FORMS, type ClientForm, chatClient } from "../../support/client-forms.ts";
import { type Got, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import {
  type Act,
  type HeardRequest,
  type ScriptedVendor,
  scriptedVendor,
  streamsAndHangs,
} from "../../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../../support/vendor-forms.ts";

const MODEL = anthropicForm.model;
const PIECES = anthropicForm.pieces("half of it");

/** Silences in which nothing has been said yet. */
const BEFORE: readonly (readonly [string, Act, string])[] = [
  ["before its answer begins", () => undefined, "timeout"],
  ["behind the headers", headersOnly, "silent"],
];

function headersOnly({ body }: HeardRequest, response: ServerResponse): void {
  const type = body["stream"] === true ? "text/event-stream" : "application/json";
  response.writeHead(200, { "content-type": type }).flushHeaders();
}

describe("a live gateway and vendors that go silent", () => {
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;
  /** What the first key gets; the second is always served. */
  let first: Act;

  beforeEach(async () => {
    const good = answers(anthropicForm, "served");
    vendor = await scriptedVendor((call, response) => (isFirst(call) ? first : good)(call, response));
  });
  afterEach(async () => {
    await gateway.stop();
    await vendor.close();
  });
  const isFirst = ({ key }: HeardRequest) => key === "sk-upstream-first";

  async function ask(client: ClientForm, keys: readonly string[], stream = true): Promise<Got> {
    const main = {
      type: "anthropic",
      baseUrl: vendor.address,
      keys: keys.map((it) => `sk-upstream-${it}`),
      models: [MODEL],
      strategy: "round_robin",
      silenceSeconds: 0.3,
    };
    gateway = await liveGateway({ settings: { providers: { main } } });
    return gateway.ask(client, client.ask(MODEL, stream));
  }

  for (const client of [anthropicClient, chatClient])
    for (const [when, act, failure] of BEFORE) {
      it(`asks the next key for a client of ${client.name} when one is silent ${when}`, async () => {
        first = act;
        const got = await ask(client, ["first", "second"]);
        assert.equal(client.saidIn(got.events), "served", got.raw);
        const attempts = await gateway.attemptsOf(2);
        assert.deepEqual(
          attempts.map((it) => it.failure),
          [failure, ""],
        );
      });

      it(`tells a client of ${client.name} of a timeout when the only key is silent ${when}`, async () => {
        first = act;
        for (const stream of [true, false]) {
          const got = await ask(client, ["first"], stream);
          assert.equal(got.status, 504, got.raw);
          assert.notEqual(client.error(got.body), undefined);
          if (stream) await gateway.stop();
        }
        assert.equal((await gateway.attemptsOf(1))[0]?.failure, failure);
      });
    }

  for (const client of CLIENT_FORMS)
    it(`asks nobody else for a client of ${client.name} once something was said, and does not end the answer`, async () => {
      first = streamsAndHangs(PIECES.slice(0, 4));
      const got = await ask(client, ["first", "second"]);
      assert.match(got.raw, /half/);
      assert.doesNotMatch(got.raw, /served/);
      assert.ok(!client.isFinished(got.events, got.raw), got.raw);
      assert.ok(
        got.events.some((it) => client.error(it) !== undefined),
        got.raw,
      );
      assert.equal(vendor.heard.length, 1);
      assert.deepEqual(
        (await gateway.attemptsOf(1)).map((it) => it.failure),
        ["silent"],
      );
    });
});
