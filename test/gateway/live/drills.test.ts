import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Instance } from "../../../src/model/routing/pool.ts";
import { anthropicClient } from "../../support/client-forms.ts";
import { type Got, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import {
  type Act,
  type HeardRequest,
  type ScriptedVendor,
  scriptedVendor,
  streamsAndBreaks,
} from "../../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../../support/vendor-forms.ts";

const MODEL = "claude-sonnet-5-5";
const GOOD: Act = answers(anthropicForm, "served");
const says = (status: number, headers: Readonly<Record<string, string>> = {}): Act =>
  anthropicForm.refuses(status, `status ${status}`, headers);

let clock: number;
let home: string;
let vendor: ScriptedVendor;
let gateway: LiveGateway;
/** What each key of the vendor does; keys without an entry are good. */
let acts: Map<string, Act>;

describe("a live gateway under faults", () => {
  beforeEach(async () => {
    clock = Date.UTC(2026, 10, 29, 12);
    home = await mkdtemp(join(tmpdir(), "wheelhouse-drill-"));
    acts = new Map();
    vendor = await scriptedVendor((request, response) =>
      (acts.get(nameOf(request)) ?? GOOD)(request, response),
    );
  });
  afterEach(async () => {
    await gateway.stop();
    await vendor.close();
    await rm(home, { recursive: true, force: true });
  });

  /** Keys are `sk-upstream-NAME`. */
  function nameOf({ key }: HeardRequest): string {
    return key.replace("sk-upstream-", "");
  }

  /** A gateway with these keys at one provider. */
  async function open(names: readonly string[], more: object = {}, settings: object = {}): Promise<void> {
    const keys = names.map((it) => `sk-upstream-${it}`);
    const main = {
      type: "anthropic",
      baseUrl: vendor.address,
      keys,
      models: [MODEL],
      strategy: "round_robin",
      sticky: false,
      ...more,
    };
    gateway = await liveGateway({
      home,
      now: () => clock,
      settings: { providers: { main }, ...settings },
    });
  }

  function ask(isStream = false): Promise<Got> {
    return gateway.ask(anthropicClient, anthropicClient.ask(MODEL, isStream));
  }

  /** Asks so often, one after another, and expects an answer each time. */
  async function served(times: number): Promise<void> {
    for (let it = 0; it < times; it++) {
      const got = await ask();
      assert.equal(got.status, 200, got.raw);
      assert.equal(anthropicClient.saidBy(got.body), "served");
    }
  }

  function askedOf(name: string): number {
    return vendor.heard.filter((it) => nameOf(it) === name).length;
  }

  function instance(index: number): Instance {
    const it = gateway.router.providers[0]?.pool.instances[index];
    assert.ok(it);
    return it;
  }

  const minutes = (count: number) => count * 60_000;

  describe("a pool in which some keys are bad", () => {
    it("answers every request as long as one key is good, and asks each bad key once", async () => {
      const bad: readonly (readonly [string, Act])[] = [
        ["revoked", says(401)],
        ["broke", says(402)],
        ["limited", says(429, { "retry-after": "60" })],
        ["forbidden", says(403)],
      ];
      for (const [name, act] of bad) acts.set(name, act);
      await open([...bad.map(([name]) => name), "good"]);
      await served(20);
      for (const [name] of bad) assert.equal(askedOf(name), 1, name);
      assert.equal(askedOf("good"), 20);
    });

    it("finds the good one also behind more bad ones than are usually tried", async () => {
      const bad = Array.from({ length: 20 }, (_, it) => `revoked${it}`);
      for (const name of bad) acts.set(name, says(401));
      await open([...bad, "good"]);
      await served(1);
      assert.equal(vendor.heard.length, 21);
    });

    it("goes to the next provider when the first has only bad ones, however many", async () => {
      const bad = Array.from({ length: 12 }, (_, it) => `failing${it}`);
      for (const name of bad) acts.set(name, says(500));
      const target = { provider: "main", model: MODEL, fallback: [{ provider: "second", model: MODEL }] };
      const second = {
        type: "anthropic",
        baseUrl: vendor.address,
        keys: ["sk-upstream-good"],
        models: [MODEL],
      };
      await open(bad, {}, {});
      const main = {
        type: "anthropic",
        baseUrl: vendor.address,
        keys: bad.map((it) => `sk-upstream-${it}`),
        models: [MODEL],
      };
      gateway.use({ providers: { main, second }, routing: { default: target } });
      await served(1);
    });

    it("answers each of many at the same time, once", async () => {
      acts.set("revoked", says(401));
      acts.set("limited", says(429, { "retry-after": "60" }));
      await open(["revoked", "limited", "a", "b"]);
      const all = await Promise.all(Array.from({ length: 40 }, () => ask(true)));
      for (const it of all) assert.equal(anthropicClient.saidIn(it.events), "served", it.raw);
      assert.equal(askedOf("a") + askedOf("b"), 40);
      const attempts = await gateway.attemptsOf(vendor.heard.length);
      assert.equal(attempts.length, vendor.heard.length);
      assert.equal(attempts.filter((it) => it.failure === "").length, 40);
    });

    it("says why when no key is left, and after what time one may be", async () => {
      acts.set("limited", says(429, { "retry-after": "60" }));
      acts.set("revoked", says(401));
      await open(["limited", "revoked"]);
      await ask();
      const got = await ask();
      assert.equal(got.status, 429);
      assert.equal(got.headers.get("retry-after"), "60");
      assert.match(got.raw, /status 429.*status 401/s);
      assert.equal(vendor.heard.length, 2);
    });
  });

  describe("a key that is limited", () => {
    it("is not asked before the time the vendor named, and then by exactly one request", async () => {
      acts.set("limited", says(429, { "retry-after": "60" }));
      await open(["limited", "good"]);
      await served(4);
      clock += 59_999;
      await served(4);
      assert.equal(askedOf("limited"), 1);

      const gate = Promise.withResolvers<void>();
      acts.set("limited", async (request, response) => {
        await gate.promise;
        await GOOD(request, response);
      });
      clock += 1;
      const heard = askedOf("limited");
      const asked = Array.from({ length: 6 }, () => ask());
      // Five are answered by the other key while the trial is under way.
      await Promise.race([...asked]);
      while (vendor.heard.length < 9 + 6) await new Promise((resolve) => setTimeout(resolve, 2));
      assert.equal(askedOf("limited"), heard + 1);
      gate.resolve();
      await Promise.all(asked);
      assert.equal(instance(0).health.state, "healthy");
      await served(4);
      assert.equal(askedOf("limited"), heard + 3);
    });

    it("waits longer each time its trial fails", async () => {
      acts.set("limited", says(429));
      await open(["limited", "good"]);
      let last = 0;
      for (let round = 0; round < 5; round++) {
        await served(2);
        const { state, until } = instance(0).health;
        assert.equal(state, "cooling");
        assert.ok(until - clock > last, `${until - clock} after ${last}`);
        last = until - clock;
        clock = until;
      }
      assert.equal(askedOf("limited"), 5);
    });

    it("is out for no longer because many were under way when it happened", async () => {
      for (const [status, mostMs] of [
        [429, 33_000],
        [500, 4_400],
      ] as const) {
        const gate = Promise.withResolvers<void>();
        acts.set(`${status}`, async (request, response) => {
          await gate.promise;
          await says(status)(request, response);
        });
        if (status === 500) await gateway.stop();
        await open([`${status}`]);
        const asked = Array.from({ length: 30 }, () => ask());
        while (askedOf(`${status}`) < 30) await new Promise((resolve) => setTimeout(resolve, 2));
        gate.resolve();
        await Promise.all(asked);
        const { state, until } = instance(0).health;
        assert.equal(state, "cooling");
        assert.ok(until - clock <= mostMs, `${until - clock} ms after ${status}`);
      }
    });

    it("stays out when an answer that began before ends well", async () => {
      const gate = Promise.withResolvers<void>();
      acts.set("one", async (request, response) => {
        await gate.promise;
        await GOOD(request, response);
      });
      await open(["one", "good"]);
      const slow = ask();
      await vendor.next();
      await ask();
      acts.set("one", says(429, { "retry-after": "60" }));
      await ask();
      gate.resolve();
      assert.equal((await slow).status, 200);
      await served(3);
      assert.equal(askedOf("one"), 2);
    });
  });

  describe("a key that is revoked", () => {
    it("is not asked again, also after a restart, until another key stands there", async () => {
      acts.set("old", says(401));
      await open(["old", "good"]);
      await served(6);
      await gateway.stop();
      await open(["old", "good"]);
      clock += minutes(60 * 24 * 30);
      await served(6);
      assert.equal(askedOf("old"), 1);
      await gateway.stop();
      await open(["new", "good"]);
      await served(6);
      assert.equal(askedOf("new"), 3);
    });

    it("stays out when an answer that began before ends well", async () => {
      const gate = Promise.withResolvers<void>();
      acts.set("old", async (request, response) => {
        await gate.promise;
        await GOOD(request, response);
      });
      await open(["old", "good"]);
      const slow = ask();
      await vendor.next();
      await ask();
      acts.set("old", says(401));
      await ask();
      gate.resolve();
      await slow;
      await served(3);
      assert.equal(askedOf("old"), 2);
    });

    it("comes back when a person says so", async () => {
      acts.set("old", says(401));
      await open(["old"]);
      await ask();
      acts.delete("old");
      gateway.router.providers[0]?.pool.restore("main#1");
      await served(1);
    });
  });

  describe("what is known of keys", () => {
    it("lasts over a restart, as long as it holds", async () => {
      acts.set("broke", says(402));
      await open(["broke", "good"]);
      await served(2);
      await gateway.stop();
      acts.delete("broke");
      await open(["broke", "good"]);
      await served(4);
      assert.equal(askedOf("broke"), 1);
      clock += minutes(60);
      await served(4);
      assert.equal(askedOf("broke"), 3);
    });
  });

  describe("a vendor in trouble", () => {
    it("that flaps loses no request", async () => {
      let count = 0;
      acts.set("flapping", (request, response) => (count++ % 2 === 0 ? says(500) : GOOD)(request, response));
      await open(["flapping", "good"]);
      for (let it = 0; it < 30; it++) {
        await served(1);
        clock += 1_000;
      }
    });

    it("that is overloaded is left alone for that model, and no key is punished", async () => {
      acts.set("busy", says(529));
      await open(["busy", "good"]);
      await served(4);
      assert.equal(askedOf("busy"), 1);
      assert.equal(instance(0).health.state, "healthy");
      acts.delete("busy");
      clock += minutes(1);
      await served(4);
      assert.equal(askedOf("busy"), 3);
    });

    it("that is not there is passed over", async () => {
      const gone = createServer();
      await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
      const { port } = gone.address() as AddressInfo;
      await new Promise((resolve) => gone.close(resolve));
      await open(["good"]);
      const dead = {
        type: "anthropic",
        baseUrl: `http://127.0.0.1:${port}`,
        keys: ["sk-upstream-dead"],
        models: [MODEL],
      };
      const good = {
        type: "anthropic",
        baseUrl: vendor.address,
        keys: ["sk-upstream-good"],
        models: [MODEL],
      };
      const target = { provider: "dead", model: MODEL, fallback: [{ provider: "good", model: MODEL }] };
      gateway.use({ providers: { dead, good }, routing: { default: target } });
      await served(5);
      const attempts = await gateway.attemptsOf(8);
      assert.equal(attempts.filter((it) => it.failure === "network").length, 3);
    });

    it("that cuts a stream before the first word loses nothing; later it is told, and never begun again", async () => {
      const pieces = anthropicForm.pieces("served");
      for (let kept = 0; kept < pieces.length - 1; kept++) {
        const name = `cut${kept}`;
        acts.set(name, streamsAndBreaks(pieces.slice(0, kept)));
        if (kept > 0) await gateway.stop();
        await open([name, "good"], { strategy: "weighted", weights: [1, 0.001] });
        const before = vendor.heard.length;
        const got = await ask(true);
        const asked = vendor.heard.slice(before).map(nameOf);
        const said = anthropicClient.saidIn(got.events);
        if (asked.length === 2) assert.equal(said, "served");
        else {
          assert.ok(!anthropicClient.isFinished(got.events, got.raw), got.raw);
          assert.ok(got.isCut || got.events.some((it) => anthropicClient.error(it)), got.raw);
        }
        assert.deepEqual(asked, kept === 0 ? [name, "good"] : asked, `after ${kept}`);
        assert.equal((await gateway.attemptsOf(before + asked.length)).length, before + asked.length);
      }
    });
  });
});
