import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, it } from "mocha";
import type { SessionEvent } from "../../src/agent/events.ts";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import type { Session } from "../../src/agent/runner.ts";
import { tools } from "../../src/agent/tools/all.ts";
import { anthropic } from "../../src/model/providers/anthropic.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { type HostWiring, openSession } from "../../src/node/open-session.ts";
import { openStore, type Store } from "../../src/node/store.ts";
import { NO_RULES } from "../../src/permission/rules.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { openedProvider, routerOf } from "../support/opened.ts";
import type { Account } from "../support/stand-in/binding.ts";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, calls, says, type Turn, thinks } from "../support/stand-in/turns.ts";
import { testWorld } from "../support/world.ts";

const TURNS = 50;
const MODES = ["default", "acceptEdits", "plan"] as const;

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const it of cleanUp.toReversed()) await it();
  cleanUp = [];
});

/** Even requests call two tools, odd ones end the turn. */
function scriptOf(folder: string) {
  return (_: unknown, turn: number): Turn => {
    if (turn % 2 === 1) return answers(thinks(`so ${turn}`), says(`answer ${turn}`));
    const path = join(folder, `file-${turn}.txt`);
    return answers(
      thinks(`hm ${turn}`),
      says(`look ${turn}`),
      calls("Read", { file_path: path }),
      calls("Write", { file_path: join(folder, `new-${turn}.txt`), content: `${turn}` }),
    );
  };
}

interface Stage {
  readonly standIn: StandIn;
  readonly folder: string;
  readonly store: Store;
  readonly wiring: HostWiring;
}

async function stage(account: Account): Promise<Stage> {
  const { folder, remove } = await temporaryFolder();
  const standIn = await startStandIn({ script: scriptOf(folder), account });
  const store = openStore(join(folder, "home"), nodeClock);
  cleanUp = [remove, () => standIn.close(), async () => store.close()];
  const setup = { key: async () => "k", baseUrl: standIn.url, fetch, silenceMs: 5000 };
  const wiring: HostWiring = {
    world: { ...testWorld(), files: nodeFiles(), clock: nodeClock },
    router: routerOf([openedProvider(anthropic, [anthropic.open(setup)])]),
    tools,
    policy: () => ({
      rules: NO_RULES,
      trusted: true,
      roots: [folder],
      bypassAllowed: false,
      maxRequests: 200,
      maxCost: undefined,
    }),
    instructions: async () => "Be brief.",
    appendedPrompt: "",
    writeRule: async () => undefined,
    attended: false,
    host: "test",
    version: "0",
  };
  return { standIn, folder, store, wiring };
}

/** Fifty turns with changes of mode and effort, new files, words typed during work, and a fresh process every seventh turn. */
async function play({ folder, store, wiring }: Stage): Promise<readonly SessionEvent[]> {
  const events: SessionEvent[] = [];
  const ears = { emit: (event: SessionEvent) => void events.push(event), complain: assert.fail };
  const base = { folder, model: "claude-sonnet-5-5", effort: undefined, host: "test", version: "0" } as const;
  const created = await store.create({ ...base, mode: "default" });
  const { id } = created.events[0]?.type === "opened" ? created.events[0] : { id: "" };
  let session: Session = await openSession(wiring, created, ears);
  for (let turn = 0; turn < TURNS; turn++) {
    await writeFile(join(folder, `file-${turn * 2}.txt`), `text ${turn}`);
    if (turn % 5 === 3) await session.send({ type: "configure", mode: MODES[turn % 3] ?? "default" });
    if (turn % 11 === 4) await session.send({ type: "configure", effort: "low" });
    if (turn % 6 === 5) await session.send({ type: "undo" });
    await session.send({ type: "ask", text: `question ${turn}`, attachments: [] });
    if (turn % 4 === 2) await session.send({ type: "configure", mode: MODES[turn % 2] ?? "default" });
    if (turn % 9 === 7)
      await session.send({ type: "ask", text: "and this", attachments: [], delivery: "step" });
    await session.rested();
    if (turn % 7 !== 6) continue;
    await session.close();
    const opened = await store.open(id);
    assert.ok(opened.kind === "open");
    session = await openSession(wiring, opened, ears);
  }
  await session.close();
  return events;
}

/** A request's standing part and messages without cache marks, one line of JSON for each. */
function linesOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  const unmarked = (value: unknown) =>
    JSON.stringify(value, (name, it: unknown) => (name === "cache_control" ? undefined : it));
  const messages = Array.isArray(body.messages) ? body.messages : [];
  return [unmarked(body.system), unmarked(body.tools), ...messages.map(unmarked)];
}

describe("a session of fifty turns", () => {
  for (const account of ["enforce-all", "enforce-5-2-only"] as const) {
    it(`never changes the beginning of its requests (account ${account})`, async function () {
      this.timeout(30_000);
      const it = await stage(account);
      const events = await play(it);
      const { requests } = it.standIn;
      assert.ok(requests.length >= TURNS * 2);
      assert.deepEqual(
        requests.map((request) => request.refusal).filter((refusal) => refusal !== undefined),
        [],
      );
      const bodies = requests.map((request) => linesOf(request.body));
      for (const [at, body] of bodies.slice(1).entries()) {
        assert.deepEqual(body.slice(0, bodies[at]?.length), bodies[at], `request ${at + 1}`);
      }
      const rests = events.flatMap((event) => (event.type === "rested" ? [event.reason] : []));
      assert.deepEqual(new Set(rests), new Set(["done"]));
      assert.ok(
        events.some((event) => event.type === "noted") && events.some((event) => event.type === "undone"),
      );
    });
  }

  it("reads almost all of its input from the cache", async function () {
    this.timeout(30_000);
    const events = await play(await stage("enforce-all"));
    const usages = events.flatMap((event) => (event.type === "said" ? [event.answer.usage] : [])).slice(10);
    const read = usages.reduce((sum, usage) => sum + usage.cacheRead, 0);
    const all = usages.reduce(
      (sum, usage) => sum + usage.cacheRead + usage.input + usage.cacheWrite5m + usage.cacheWrite1h,
      0,
    );
    assert.ok(read / all > 0.9, `${read} of ${all}`);
  });
});

describe("a session that is rewound", () => {
  it("goes back to a message with the very request it was sent with, thinking and all", async function () {
    this.timeout(30_000);
    const { store, wiring, folder, standIn } = await stage("enforce-all");
    const base = {
      folder,
      model: "claude-sonnet-5-5",
      effort: undefined,
      host: "test",
      version: "0",
    } as const;
    const created = await store.create({ ...base, mode: "acceptEdits" });
    const ears = { emit: () => undefined, complain: (it: string) => assert.fail(it) };
    const session = await openSession(wiring, created, ears);
    const ask = async (text: string) => {
      await session.send({ type: "ask", text, attachments: [] });
      await session.rested();
      return linesOf(standIn.requests.at(-2)?.body ?? {});
    };
    for (const text of ["one", "two"]) await ask(text);
    const then = await ask("three");
    assert.match(then.join(), /"type":"thinking"/);
    await ask("four");
    const to = rewindPoints(session.memory())[2]?.n ?? 0;
    await session.send({ type: "rewind", to, files: true, conversation: true });
    assert.deepEqual(await ask("three"), then);
    await ask("five");
    await session.close();
    assert.deepEqual(
      standIn.requests.flatMap((it) => it.refusal ?? []),
      [],
    );
  });
});
