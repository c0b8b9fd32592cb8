import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe } from "mocha";
import type { SessionEvent } from "../../src/agent/events.ts";
import { frame, readLog } from "../../src/agent/log.ts";
import { memoryOf } from "../../src/agent/memory.ts";
import { summaryOf } from "../../src/agent/summary.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { openStore } from "../../src/node/store.ts";
import { answered, asked, called, numbered, opened, rested, said, started } from "../agent/events.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { editingWiring } from "../store/editing-session.ts";
import { call } from "../support/scripted-model.ts";
import { holds } from "./figure.ts";
import { type Random, random } from "./random.ts";

const ID = "abcdefghijkl";

/** A session of some turns, with texts that look like records. */
function eventsOf(chance: Random, folder: string): readonly SessionEvent[] {
  const turns = Array.from({ length: 1 + chance.below(4) }, (_, at) => [
    asked(chance.pick(["go", "修正 👩‍💻\u2028", "00000005 00000000 {}\n"])),
    started,
    said([call("Read", { file_path: "a b  c.ts" }, `c${at}`)]),
    called(`c${at}`),
    answered(`c${at}`, { content: "x".repeat(chance.below(600)) }),
    said("done"),
    rested(),
  ]);
  const begin = opened.type === "opened" ? { ...opened, folder } : opened;
  return JSON.parse(JSON.stringify(numbered([begin, ...turns.flat()])));
}

/** Bytes, each with its place in the sound log; -1 for one that was never there. */
type Marked = readonly (readonly [byte: number, from: number])[];

const DAMAGES: readonly ((bytes: Marked, chance: Random) => Marked)[] = [
  function flipped(bytes, chance) {
    const at = chance.below(bytes.length);
    return bytes.map(([byte, from], index) =>
      index === at ? [byte ^ (1 << chance.below(8)), -1] : [byte, from],
    );
  },
  (bytes, chance) => bytes.toSpliced(chance.below(bytes.length), 1 + chance.below(200)),
  (bytes, chance) =>
    bytes.toSpliced(chance.below(bytes.length), 0, ...strange(chance.bytes(1 + chance.below(60)))),
  (bytes, chance) => bytes.slice(0, chance.below(bytes.length)),
  function blanked(bytes, chance) {
    const [at, length] = [chance.below(bytes.length), 1 + chance.below(300)];
    return bytes.map((it, index) => (index >= at && index < at + length ? [0, -1] : it));
  },
  function swapped(bytes, chance) {
    const [a = 0, b = 0, c = 0] = [1, 2, 3].map(() => chance.below(bytes.length)).sort((x, y) => x - y);
    return [...bytes.slice(0, a), ...bytes.slice(b, c), ...bytes.slice(a, b), ...bytes.slice(c)];
  },
  // Heads without a body, each of which could be the beginning of a record.
  (bytes, chance) =>
    bytes.toSpliced(
      chance.below(bytes.length),
      0,
      ...strange(Buffer.from("0000002a 1234abcd ".repeat(1 + chance.below(9)))),
    ),
];

function strange(bytes: Uint8Array): Marked {
  return [...bytes].map((byte) => [byte, -1]);
}

interface Damaged {
  readonly bytes: Uint8Array;
  readonly events: readonly SessionEvent[];
  /** Numbers of the events whose records are there as they were written. */
  readonly safe: readonly number[];
  readonly isSound: boolean;
}

function damaged(seed: number, folder = "/p"): Damaged {
  const chance = random(seed);
  const events = eventsOf(chance, folder);
  const records = events.map(frame);
  const sound = Buffer.concat(records);
  let marked: Marked = [...sound].map((byte, at) => [byte, at]);
  for (let left = 1 + chance.below(3); left > 0 && marked.length > 0; left--)
    marked = chance.pick(DAMAGES)(marked, chance);
  const bytes = Uint8Array.from(marked, ([byte]) => byte);
  const places = new Map(marked.map(([, from], index) => [from, index]));
  let from = 0;
  const safe = events.filter((_, index) => {
    const [begin, length] = [from, records[index]?.length ?? 0];
    from += length;
    const at = places.get(begin) ?? -1;
    return (
      at !== -1 && Array.from({ length }).every((_, offset) => marked[at + offset]?.[1] === begin + offset)
    );
  });
  return { bytes, events, safe: safe.map((it) => it.n), isSound: Buffer.compare(bytes, sound) === 0 };
}

describe("a log that is damaged at random", () => {
  const seeds = fc.noShrink(fc.nat());

  holds(
    "gives every record that is whole, none that was never written, and says that it is damaged",
    { ci: 1_500, soak: 100_000 },
    fc.property(seeds, (seed) => {
      const { bytes, events, safe, isSound } = damaged(seed);
      const read = readLog(bytes);
      const found = new Set(read.events.map((it) => it.n));
      assert.deepEqual(
        safe.filter((n) => !found.has(n)),
        [],
      );
      for (const it of read.events) assert.deepEqual(it, events[it.n - 1]);
      const isCut = read.events.length < events.length && read.goodLength === bytes.length;
      assert.ok(isSound || read.damage.length > 0 || read.goodLength < bytes.length || isCut);
      memoryOf(read.events);
      summaryOf(read.events);
    }),
  );

  holds(
    "is listed, read and gone on with, and nothing of it is thrown away",
    { ci: 40, soak: 3_000 },
    fc.asyncProperty(seeds, async (seed) => {
      const { folder, remove } = await temporaryFolder();
      const place = join(folder, "sessions", ID);
      await mkdir(place, { recursive: true });
      const { bytes, safe } = damaged(seed, folder);
      await writeFile(join(place, "events.log"), bytes);
      const store = openStore(folder, nodeClock);
      await store.list("go");
      const found = await store.open(ID);
      if (found.kind === "open") {
        const said: string[] = [];
        const session = await openSession(editingWiring(folder, "later"), found, {
          emit: () => undefined,
          complain: (it) => said.push(it),
        });
        const { damage, goodLength } = readLog(bytes);
        assert.equal(said.length, damage.length + (goodLength < bytes.length ? 1 : 0));
        await session.send({ type: "ask", text: "renumber", attachments: [] });
        await session.rested();
        assert.equal(session.state().lastRest, "done");
        await session.close();
        const log = await readFile(join(place, "events.log"));
        assert.equal(Buffer.compare(log.subarray(0, goodLength), bytes.subarray(0, goodLength)), 0);
        const tail = (await readdir(place)).find((it) => it.includes(".tail-"));
        if (tail)
          assert.deepEqual(await readFile(join(place, tail)), Buffer.from(bytes.subarray(goodLength)));
      }
      const read = new Set(((await store.read(ID)) ?? []).map((it) => it.n));
      assert.deepEqual(
        safe.filter((n) => !read.has(n)),
        [],
      );
      store.close();
      await remove();
    }),
  );
});
