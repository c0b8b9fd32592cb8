import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NO_USAGE } from "../../../src/model/conversation.ts";
import type { FailureKind } from "../../../src/model/failure.ts";
import type { Attempt, Ledger } from "../../../src/model/ledger.ts";
import { memoryLedger } from "../../../src/model/memory-ledger.ts";
import type { ModelEvent, ModelInfo, Provider, ProviderType } from "../../../src/model/provider.ts";
import { askerLimiter } from "../../../src/model/routing/asker-limits.ts";
import type { BudgetSetting, Limits, RoutingSetting } from "../../../src/model/routing/configuration.ts";
import { NO_ROUTING } from "../../../src/model/routing/configuration.ts";
import { NOBODY } from "../../../src/model/routing/signals.ts";
import { request } from "../../support/messages-requests.ts";
import { openedProvider, routerOf } from "../../support/opened.ts";

type Act = FailureKind | "answers" | "breaks";

const INFO: ModelInfo = {
  id: "m",
  name: "M",
  contextWindow: 1,
  maxOutput: 1,
  efforts: [],
  images: false,
  rates: { input: 1, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 1, output: 1 },
};
const USED = { ...NO_USAGE, input: 1_000_000 };

/** Keys of a provider that do, one request after another, what their list says. */
function keys(name: string, acts: readonly (readonly Act[])[], asked: string[]) {
  const type: ProviderType = {
    type: name,
    claims: () => true,
    infoOf: () => INFO,
    open: () => ways[0] as Provider,
  };
  const ways = acts.map((own, index): Provider => {
    const left = [...own];
    return {
      name,
      models: async () => [INFO],
      async *ask(): AsyncGenerator<ModelEvent> {
        asked.push(`${name}#${index + 1}`);
        const act = left.shift() ?? "answers";
        yield { type: "started", model: "m", usage: NO_USAGE };
        if (act === "answers" || act === "breaks") yield { type: "delta", index: 0, text: "hi" };
        if (act === "answers")
          yield {
            type: "done",
            answer: { id: "1", model: "m", content: [], stop: "end_turn", usage: USED, badCalls: [] },
          };
        else {
          const kind = act === "breaks" ? "cut" : act;
          yield {
            type: "failed",
            failure: { kind, message: `${kind} of ${index + 1}` },
            text: "",
            usage: NO_USAGE,
          };
        }
      },
    };
  });
  return openedProvider(type, ways, { models: [{ id: "m" }], sticky: false });
}

interface Stage {
  readonly routing?: Partial<RoutingSetting>;
  readonly budget?: Partial<BudgetSetting>;
  /** Of the project that all is for. */
  readonly limits?: Limits;
}

async function play(
  acts: Readonly<Record<string, readonly (readonly Act[])[]>>,
  stage: Stage = {},
  times = 1,
) {
  const asked: string[] = [];
  const recorded: Attempt[] = [];
  const memory = memoryLedger();
  const ledger: Ledger = {
    record(it) {
      recorded.push(it);
      memory.record(it);
    },
    spent: memory.spent,
  };
  const providers = Object.entries(acts).map(([name, own]) => keys(name, own, asked));
  const routing = { ...NO_ROUTING, ...stage.routing };
  const limiter = askerLimiter(() => 0);
  const nobody = { each: {}, named: [] };
  limiter.use({ users: nobody, projects: { each: stage.limits ?? {}, named: [] } });
  const router = routerOf(providers, {
    ...{ ledger, routing, limiter, asker: { ...NOBODY, project: "/home/ann/shop" } },
    budget: { warnAt: 0.8, ...stage.budget },
  });
  const events: ModelEvent[] = [];
  for (let time = 0; time < times; time++)
    for await (const it of router.ask(request({ model: "m", session: "s" }), new AbortController().signal))
      events.push(it);
  const ends = events.filter((it) => it.type === "done" || it.type === "failed");
  const moves = events.flatMap((it) => (it.type === "moved" ? [`${it.from} → ${it.to}`] : []));
  return {
    asked,
    recorded,
    events,
    ends: ends.map((it) => (it.type === "failed" ? it.failure.kind : it.type)),
    moves,
  };
}

describe("a request on its way", () => {
  it("goes to the next key while nothing has been said, and says so", async () => {
    const it = await play({ a: [["rate-limit"], ["server"], ["answers"]] });
    assert.deepEqual(
      [it.asked, it.ends, it.moves],
      [["a#1", "a#2", "a#3"], ["done"], ["a#1 → a#2", "a#2 → a#3"]],
    );
  });

  it("goes to the next provider that names the model when all keys have failed", async () => {
    const it = await play({ a: [["auth"]], b: [["answers"]] });
    assert.deepEqual([it.asked, it.ends, it.moves], [["a#1", "b#1"], ["done"], ["a#1 → b#1"]]);
  });

  it("ends where something had been said", async () => {
    const it = await play({ a: [["breaks"], ["answers"]] });
    assert.deepEqual([it.asked, it.ends], [["a#1"], ["cut"]]);
  });

  for (const kind of ["invalid", "too-large", "thinking-mismatch", "stopped"] as const) {
    it(`ends after "${kind}", which nobody else would do better`, async () => {
      const it = await play({ a: [[kind], ["answers"]] });
      assert.deepEqual([it.asked, it.ends], [["a#1"], [kind]]);
    });
  }

  for (const kind of ["tls", "proxy"] as const)
    it(`asks no other key of a provider that "${kind}" keeps away, but goes on to the next provider`, async () => {
      const { asked } = await play({ a: [[kind], ["answers"]], b: [["answers"]] });
      assert.deepEqual(asked, ["a#1", "b#1"]);
    });

  it("is let through by its project's limits, of which a request counts once and all tokens count", async () => {
    const requests = await play({ a: [["rate-limit"], []] }, { limits: { requestsPerHour: 2 } }, 3);
    assert.deepEqual(
      [requests.asked, requests.ends],
      [
        ["a#1", "a#2", "a#2"],
        ["done", "done", "rate-limit"],
      ],
    );
    const tokens = await play({ a: [[]] }, { limits: { tokensPerHour: 1_500_000 } }, 3);
    assert.deepEqual(tokens.ends, ["done", "done", "rate-limit"]);
    const refusal = tokens.events.at(-1);
    assert.ok(refusal?.type === "failed");
    assert.match(refusal.failure.message, /the limit of the project "\/home\/ann\/shop" is used up/);
    assert.ok((refusal.failure.retryAfterMs ?? 0) > 0);
  });

  it("has a place until it ends, however it ends, and somebody else after it", async () => {
    const acts: Act[] = ["answers", "breaks", "server", "invalid", "answers"];
    const it = await play({ a: [acts] }, { limits: { concurrent: 1 } }, acts.length);
    assert.deepEqual(it.ends, ["done", "cut", "server", "invalid", "done"]);
  });

  it("asks no key again that is out", async () => {
    const it = await play({ a: [["auth"], ["answers", "answers", "answers"]] }, {}, 3);
    assert.deepEqual(it.asked.filter((key) => key === "a#1").length, 1);
    assert.deepEqual(it.ends, ["done", "done", "done"]);
  });

  it("asks the only key there is also when it is out, for its vendor knows better", async () => {
    const it = await play({ a: [["auth", "rate-limit", "answers", "answers"]] }, {}, 4);
    assert.deepEqual(it.ends, ["auth", "rate-limit", "done", "done"]);
  });

  it("asks somebody else first when the only key of one is out", async () => {
    const it = await play({ a: [["auth"]], b: [["answers", "answers"]] }, {}, 2);
    assert.deepEqual(
      [it.asked, it.ends],
      [
        ["a#1", "b#1", "b#1"],
        ["done", "done"],
      ],
    );
  });

  it("goes to longcontext when it is too long, where one is set", async () => {
    const categories = new Map([["longcontext", { targets: [{ provider: "b", model: "m" }] }]]);
    const it = await play(
      { a: [["context-full"], ["answers"]], b: [["answers"]] },
      { routing: { categories } },
    );
    assert.deepEqual([it.asked, it.ends], [["a#1", "b#1"], ["done"]]);
  });

  it("leaves one record for each attempt", async () => {
    const { recorded } = await play({ a: [["server"], ["answers"]] });
    assert.deepEqual(
      recorded.map((it) => [it.key, it.failure, it.stop, it.cost]),
      [
        ["a#1", "server", "", 0],
        ["a#2", "", "end_turn", 1],
      ],
    );
  });

  it("is refused before it is sent when the budget is used up", async () => {
    const it = await play({ a: [[]] }, { budget: { perTask: 1.5 } }, 3);
    assert.deepEqual([it.asked.length, it.ends], [2, ["done", "done", "budget"]]);
  });

  it("warns from a part of the budget on", async () => {
    const { events } = await play({ a: [[]] }, { budget: { total: 2, warnAt: 0.5 } }, 2);
    const warned = events.filter((it) => it.type === "warned");
    assert.equal(warned.length, 1);
  });
});
