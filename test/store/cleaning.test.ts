import assert from "node:assert/strict";
import { mkdir, readdir, rename, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { EventBody } from "../../src/agent/events.ts";
import { keepImages } from "../../src/journal/images.ts";
import { capsOf, NO_CAPS } from "../../src/node/blob-caps.ts";
import { blobAmount, cleanBlobs, cleanWhenDue } from "../../src/node/blob-cleaning.ts";
import { blobPath } from "../../src/node/blobs.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { takeLock } from "../../src/node/lock.ts";
import { sessionBlobs, storeOf } from "../../src/node/session-blobs.ts";
import { openStore, type Store } from "../../src/node/store.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import { numbered, rested, started } from "../agent/events.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOTHING_MORE = { maxBytes: 0, maxAgeMs: Number.POSITIVE_INFINITY };

describe("cleaning the blobs", () => {
  let home: string;
  let store: Store;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ folder: home, remove } = await temporaryFolder());
    store = openStore(home, nodeClock);
  });
  afterEach(async () => {
    store.close();
    await remove();
  });

  interface Made {
    readonly id: string;
    readonly close: () => Promise<void>;
  }

  /** A session that changed one file from `before` to `after`, decided on or not; `noted` is what a running command noted. */
  async function session(
    before: string,
    after: string,
    how: { decided?: true; noted?: string } = {},
  ): Promise<Made> {
    const first = {
      folder: "/p",
      model: "test",
      effort: undefined,
      mode: "default",
      host: "test",
      version: "0",
    } as const;
    const { log, events } = await store.create(first);
    const id = events[0]?.type === "opened" ? events[0].id : "";
    const files = await keepImages([{ path: "/p/a", before, after, form: UTF8 }], sessionBlobs(home, id));
    const answered = {
      type: "answered",
      call: "c",
      end: "done",
      content: "",
      display: undefined,
      read: [],
      durationMs: 0,
    } as const;
    const called = { type: "called", call: "c", tool: "Bash", title: "", input: {} } as const;
    const bodies: readonly EventBody[] = [
      started,
      called,
      { type: "began", call: "c", files: [], ...(how.noted !== undefined && { noted: how.noted }) },
      ...(how.noted === undefined ? [{ ...answered, files }, rested()] : []),
      ...(how.decided ? [{ type: "kept", paths: ["/p/a"] } as const] : []),
    ];
    await log.append(numbered(bodies, 2), true);
    return { id, close: log.close };
  }

  async function closed(...given: Parameters<typeof session>): Promise<string> {
    const { id, close } = await session(...given);
    await close();
    return id;
  }

  async function aged(id: string, days: number): Promise<void> {
    const at = Date.now() / 1000 - days * 24 * 60 * 60;
    await utimes(join(home, "sessions", id, "events.log"), at, at);
  }

  /** The texts that are still there. */
  async function texts(): Promise<readonly string[]> {
    const hashes = (await readdir(storeOf(home), { recursive: true })).map((it) => it.slice(-64));
    const all = await Promise.all(hashes.map((it) => sessionBlobs(home, "none").get(it)));
    return all.flatMap((it) => (it ? [new TextDecoder().decode(it)] : [])).toSorted();
  }

  const clean = (caps = NO_CAPS) => cleanBlobs(home, caps, Date.now());

  it("frees with a session what no other session names", async () => {
    const id = await closed("shared", "own");
    await closed("shared", "other");
    assert.equal(await store.remove(id), undefined);
    assert.deepEqual(await texts(), ["other", "shared"]);
  });

  it("keeps what an open change needs, however old it is and however little room there is", async () => {
    const [open, decided] = [await closed("a", "b"), await closed("c", "d", { decided: true })];
    await Promise.all([open, decided].map((it) => aged(it, 400)));
    await clean({ maxBytes: 0, maxAgeMs: DAY_MS });
    assert.deepEqual(await texts(), ["a", "b"]);
  });

  it("keeps all that an open session names", async () => {
    const { close } = await session("a", "b", { decided: true });
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["a", "b"]);
    await close();
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), []);
  });

  it("takes the oldest sessions first when there is too little room", async () => {
    const ids = [await closed("a1", "a2", { decided: true }), await closed("b1", "b2", { decided: true })];
    await Promise.all(ids.map((it, at) => aged(it, at + 1)));
    // Each of the four takes three bytes.
    const cleaned = await clean({ ...NO_CAPS, maxBytes: 7 });
    assert.deepEqual(await texts(), ["a1", "a2"]);
    assert.deepEqual(cleaned, { freed: { files: 2, bytes: 6 }, left: { files: 2, bytes: 6 } });
    assert.deepEqual(await blobAmount(home), { files: 2, bytes: 6 });
  });

  it("takes older sessions before a newer one that alone is too large", async () => {
    const ids = [
      await closed("new and large 1", "new and large 2", { decided: true }),
      await closed("b1", "b2", { decided: true }),
    ];
    await Promise.all(ids.map((it, at) => aged(it, at + 1)));
    await clean({ ...NO_CAPS, maxBytes: 7 });
    assert.deepEqual(await texts(), []);
  });

  it("takes what is too old", async () => {
    await aged(await closed("a", "b", { decided: true }), 31);
    await closed("c", "d", { decided: true });
    await clean({ ...NO_CAPS, maxAgeMs: 30 * DAY_MS });
    assert.deepEqual(await texts(), ["c", "d"]);
  });

  it("keeps what a command noted that is still running, or was when its process died", async () => {
    const blobs = sessionBlobs(home, "none");
    const image = await blobs.put(new TextEncoder().encode("image"));
    const noted = await blobs.put(new TextEncoder().encode(JSON.stringify({ image })));
    await closed("a", "b", { noted });
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["image", JSON.stringify({ image })].toSorted());
  });

  it("leaves what was just put while some session is at work, for it will be named soon", async () => {
    const { close } = await session("a", "b");
    const soon = await sessionBlobs(home, "none").put(new TextEncoder().encode("soon"));
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["a", "b", "soon"]);
    await utimes(blobPath(storeOf(home), soon), 1, 1);
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["a", "b"]);
    await close();
  });

  it("leaves what an open session has just put again, though only an older one names it yet", async () => {
    await closed("again", "other", { decided: true });
    for (const name of (await readdir(storeOf(home))).filter((it) => it.length === 64))
      await utimes(blobPath(storeOf(home), name), Date.now() / 1000 - 7200, Date.now() / 1000 - 7200);
    const { close } = await session("a", "b");
    const hash = await sessionBlobs(home, "none").put(new TextEncoder().encode("again"));
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["a", "again", "b"]);
    await utimes(blobPath(storeOf(home), hash), Date.now() / 1000 - 7200, Date.now() / 1000 - 7200);
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["a", "b"]);
    await close();
  });

  it("never takes away what is put at that very moment", async () => {
    const { close } = await session("a", "b");
    const blobs = sessionBlobs(home, "none");
    for (let round = 0; round < 60; round++) {
      const bytes = new TextEncoder().encode(`wanted again ${round % 3}`);
      const hash = await blobs.put(bytes);
      await utimes(blobPath(storeOf(home), hash), 1, 1);
      const cleaning = clean(NOTHING_MORE);
      for (let turn = 0; turn < round % 20; turn++) await new Promise(setImmediate);
      await blobs.put(bytes);
      await cleaning;
      assert.deepEqual(await blobs.get(hash), bytes);
    }
    await close();
  });

  it("gives back what a cleaning that died had begun to take away", async () => {
    await closed("a", "b");
    const [name] = (await readdir(storeOf(home))).filter((it) => it.length === 64);
    const path = join(storeOf(home), name ?? "");
    await rename(path, `${path}.leaving`);
    await clean();
    assert.deepEqual(await texts(), ["a", "b"]);
  });

  const log = (id: string) => join(home, "sessions", id, "events.log");
  const UNREADABLE: readonly (readonly [string, (id: string) => Promise<void>])[] = [
    // More than is read in one piece.
    ["a log cannot be read", (id) => truncate(log(id), 2 ** 31 + 1)],
    ["a log is a link in a circle", (id) => linked(log(id), "events.log")],
    ["a log is a link into nowhere", (id) => linked(log(id), "/nowhere/at/all")],
    ["a session is a link into nowhere", (id) => linked(join(home, "sessions", id), "/nowhere/at/all")],
    ["the sessions are a link into nowhere", () => linked(join(home, "sessions"), "/nowhere/at/all")],
  ];
  for (const [what, spoil] of UNREADABLE) {
    it(`frees nothing when ${what}`, async () => {
      const id = await closed("a", "b", { decided: true });
      await spoil(id);
      await assert.rejects(clean(NOTHING_MORE));
      assert.deepEqual(await texts(), ["a", "b"]);
    });
  }

  async function linked(path: string, to: string): Promise<void> {
    await rename(path, `${path}-moved`);
    await symlink(to, path);
  }

  it("frees nothing when what a command noted cannot be read", async () => {
    const image = await sessionBlobs(home, "none").put(new TextEncoder().encode("image"));
    const noted = await sessionBlobs(home, "none").put(new TextEncoder().encode(JSON.stringify({ image })));
    await closed("a", "b", { noted });
    await writeFile(blobPath(storeOf(home), noted), "broken");
    await assert.rejects(clean(NOTHING_MORE));
    assert.ok(await sessionBlobs(home, "none").get(image));
  });

  it("passes over a session without a log", async () => {
    await closed("a", "b");
    await mkdir(join(home, "sessions", nodeClock.id()));
    await clean(NOTHING_MORE);
    assert.deepEqual(await texts(), ["a", "b"]);
  });

  it("says why when the store's lock cannot be made, and that another cleans when it does", async () => {
    await closed("a", "b", { decided: true });
    const path = join(storeOf(home), "cleaning");
    const other = await takeLock(path);
    assert.equal(await clean(NOTHING_MORE), undefined);
    assert.ok(other.kind === "taken");
    await other.free();
    await rename(storeOf(home), join(home, "away"));
    await writeFile(storeOf(home), "");
    await assert.rejects(clean(NOTHING_MORE), /Cannot clean ".*blobs": a part of its path is a file/);
  });

  it("only counts when it is asked for the amount", async () => {
    await closed("a", "b");
    const [name = ""] = (await readdir(storeOf(home))).filter((it) => it.length === 64);
    const path = join(storeOf(home), name);
    await rename(path, `${path}.leaving`);
    assert.deepEqual(await blobAmount(home), { files: 2, bytes: 4 });
    assert.deepEqual((await readdir(storeOf(home))).filter((it) => it.endsWith(".leaving")).length, 1);
  });

  it("has no limit where a cap of the settings is 0", async () => {
    await aged(await closed("a", "b", { decided: true }), 4000);
    const caps = (mb: number, days: number) =>
      capsOf({ "checkpoints.maxSizeMB": mb, "checkpoints.maxAgeDays": days });
    await clean(caps(0, 0));
    assert.deepEqual(await texts(), ["a", "b"]);
    await clean(caps(0, 1));
    assert.deepEqual(await texts(), []);
  });

  it("counts a log anew when it has grown", async () => {
    const id = await closed("a", "b", { decided: true });
    await clean();
    const opened = await store.open(id);
    assert.ok(opened.kind === "open");
    const files = await keepImages(
      [{ path: "/p/c", before: "c", after: "d", form: UTF8 }],
      sessionBlobs(home, id),
    );
    await opened.log.append(numbered([{ type: "undone", files }], 8), true);
    await opened.log.close();
    await clean();
    assert.deepEqual(await texts(), ["a", "b", "c", "d"]);
  });

  it("is due once a day, and does nothing where nothing is kept", async () => {
    await cleanWhenDue(home, NOTHING_MORE, Date.now());
    await closed("a", "b", { decided: true });
    await writeFile(join(storeOf(home), "cleaned"), "");
    await cleanWhenDue(home, NOTHING_MORE, Date.now());
    assert.deepEqual(await texts(), ["a", "b"]);
    await cleanWhenDue(home, NOTHING_MORE, Date.now() + 2 * DAY_MS);
    assert.deepEqual(await texts(), []);
    assert.ok((await stat(join(storeOf(home), "cleaned"))).isFile());
  });
});
