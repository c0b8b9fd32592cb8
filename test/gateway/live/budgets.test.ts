import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient, CLIENT_FORMS } from "../../support/client-forms.ts";
import { type Got, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import {
  type Act,
  answersJson,
  type ScriptedVendor,
  scriptedVendor,
  streams,
  streamsAndBreaks,
} from "../../support/scripted-vendor.ts";
import { answers, anthropicForm, chatForm, sse } from "../../support/vendor-forms.ts";

const MODEL = "claude-sonnet-5-5";
/** Every answer uses 20 tokens of input and 7 of output, at a dollar a thousand. */
const PRICE = { input: 1_000, output: 1_000 };
const COST = 0.027;

let clock: number;
let home: string;
let vendor: ScriptedVendor;
const open: LiveGateway[] = [];

describe("what a live gateway spends", () => {
  beforeEach(async () => {
    clock = new Date(2026, 10, 29, 12).getTime();
    home = await mkdtemp(join(tmpdir(), "wheelhouse-budget-"));
    vendor = await scriptedVendor(answers(anthropicForm, "served"));
  });
  afterEach(async () => {
    for (const it of open.splice(0)) await it.stop();
    await vendor.close();
    await rm(home, { recursive: true, force: true });
  });

  async function gatewayWith(budget: object, more: object = {}): Promise<LiveGateway> {
    const main = {
      type: "anthropic",
      baseUrl: vendor.address,
      keys: ["sk-upstream-1"],
      models: [{ id: MODEL, price: PRICE }],
      ...more,
    };
    const it = await liveGateway({
      home,
      now: () => clock,
      settings: { providers: { main }, budget: { ...budget } },
    });
    open.push(it);
    return it;
  }

  /** Asks as a session; resolves when what it cost is in the ledger. */
  async function ask(gateway: LiveGateway, session = ""): Promise<Got> {
    const before = gateway.attempts().length;
    const sent = anthropicClient.ask(MODEL, false);
    const headers = { ...sent.headers, ...(session && { "x-claude-code-session-id": session }) };
    const got = await gateway.ask(anthropicClient, { ...sent, headers });
    if (got.status === 200) await gateway.attemptsOf(before + 1);
    return got;
  }

  it("counts what is under way although the settings have changed meanwhile", async () => {
    const budget = { total: 0.035 };
    const gateway = await gatewayWith(budget);
    const words = "hi ".repeat(25);
    vendor.does(() => undefined);
    const going = new AbortController();
    const heard = vendor.next();
    const first = gateway.ask(anthropicClient, anthropicClient.ask(MODEL, false, words), going.signal);
    await heard;
    const models = [{ id: MODEL, price: PRICE }];
    const main = { type: "anthropic", baseUrl: vendor.address, keys: ["sk-upstream-2"], models };
    gateway.use({ providers: { main }, budget });
    vendor.does(answers(anthropicForm, "served"));
    const second = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, false, words));
    assert.equal(second.status, 402);
    going.abort();
    await assert.rejects(first);
    await gateway.attemptsOf(1);
    const third = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, false, words));
    assert.equal(third.status, 200);
  });

  describe("a budget", () => {
    for (const [name, words] of [
      ["perDay", /budget for the day/],
      ["perMonth", /budget for the month/],
      ["total", /budget for all/],
      ["perKey", /budget for this key/],
    ] as const)
      it(`${name} refuses before anything is sent, also what another process has spent`, async () => {
        const [one, other] = [
          await gatewayWith({ [name]: 2 * COST }),
          await gatewayWith({ [name]: 2 * COST }),
        ];
        assert.equal((await ask(one)).status, 200);
        assert.equal((await ask(other)).status, 200);
        for (const it of [one, other]) {
          const { status, raw } = await ask(it);
          assert.equal(status, 402);
          assert.match(raw, words);
        }
        assert.equal(vendor.heard.length, 2);
      });

    it("perTask is one for each session", async () => {
      const gateway = await gatewayWith({ perTask: COST });
      assert.equal((await ask(gateway, "first")).status, 200);
      assert.equal((await ask(gateway, "first")).status, 402);
      assert.equal((await ask(gateway, "second")).status, 200);
    });

    it("of a day is there again on the next", async () => {
      const gateway = await gatewayWith({ perDay: COST });
      assert.equal((await ask(gateway)).status, 200);
      assert.equal((await ask(gateway)).status, 402);
      clock += 12 * 3_600_000;
      assert.equal((await ask(gateway)).status, 200);
    });

    it("that is nearly used up is told of, once it is", async () => {
      const gateway = await gatewayWith({ total: 4 * COST, warnAt: 0.5 });
      await ask(gateway);
      assert.deepEqual(gateway.told, []);
      await ask(gateway);
      await ask(gateway);
      assert.match(gateway.told.join(), /of the budget of .* for all is spent/);
    });

    it("holds for many that ask at the same time, as far as their input tells", async () => {
      const gate = Promise.withResolvers<void>();
      vendor.does(async (request, response) => {
        await gate.promise;
        await answers(anthropicForm, "served")(request, response);
      });
      const gateway = await gatewayWith({ total: 0.1 });
      const asked = Array.from({ length: 20 }, () => ask(gateway));
      await Promise.race(asked).then(({ status }) => assert.equal(status, 402));
      gate.resolve();
      const all = await Promise.all(asked);
      const sent = all.filter((it) => it.status === 200).length;
      assert.equal(sent, vendor.heard.length);
      assert.ok(sent >= 1 && sent < 20, `${sent} were sent`);
    });

    it("refuses in every dialect", async () => {
      const gateway = await gatewayWith({ total: 0.000001 });
      for (const client of CLIENT_FORMS) {
        const got = await gateway.ask(client, client.ask(MODEL, true));
        assert.equal(got.status, 402);
        assert.match(String(client.error(got.body)?.message), /budget for all/);
      }
      assert.equal(vendor.heard.length, 0);
    });
  });

  describe("the ledger has one record of an attempt", () => {
    const pieces = anthropicForm.pieces("served");
    const overloaded = sse({ type: "error", error: { type: "overloaded_error", message: "busy" } }, true);
    for (const [what, act, isStream, failure, tokens] of [
      ["that went well", answers(anthropicForm, "served"), false, "", [20, 7]],
      ["that streamed well", answers(anthropicForm, "served"), true, "", [20, 7]],
      ["that was refused", anthropicForm.refuses(400, "no"), false, "invalid", [0, 0]],
      ["that was cut at its beginning", streamsAndBreaks([]), true, "network", [0, 0]],
      ["that was cut", streamsAndBreaks(pieces.slice(0, 4)), true, "network", [20, 1]],
      ["that ended too soon", streams(pieces.slice(0, 4)), true, "cut", [20, 1]],
      ["that failed on its way", streams([...pieces.slice(0, 4), overloaded]), true, "overloaded", [20, 1]],
      ["that was no JSON", answersJson("<html>"), false, "server", [0, 0]],
    ] as readonly (readonly [string, Act, boolean, string, readonly number[]])[])
      for (const isPassed of [true, false])
        it(`${what}, ${isPassed ? "passed on" : "translated"}`, async () => {
          vendor.does(act);
          const gateway = await gatewayWith({});
          const client = CLIENT_FORMS[isPassed ? 0 : 1] ?? anthropicClient;
          await gateway.ask(client, client.ask(MODEL, isStream));
          const attempts = await gateway.attemptsOf(1);
          assert.equal(attempts.length, vendor.heard.length);
          const last = attempts.at(-1);
          assert.equal(last?.failure, failure);
          assert.deepEqual([last?.usage.input, last?.usage.output], tokens);
          assert.equal(last?.cost, (20 * 0 + (tokens[0] ?? 0) + (tokens[1] ?? 0)) / 1_000);
        });

    it("also of a stream whose vendor tells no tokens: they are estimated", async () => {
      vendor.does(
        streams(
          chatForm
            .pieces("several words that were said")
            .filter((it) => !String(it).includes('"prompt_tokens"')),
        ),
      );
      const models = [{ id: "gpt-6-sol", price: PRICE }];
      const gateway = await gatewayWith({}, { type: "openai-chat", models });
      const chat = CLIENT_FORMS[1] ?? anthropicClient;
      const { body, ...sent } = chat.ask("gpt-6-sol", true);
      const { stream_options: _, ...plain } = body;
      await gateway.ask(chat, { ...sent, body: plain });
      const [attempt] = await gateway.attemptsOf(1);
      assert.ok(attempt !== undefined && attempt.usage.input > 0 && attempt.usage.output > 0);
      assert.ok((attempt.cost ?? 0) > 0);
    });
  });
});
