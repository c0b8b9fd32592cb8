import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { CLIENT_FORMS, type ClientForm, chatClient } from "../../support/client-forms.ts";
import { type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { type ScriptedVendor, scriptedVendor, streamsAndBreaks } from "../../support/scripted-vendor.ts";
import {
  answers,
  chatForm,
  responsesForm,
  VENDOR_FORMS,
  type VendorForm,
} from "../../support/vendor-forms.ts";

const WORDS = "grüß 🦊 gott";
const CLIENTS_NAME = "house-model";

let gateway: LiveGateway;
let vendor: ScriptedVendor;
/** Attempts that earlier tests have left in the ledger. */
let earlier = 0;

for (const client of CLIENT_FORMS)
  for (const form of VENDOR_FORMS)
    describe(`a client of ${client.name} in front of ${form.type}`, () => {
      before(() => between(form));
      after(async () => {
        await vendor.close();
        await gateway.stop();
      });
      beforeEach(() => {
        earlier = gateway.attempts().length;
        gateway.router.providers[0]?.pool.restore("main#1");
      });
      // OpenAI itself has Chat Completions, too: bytes are passed on to these.
      const isChat = client === chatClient && form === responsesForm;
      everyWay(client, isChat ? { ...chatForm, type: form.type } : form);
    });

/** A gateway in front of one vendor, whose model clients call by another name. */
async function between(form: VendorForm): Promise<void> {
  vendor = await scriptedVendor(answers(form, WORDS));
  const models = [{ id: form.model, price: { input: 1, output: 10 } }];
  const target = { provider: "main", model: form.model };
  gateway = await liveGateway({
    settings: {
      providers: { main: providerAt(form, vendor.address, { models }) },
      routing: { default: target, background: target },
    },
  });
}

function everyWay(client: ClientForm, form: VendorForm): void {
  it("gets a whole answer", async () => {
    vendor.does(answers(form, WORDS, { [form.requestId]: "req_up" }));
    const { status, body, headers } = await gateway.ask(client, client.ask(CLIENTS_NAME, false));
    assert.equal(status, 200);
    assert.equal(client.saidBy(body), WORDS);
    assert.deepEqual([...new Set(client.models(body))], [CLIENTS_NAME]);
    assert.equal(headers.get("request-id"), "req_up");
    await recordedOnce();
  });

  it("gets a stream", async () => {
    vendor.does(answers(form, WORDS, { [form.requestId]: "req_up" }));
    const { status, raw, events, isCut } = await gateway.ask(client, client.ask(CLIENTS_NAME, true));
    assert.equal(status, 200);
    assert.equal(client.saidIn(events), WORDS);
    assert.ok(client.isFinished(events, raw) && !isCut);
    assert.deepEqual([...new Set(events.flatMap(client.models))], [CLIENTS_NAME]);
    await recordedOnce();
  });

  it("never takes a stream that was cut for a finished answer, wherever that was", async () => {
    const pieces = form.pieces(WORDS);
    for (let kept = 0; kept < pieces.length - form.spare; kept++) {
      vendor.does(streamsAndBreaks(pieces.slice(0, kept), { "content-type": form.streamType }));
      const { status, raw, events, isCut, body } = await gateway.ask(client, client.ask(CLIENTS_NAME, true));
      const where = `after ${kept} of ${pieces.length}: ${status} ${raw}`;
      assert.ok(!client.isFinished(events, raw), where);
      const told = status === 200 ? events.some((it) => client.error(it)) || isCut : client.error(body);
      assert.ok(told, where);
      gateway.router.providers[0]?.pool.restore("main#1");
    }
  });

  for (const status of [400, 401, 402, 403, 404, 413, 429, 500, 503, 529]) {
    it(`is told of a ${status} in its own form`, async () => {
      vendor.does(form.refuses(status, "it will not", { "retry-after": "7", [form.requestId]: "req_up" }));
      const got = await gateway.ask(client, client.ask(CLIENTS_NAME, false));
      assert.equal(got.status, status === 529 && client.name !== "anthropic" ? 503 : status, got.raw);
      assert.match(String(client.error(got.body)?.message), /it will not/);
      assert.equal(got.headers.get("retry-after"), "7");
      assert.equal(got.headers.get("request-id"), "req_up");
      assert.equal(got.headers.get("x-request-id"), "req_up");
    });
  }
}

/** One attempt is in the ledger, with the tokens every vendor form tells. */
async function recordedOnce(): Promise<void> {
  const [first, ...others] = (await gateway.attemptsOf(earlier + 1)).slice(earlier);
  assert.deepEqual(others, []);
  assert.deepEqual([first?.failure, first?.requestId], ["", "req_up"]);
  assert.deepEqual([first?.usage.input, first?.usage.output], [20, 7]);
  assert.equal(first?.cost?.toFixed(8), ((20 * 1 + 7 * 10) / 1e6).toFixed(8));
}
