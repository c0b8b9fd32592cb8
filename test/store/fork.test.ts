import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { EventBody, SessionEvent } from "../../src/agent/events.ts";
import { learn, NO_MEMORY } from "../../src/agent/memory.ts";
import { keepImages } from "../../src/journal/images.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { sessionBlobs } from "../../src/node/session-blobs.ts";
import { type Opened, openStore, type Store } from "../../src/node/store.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import { asked, called, numbered, requested, rested, said, started } from "../agent/events.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { call } from "../support/scripted-model.ts";
import { all } from "../support/session.ts";
import { editingWiring } from "./editing-session.ts";

let home = "";
let project = "";
let store: Store;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ folder: home, remove } = await temporaryFolder());
  project = join(home, "project");
  await mkdir(project);
  store = openStore(home, nodeClock);
});
afterEach(async () => {
  store.close();
  await remove();
});

type Writing = Extract<Opened, { kind: "open" }>;

const FIRST = { model: "test", effort: undefined, mode: "default", host: "test", version: "0" } as const;

/** A session that is in the middle of an edit of two files, with `texts` in them by now; it is open. */
async function atWork(texts: readonly [string, string]): Promise<{ id: string; work: Writing }> {
  const work = await store.create({ ...FIRST, folder: project });
  const paths = ["a.txt", "b.txt"].map((it) => join(project, it));
  const changes = paths.map((path) => ({ path, before: "old", after: "new", form: UTF8 }));
  const files = await keepImages(changes, work.blobs);
  const bodies: readonly EventBody[] = [
    asked("go"),
    started,
    requested,
    said([call("Renumber", { number: "1" }, "c1"), call("Bash", { command: "x" }, "c2")]),
    called("c1", "Renumber"),
    { type: "began", call: "c1", files },
  ];
  await work.log.append(numbered(bodies, 2), true);
  await Promise.all(paths.map((path, index) => writeFile(path, texts[index] ?? "")));
  const [first] = work.events;
  return { id: first?.type === "opened" ? first.id : "", work };
}

async function takenUp(id: string): Promise<readonly SessionEvent[]> {
  const opened = await store.open(id);
  assert.ok(opened.kind === "open", JSON.stringify(opened));
  const ears = { emit: () => undefined, complain: () => undefined };
  const session = await openSession(editingWiring(project), opened, ears);
  await session.close();
  return (await store.read(id)) ?? [];
}

const textsNow = () => Promise.all(["a.txt", "b.txt"].map((it) => readFile(join(project, it), "utf8")));

describe("a fork of a session at work", () => {
  for (const texts of [
    ["old", "old"],
    ["new", "old"],
    ["new", "new"],
  ] as const) {
    it(`leaves files that hold ${texts.join(" and ")} to the session that writes them`, async () => {
      const { id, work } = await atWork(texts);
      const events = await takenUp((await store.fork(id)) ?? "");
      assert.deepEqual(await textsNow(), texts);
      assert.deepEqual(
        all(events, "answered").map((it) => [it.call, it.end, it.files.length]),
        [
          ["c1", "interrupted", 0],
          ["c2", "interrupted", 0],
        ],
      );
      await work.log.close();
    });
  }

  it("is a session at rest that can be gone on with", async () => {
    const { id, work } = await atWork(["new", "old"]);
    const events = (await store.read((await store.fork(id)) ?? "")) ?? [];
    const { state, open, turn } = events.reduce(learn, NO_MEMORY);
    assert.deepEqual([state.status, open.size, turn], ["resting", 0, undefined]);
    const last = state.rows.at(-1);
    assert.deepEqual(last?.kind === "notice" && last.retry, true);
    assert.deepEqual(
      events.map((it) => it.n),
      events.map((_, index) => index + 1),
    );
    await work.log.close();
  });

  it("takes along what the session kept, but not what is being written just now", async () => {
    const { id, work } = await atWork(["new", "old"]);
    await work.blobs.keep("lock", "a long result");
    const [file] = all((await store.read(id)) ?? [], "began")[0]?.files ?? [];
    await writeFile(join(work.folder, "blobs", ".wheelhouse-1-0123456789ab.tmp"), "half");
    const copy = (await store.fork(id)) ?? "";
    const names = await readdir(join(home, "sessions", copy), { recursive: true });
    assert.deepEqual(
      names.filter((it) => /lock|\.tmp|log/.test(it)).map((it) => basename(it).replace(/-.*/, "")),
      ["events.log", "lock"],
    );
    assert.ok(await sessionBlobs(home, copy).get(file?.before ?? ""));
    await work.log.close();
  });

  it("changes nothing of the original, which still settles its edit itself", async () => {
    const { id, work } = await atWork(["new", "old"]);
    await takenUp((await store.fork(id)) ?? "");
    await work.log.close();
    assert.equal(all(await takenUp(id), "answered")[0]?.end, "interrupted");
    assert.deepEqual(await textsNow(), ["old", "old"]);
  });
});

describe("a fork from a message", () => {
  it("knows all before it and nothing of it, though it had waited", async () => {
    const work = await store.create({ ...FIRST, folder: project });
    const waits = { type: "queued", id: "q", text: "second", attachments: [], delivery: "rest" } as const;
    const bodies = [
      asked("first"),
      started,
      requested,
      waits,
      said("one"),
      rested(),
      asked("second", false, "q"),
    ];
    await work.log.append(numbered([...bodies, started, requested, said("two"), rested()], 2), true);
    const [first] = work.events;
    const copy = await store.fork(first?.type === "opened" ? first.id : "", 8);
    const { state, conversation } = ((await store.read(copy ?? "")) ?? []).reduce(learn, NO_MEMORY);
    assert.deepEqual(state.queue, []);
    assert.deepEqual(
      state.rows.map((it) => (it.kind === "prompt" || it.kind === "text" ? it.text : it.kind)),
      ["first", "one"],
    );
    assert.equal(conversation.sealed.length, 2);
    await work.log.close();
  });
});

describe("a fork of a session whose beginning is damaged", () => {
  it("is refused with a sentence and leaves nothing behind", async () => {
    const { id, work } = await atWork(["old", "old"]);
    await work.log.close();
    const log = join(work.folder, "events.log");
    const bytes = await readFile(log);
    await writeFile(log, bytes.fill(0, 0, 30));
    await assert.rejects(store.fork(id), /cannot be copied: the beginning of its log is damaged/);
    assert.equal((await store.list("")).length, 1);
  });
});
