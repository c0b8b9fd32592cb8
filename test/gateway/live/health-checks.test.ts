import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient } from "../../support/client-forms.ts";
import { type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { type ManualTimers, manualTimers } from "../../support/manual-timers.ts";
import { answersJson, type ScriptedVendor, scriptedVendor } from "../../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../../support/vendor-forms.ts";

const MINUTE = 60_000;
const LIST = answersJson({ data: [{ id: anthropicForm.model, type: "model", display_name: "Sonnet" }] });

describe("health checks of a live gateway", () => {
  let timers: ManualTimers;
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    timers = manualTimers(Date.UTC(2026, 10, 29, 12));
    vendor = await scriptedVendor(answers(anthropicForm, "served"));
    gateway = await liveGateway({
      now: timers.now,
      checksBy: timers.later,
      settings: { providers: { main: providerAt(anthropicForm, vendor.address) } },
    });
  });
  afterEach(async () => {
    await gateway.stop();
    await vendor.close();
  });

  const ask = () => gateway.ask(anthropicClient, anthropicClient.ask(anthropicForm.model, false));
  const health = () => gateway.router.providers[0]?.pool.instances[0]?.health;

  /** Lets time pass until what came of a check is known. */
  async function untilChecked(minutes: number): Promise<void> {
    const before = health();
    await timers.pass(minutes * MINUTE);
    while (health() === before) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  it("ask for the list of models with the key, nothing else, and take it back in", async () => {
    vendor.does(anthropicForm.refuses(401, "wrong"));
    assert.equal((await ask()).status, 401);
    assert.equal(health()?.state, "disabled");
    vendor.does(LIST);
    await untilChecked(5.25);
    assert.equal(health()?.state, "healthy");
    const [, ...checks] = vendor.heard;
    assert.deepEqual(
      checks.map((it) => [it.method, it.path.split("?")[0], it.key, it.text]),
      [["GET", "/v1/models", "sk-upstream-anthropic-000001", ""]],
    );
    assert.equal((await gateway.attemptsOf(1)).length, 1);
  });

  it("find out that a vendor is there again, also one that has no list", async () => {
    vendor.does(anthropicForm.refuses(500, "down"));
    for (let it = 0; it < 3; it++) assert.equal((await ask()).status, 500);
    const long = timers.now() + 60 * MINUTE;
    const before = health();
    if (before !== undefined) gateway.router.providers[0]?.pool.adopt("main#1", { ...before, until: long });
    vendor.does(anthropicForm.refuses(404, "no such path"));
    await untilChecked(0.5);
    assert.deepEqual([health()?.state, (health()?.until ?? long) <= timers.now()], ["cooling", true]);
    vendor.does(answers(anthropicForm, "served"));
    assert.equal((await ask()).status, 200);
    assert.equal(health()?.state, "healthy");
  });
});
