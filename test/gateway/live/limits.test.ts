import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient, CLIENT_FORMS } from "../../support/client-forms.ts";
import { CLIENT_KEY, type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { type ScriptedVendor, scriptedVendor } from "../../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../../support/vendor-forms.ts";

const MODEL = anthropicForm.model;
const OTHER_KEY = "whk-other-0123456789abcdef";

describe("limits at a live gateway", () => {
  let clock: number;
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    clock = Date.UTC(2026, 10, 29, 12);
    vendor = await scriptedVendor(answers(anthropicForm, "served"));
  });
  afterEach(async () => {
    await vendor.close();
    await gateway.stop();
  });

  async function open(provider: object, server: object = {}, limits: object = {}): Promise<void> {
    const main = providerAt(anthropicForm, vendor.address, {
      strategy: "round_robin",
      sticky: false,
      ...provider,
    });
    gateway = await liveGateway({
      now: () => clock,
      settings: { providers: { main }, server: { ...server }, limits: { ...limits } },
    });
  }

  function ask(signal?: AbortSignal, isStream = false) {
    return gateway.ask(anthropicClient, anthropicClient.ask(MODEL, isStream), signal);
  }

  function askWith(key: string, more: Readonly<Record<string, string>>) {
    const { body } = anthropicClient.ask(MODEL, false);
    const headers = { ...anthropicClient.keyed(key), ...more };
    return gateway.send("/v1/messages", { method: "POST", headers, body: JSON.stringify(body) });
  }

  for (const [what, limits, budget] of [
    ["the provider's limit", { concurrent: 1, tokensPerMinute: 1_000_000 }, {}],
    // Less than one token for every sign of the request, so that the tokens have to be counted.
    ["a budget", { concurrent: 1 }, { total: 0.06 }],
  ] as const)
    it(`keep no place for a request that turns out to be unreadable when ${what} counts its tokens`, async () => {
      const models = [{ id: MODEL, price: { input: 1_000, output: 1_000 } }];
      const main = providerAt(anthropicForm, vendor.address, { limits, models });
      gateway = await liveGateway({ settings: { providers: { main }, budget } });
      const sent = anthropicClient.ask(MODEL, false);
      const bad = { ...sent, body: { ...sent.body, messages: "hello" } };
      assert.equal((await gateway.ask(anthropicClient, bad)).status, 400);
      assert.equal((await ask()).status, 200);
      const [instance] = gateway.router.providers[0]?.pool.instances ?? [];
      assert.equal(instance?.inFlight, 0);
    });

  it("of a key hold on when the settings change, with the places that are taken", async () => {
    const limits = { requestsPerDay: 2, concurrent: 1 };
    const settings = (more: object) => ({
      providers: { main: providerAt(anthropicForm, vendor.address, { limits, ...more }) },
    });
    gateway = await liveGateway({ now: () => clock, settings: settings({}) });
    vendor.does(() => undefined);
    const going = new AbortController();
    const heard = vendor.next();
    const first = ask(going.signal);
    await heard;
    gateway.use(settings({ strategy: "round_robin" }));
    vendor.does(answers(anthropicForm, "served"));
    const second = ask();
    while (gateway.router.providers[0]?.pool.gate?.waiting !== 1)
      await new Promise((resolve) => setTimeout(resolve, 1));
    going.abort();
    await assert.rejects(first);
    assert.equal((await second).status, 200);
    assert.equal((await ask()).status, 429);
    gateway.use(settings({ strategy: "round_robin", limits: { requestsPerDay: 3 } }));
    assert.equal((await ask()).status, 200);
  });

  it("of a client hold for it alone, in its own words, and for their time only", async () => {
    const keys = [{ key: CLIENT_KEY, name: "one", limits: { requestsPerMinute: 2 } }, OTHER_KEY];
    await open({}, { keys });
    for (let it = 0; it < 2; it++) assert.equal((await ask()).status, 200);
    for (const client of CLIENT_FORMS) {
      const got = await gateway.ask(client, client.ask(MODEL, false));
      assert.equal(got.status, 429);
      assert.match(String(client.error(got.body)?.message), /this client's limit/);
      const wait = Number(got.headers.get("retry-after"));
      assert.ok(wait > 0 && wait <= 60, `${wait}`);
    }
    const { body } = anthropicClient.ask(MODEL, false);
    const headers = anthropicClient.keyed(OTHER_KEY);
    const other = await gateway.send("/v1/messages", { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(other.status, 200);
    clock += 61_000;
    assert.equal((await ask()).status, 200);
  });

  it("of keys send requests to those that have room, and say after what time one has", async () => {
    await open({ keys: ["sk-upstream-a", "sk-upstream-b"], limits: { requestsPerMinute: 2 } });
    for (let it = 0; it < 4; it++) assert.equal((await ask()).status, 200);
    assert.equal(new Set(vendor.heard.map((it) => it.key)).size, 2);
    const got = await ask();
    assert.equal(got.status, 429, got.raw);
    const wait = Number(got.headers.get("retry-after"));
    assert.ok(wait > 0 && wait <= 60, `${wait}`);
    assert.equal(vendor.heard.length, 4);
    clock += wait * 1_000;
    assert.equal((await ask()).status, 200);
  });

  it("of users and projects hold for each of them, whatever key and model they ask with", async () => {
    const keys = [
      { key: CLIENT_KEY, name: "ann" },
      { key: OTHER_KEY, name: "ann" },
      { key: "whk-bound-0123456789abcdef", name: "ben", project: "shop" },
    ];
    await open(
      {},
      { keys },
      { perUser: { requestsPerMinute: 3 }, projects: { shop: { requestsPerHour: 2 } } },
    );
    const statuses = async (key: string, project: string, times: number) => {
      const all: Response[] = [];
      for (let it = 0; it < times; it++) all.push(await askWith(key, { "x-wheelhouse-project": project }));
      return all.map((it) => it.status);
    };
    assert.deepEqual(await statuses(CLIENT_KEY, "web", 2), [200, 200]);
    assert.deepEqual(await statuses(OTHER_KEY, "web", 2), [200, 429]);
    assert.deepEqual(await statuses("whk-bound-0123456789abcdef", "web", 3), [200, 200, 429]);
    const refusal = await askWith("whk-bound-0123456789abcdef", {});
    assert.match(await refusal.text(), /the limit of the project \\"shop\\" is used up/);
    const wait = Number(refusal.headers.get("retry-after"));
    assert.ok(wait > 3_000 && wait <= 3_600, `${wait}`);
    assert.deepEqual([...new Set((await gateway.attemptsOf(5)).map((it) => it.project))], ["web", "shop"]);
    clock += 61_000;
    assert.deepEqual(await statuses(CLIENT_KEY, "shop", 1), [429]);
    assert.deepEqual(await statuses(CLIENT_KEY, "web", 1), [200]);
  });

  for (const [whose, server, limits] of [
    ["a client", { keys: [{ key: CLIENT_KEY, name: "one", limits: { concurrent: 1 } }] }, {}],
    [
      "a project",
      { keys: [{ key: CLIENT_KEY, name: "one", project: "p" }] },
      { perProject: { concurrent: 1 } },
    ],
  ] as const) {
    for (const isStream of [false, true]) {
      it(`let ${whose} have one ${isStream ? "stream" : "answer"} at one time, and those that go away make room`, async () => {
        await open({}, server, limits);
        let [inside, most] = [0, 0];
        vendor.does(async (request, response) => {
          most = Math.max(most, ++inside);
          response.on("close", () => inside--);
          await answers(anthropicForm, "served")(request, response);
        });
        const going = new AbortController();
        const many = Array.from({ length: 6 }, () => ask(undefined, isStream));
        const leaving = ask(going.signal, isStream).catch(() => undefined);
        going.abort();
        await leaving;
        assert.deepEqual(
          (await Promise.all(many)).map((it) => it.status),
          [200, 200, 200, 200, 200, 200],
        );
        vendor.does((_, response) => void response.writeHead(500).end());
        for (let it = 0; it < 2; it++) assert.notEqual((await ask(undefined, isStream)).status, 200);
        assert.equal(most, 1);
      });
    }
  }

  it("of requests at one time make others wait, and those that go away make room", async () => {
    await open({ limits: { concurrent: 2 } });
    const gates: (() => void)[] = [];
    let [inside, most] = [0, 0];
    vendor.does(async (request, response) => {
      most = Math.max(most, ++inside);
      await new Promise<void>((resolve) => gates.push(resolve));
      inside--;
      await answers(anthropicForm, "served")(request, response);
    });
    const going = new AbortController();
    const first = [ask(), ask()];
    while (gates.length < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    const leaving = ask(going.signal).catch(() => undefined);
    const waiting = [ask(), ask(), ask()];
    const gate = gateway.router.providers[0]?.pool.gate;
    while (gate?.waiting !== 4) await new Promise((resolve) => setTimeout(resolve, 2));
    going.abort();
    await leaving;
    const opening = setInterval(() => gates.shift()?.(), 2);
    const all = await Promise.all([...first, ...waiting]);
    clearInterval(opening);
    assert.deepEqual(
      all.map((it) => it.status),
      [200, 200, 200, 200, 200],
    );
    assert.equal(most, 2);
    assert.equal(vendor.heard.length, 5);
  });
});
