import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { fairGate } from "../../../src/model/routing/fair-gate.ts";

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a fair gate", () => {
  it("never has more inside than it says, and lets everyone in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 }),
        fc.infiniteStream(fc.nat(3)),
        async (most, people, pauses) => {
          const gate = fairGate(most);
          let [inside, entered] = [0, 0];
          await Promise.all(
            people.map(async (who) => {
              const leave = await gate.enter(who, never);
              entered++;
              assert.ok(++inside <= most);
              for (let pause = pauses.next().value ?? 0; pause > 0; pause--) await settle();
              inside--;
              leave();
              leave();
            }),
          );
          assert.equal(entered, people.length);
          assert.equal(gate.waiting, 0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("lets those who wait in by turns, however many one of them sends", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        async (many, few) => {
          const gate = fairGate(1);
          const first = await gate.enter("first", never);
          const order: string[] = [];
          const enter = async (who: string) => {
            const leave = await gate.enter(who, never);
            order.push(who);
            leave();
          };
          const all = [
            ...Array.from({ length: many }, () => enter("many")),
            ...Array.from({ length: few }, () => enter("few")),
          ];
          first();
          await Promise.all(all);
          const both = order.slice(0, 2 * Math.min(many, few));
          for (let at = 0; at < both.length; at += 2) assert.notEqual(both[at], both[at + 1]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("keeps no place for those who went away, and gives none away twice", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.constantFrom("a", "b"), goes: fc.boolean() }), { maxLength: 30 }),
        async (people) => {
          const gate = fairGate(2);
          const [one, two] = [await gate.enter("x", never), await gate.enter("x", never)];
          let inside = 0;
          const asked = people.map(async ({ who, goes }) => {
            const going = new AbortController();
            const entering = gate.enter(who, going.signal);
            if (goes) setImmediate(() => going.abort(new Error("gone")));
            const leave = await entering.catch(() => undefined);
            if (leave === undefined) return;
            assert.ok(++inside <= 2);
            await settle();
            inside--;
            leave();
          });
          await settle();
          one();
          await settle();
          two();
          await Promise.all(asked);
          const again = [await gate.enter("y", never), await gate.enter("y", never)];
          assert.equal(again.length, 2);
          assert.equal(gate.waiting, 0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("keeps nothing of those who come and go, and lets in who stayed among them", async () => {
    const gate = fairGate(1);
    const leave = await gate.enter("a", never);
    const come = async (count: number) => {
      for (let at = 0; at < count; at++) {
        const going = new AbortController();
        const entering = gate.enter(at % 2 === 0 ? "a" : "b", going.signal);
        going.abort(new Error("gone"));
        await assert.rejects(entering, /gone/);
      }
    };
    await come(1_000);
    const stays = gate.enter("b", never);
    await come(1_000);
    assert.equal(gate.waiting, 1);
    leave();
    (await stays)();
    assert.equal(gate.waiting, 0);
    (await gate.enter("a", never))();
  });

  it("does not let in who has gone before asking", async () => {
    await assert.rejects(fairGate(1).enter("a", AbortSignal.abort(new Error("gone"))), /gone/);
  });
});
