import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Admission, askerLimiter, hasAskerLimits } from "../../../src/model/routing/asker-limits.ts";
import type { AskerLimits, Limits } from "../../../src/model/routing/configuration.ts";
import { NOBODY, type Signals } from "../../../src/model/routing/signals.ts";

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function signals(user: string, project: string, session = "", tokens = 1): Signals {
  const more = { thinking: false, search: false, images: false, tools: [], model: "m" };
  return { ...NOBODY, ...more, user, project, session, tokens: () => tokens };
}

function limits(given: {
  readonly perUser?: Limits;
  readonly perProject?: Limits;
  readonly users?: Readonly<Record<string, Limits>>;
  readonly projects?: Readonly<Record<string, Limits>>;
}): AskerLimits {
  const named = (them: Readonly<Record<string, Limits>> = {}) =>
    Object.entries(them).map(([pattern, own]) => ({ pattern, limits: own }));
  return {
    users: { each: given.perUser ?? {}, named: named(given.users) },
    projects: { each: given.perProject ?? {}, named: named(given.projects) },
  };
}

/** A limiter with a clock that stands unless it is moved. */
function open(given: Parameters<typeof limits>[0]) {
  const clock = { now: 1_800_000_000_000 };
  const limiter = askerLimiter(() => clock.now);
  limiter.use(limits(given));
  const through = async (user: string, project: string, tokens = 0): Promise<boolean> => {
    const admitted = await limiter.admit(signals(user, project, "", tokens), never);
    if ("kind" in admitted) return false;
    admitted.end(tokens);
    return true;
  };
  const admit = async (user: string, project: string, session = "", signal = never): Promise<Admission> => {
    const admitted = await limiter.admit(signals(user, project, session), signal);
    if ("kind" in admitted) throw new Error(admitted.kind);
    return admitted;
  };
  return { clock, limiter, through, admit };
}

describe("limits of users and projects", () => {
  it("count each for itself, and together whoever asks in the same project", async () => {
    const { through } = open({ perUser: { requestsPerMinute: 2 }, perProject: { requestsPerMinute: 3 } });
    const asked = [
      ["ann", "web"],
      ["ann", "web"],
      ["ann", "web"],
      ["ben", "web"],
      ["cid", "web"],
      ["cid", "shop"],
    ] as const;
    const passed: boolean[] = [];
    for (const [user, project] of asked) passed.push(await through(user, project));
    assert.deepEqual(passed, [true, true, false, true, false, true]);
  });

  it("do not count what they refused", async () => {
    const { through, clock } = open({
      perUser: { requestsPerHour: 2 },
      perProject: { requestsPerMinute: 1 },
    });
    for (const expected of [true, false, false]) assert.equal(await through("ann", "web"), expected);
    clock.now += 61_000;
    for (const expected of [true, false]) assert.equal(await through("ann", "web"), expected);
  });

  it("are not forgotten however many projects somebody else thinks of", async () => {
    const { through } = open({ perUser: { requestsPerDay: 1 }, users: { eve: { requestsPerDay: 1e6 } } });
    assert.equal(await through("ann", ""), true);
    for (let at = 0; at < 10_100; at++) await through("eve", `project ${at}`);
    assert.equal(await through("ann", ""), false);
  });

  it("by name go before those of each, and are of each whom a pattern names", async () => {
    const { through } = open({
      perUser: { requestsPerMinute: 1, concurrent: 9 },
      users: { "team-*": { requestsPerMinute: 2 }, "team-a": { requestsPerMinute: 100 } },
    });
    const count = async (user: string) => {
      let passed = 0;
      while (passed < 10 && (await through(user, ""))) passed++;
      return passed;
    };
    assert.deepEqual([await count("ann"), await count("team-a"), await count("team-b")], [1, 2, 2]);
  });

  it("are not for those who have no name", async () => {
    const { through } = open({ perUser: { requestsPerMinute: 1 }, perProject: { requestsPerMinute: 1 } });
    for (let it = 0; it < 5; it++) assert.equal(await through("", ""), true);
  });

  it("say who has to wait, and how long", async () => {
    const { limiter, through, clock } = open({
      perUser: { tokensPerMinute: 100 },
      perProject: { tokensPerHour: 100 },
    });
    assert.equal(await through("ann", "web", 90), true);
    const refusal = await limiter.admit(signals("ann", "web", "", 50), never);
    assert.ok("kind" in refusal);
    assert.deepEqual([refusal.kind, refusal.status], ["rate-limit", 429]);
    assert.match(refusal.message, /^the limit of the project "web" is used up/);
    clock.now += refusal.retryAfterMs ?? 0;
    assert.equal(await through("ann", "web", 50), true);
  });

  it("let no more in at one time than they say, in turns, and nobody waits for ever", async () => {
    const people = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), people, async (concurrent, asking) => {
        const { admit } = open({ perProject: { concurrent }, perUser: { concurrent: 2 } });
        let [inside, most, served] = [0, 0, 0];
        await Promise.all(
          asking.map(async (user) => {
            const admission = await admit(user, "web");
            most = Math.max(most, ++inside);
            await settle();
            inside--;
            served++;
            admission.end(1);
            admission.end(1);
          }),
        );
        assert.ok(most <= concurrent);
        assert.equal(served, asking.length);
      }),
      { numRuns: 50 },
    );
  });

  it("give the place of one who goes away to the next", async () => {
    const { admit } = open({ perUser: { concurrent: 1 }, perProject: { concurrent: 1 } });
    const first = await admit("ann", "web");
    const going = new AbortController();
    // Has the place of its user and waits for that of the project.
    const gone = admit("ben", "web", "", going.signal);
    await settle();
    going.abort();
    await assert.rejects(gone, /stopped/);
    first.end(0);
    (await admit("ben", "web")).end(0);
  });

  it("that change forget only what was counted under others", async () => {
    const { limiter, through } = open({ users: { ann: { requestsPerDay: 1 }, ben: { requestsPerDay: 1 } } });
    for (const user of ["ann", "ben"]) assert.equal(await through(user, ""), true);
    limiter.use(limits({ users: { ann: { requestsPerDay: 1 }, ben: { requestsPerDay: 2 } } }));
    assert.equal(await through("ann", ""), false);
    assert.equal(await through("ben", ""), true);
  });

  it("are none when nothing is set", () => {
    assert.equal(hasAskerLimits(limits({})), false);
    assert.equal(hasAskerLimits(limits({ projects: { "*": { concurrent: 1 } } })), true);
  });
});
