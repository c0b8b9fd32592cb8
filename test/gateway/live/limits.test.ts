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

  async function open(provider: object, server: object = {}): Promise<void> {
    const main = providerAt(anthropicForm, vendor.address, {
      strategy: "round_robin",
      sticky: false,
      ...provider,
    });
    gateway = await liveGateway({
      now: () => clock,
      settings: { providers: { main }, server: { ...server } },
    });
  }

  function ask(signal?: AbortSignal) {
    return gateway.ask(anthropicClient, anthropicClient.ask(MODEL, false), signal);
  }

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
