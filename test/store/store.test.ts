import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { EventBody, SessionEvent } from "../../src/agent/events.ts";
import { frame } from "../../src/agent/log.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { holderOf, takeLock } from "../../src/node/lock.ts";
import { type LogHandle, logOver } from "../../src/node/log-file.ts";
import { type Opened, openStore, type Store } from "../../src/node/store.ts";
import { asked, numbered, rested, said, started } from "../agent/events.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

let home = "";
let store: Store;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ folder: home, remove } = await temporaryFolder());
  let time = Date.now();
  store = openStore(home, { ...nodeClock, now: () => ++time });
});
afterEach(async () => {
  store.close();
  await remove();
});

type OpenSession = Extract<Opened, { kind: "open" }>;

const FIRST = {
  folder: "/p",
  model: "test",
  effort: undefined,
  mode: "default",
  host: "test",
  version: "0",
} as const;

/** A session with these events behind its first, closed. */
async function session(...bodies: readonly EventBody[]): Promise<string> {
  const { log, events } = await store.create(FIRST);
  const id = events[0]?.type === "opened" ? events[0].id : "";
  await log.append(numbered(bodies, 2), true);
  await log.close();
  return id;
}

const logOf = (id: string) => join(home, "sessions", id, "events.log");
const typesOf = (events: readonly SessionEvent[]) => events.map((it) => it.type);

async function opened(id: string): Promise<OpenSession> {
  const it = await store.open(id);
  assert.ok(it.kind === "open", JSON.stringify(it));
  return it;
}

describe("the store", () => {
  it("gives back what was written, and goes on after it", async () => {
    const id = await session(asked("go"), started);
    const first = await opened(id);
    await first.log.append(numbered([rested()], 4), false);
    await first.log.close();
    assert.deepEqual(typesOf((await opened(id)).events), ["opened", "asked", "started", "rested"]);
  });

  it("knows no session by a name that is no id", async () => {
    for (const id of ["../../etc", "", "ABCDEFGHIJKL", "abcdefghijkl"]) {
      assert.equal((await store.open(id)).kind, "absent");
      assert.equal(await store.read(id), undefined);
      assert.match((await store.remove(id)) ?? "", /no session/);
      assert.equal(await store.fork(id), undefined);
    }
  });

  it("knows no session that died before its first event", async () => {
    await mkdir(join(home, "sessions", "abcdefghijkl"), { recursive: true });
    await writeFile(logOf("abcdefghijkl"), "");
    assert.equal((await store.open("abcdefghijkl")).kind, "absent");
  });

  it("moves a torn end aside, says so, and goes on before it", async () => {
    const id = await session(asked("go"), started);
    await truncate(logOf(id), (await stat(logOf(id))).size - 3);
    const it = await opened(id);
    assert.match(it.warnings.join(), /cut short.*moved to/);
    assert.deepEqual(typesOf(it.events), ["opened", "asked"]);
    await it.log.append(numbered([rested()], 3), true);
    await it.log.close();
    const names = await readdir(join(home, "sessions", id));
    const aside = names.find((name) => name.includes(".tail-")) ?? "";
    assert.match(await readFile(join(home, "sessions", id, aside), "utf8"), /"started"/);
    assert.deepEqual(typesOf((await opened(id)).events), ["opened", "asked", "rested"]);
  });

  it("passes over damage in the middle, says so, and leaves the bytes where they are", async () => {
    const id = await session(asked("go"), started, rested());
    const bytes = await readFile(logOf(id));
    bytes.fill(0, bytes.indexOf('"asked"'), bytes.indexOf('"asked"') + 5);
    await writeFile(logOf(id), bytes);
    const it = await opened(id);
    assert.deepEqual(typesOf(it.events), ["opened", "started", "rested"]);
    assert.match(it.warnings.join(), /damaged and were passed over/);
    assert.deepEqual(await readFile(logOf(id)), bytes);
  });

  it("lets a session of a newer format be read only, and touches nothing of it", async () => {
    const id = await session(asked("go"));
    const [first, ...rest] = (await store.read(id)) ?? [];
    const newer = [{ ...first, format: 2 } as unknown as SessionEvent, ...rest];
    const bytes = Buffer.concat([...newer.map(frame), Buffer.from("a newer kind of record")]);
    await writeFile(logOf(id), bytes);
    const it = await store.open(id);
    assert.match(it.kind === "read-only" ? it.reason : it.kind, /newer version/);
    assert.deepEqual(await readFile(logOf(id)), bytes);
    assert.equal(await holderOf(join(home, "sessions", id, "lock")), undefined);
  });

  it("lets a session whose beginning is damaged be read only, and touches nothing of it", async () => {
    const id = await session(asked("go"));
    const bytes = await readFile(logOf(id));
    bytes.fill(0, 0, 30);
    await writeFile(logOf(id), bytes);
    const it = await store.open(id);
    assert.match(it.kind === "read-only" ? it.reason : it.kind, /beginning.*damaged/);
    assert.deepEqual(it.kind === "read-only" && typesOf(it.events), ["asked"]);
    assert.deepEqual(await readFile(logOf(id)), bytes);
  });

  it("lets a session that is open be read only elsewhere, until it is closed", async () => {
    const id = await session(asked("go"));
    const first = await opened(id);
    const second = await store.open(id);
    assert.match(
      second.kind === "read-only" ? second.reason : second.kind,
      /open in another window or terminal/,
    );
    await first.log.close();
    assert.equal((await store.open(id)).kind, "open");
  });

  it("lets a session in a folder that cannot be written be read only", async () => {
    const id = await session(asked("go"));
    // A folder in the place of the lock's guard stands for any reason the lock cannot be made.
    await rm(join(home, "sessions", id, "lock"), { force: true });
    await mkdir(join(home, "sessions", id, "lock"));
    const it = await store.open(id);
    assert.equal(it.kind, "read-only");
    assert.deepEqual(it.kind === "read-only" && typesOf(it.events), ["opened", "asked"]);
  });

  it("says why no session can be begun", async () => {
    await writeFile(join(home, "sessions"), "a file in its place");
    await assert.rejects(store.create(FIRST), /sessions|not a directory|exist/i);
  });

  it("deletes a session, unless it is open", async () => {
    const id = await session(asked("go"));
    const it = await opened(id);
    assert.match((await store.remove(id)) ?? "", /open in process/);
    await it.log.close();
    assert.equal(await store.remove(id), undefined);
    assert.deepEqual(await store.list(""), []);
    assert.equal((await store.open(id)).kind, "absent");
  });

  it("forks a session into one that goes its own way", async () => {
    const id = await session(asked("go"));
    const copy = (await store.fork(id)) ?? "";
    const it = await opened(copy);
    const [first] = it.events;
    assert.deepEqual(first?.type === "opened" && [first.id, first.forkedFrom], [copy, { id, n: 2 }]);
    await it.log.append(numbered([rested()], 3), true);
    await it.log.close();
    assert.equal((await store.read(id))?.length, 2);
    assert.equal((await store.read(copy))?.length, 3);
  });

  it("forks a session that is open", async () => {
    const id = await session(asked("go"));
    await opened(id);
    assert.equal((await opened((await store.fork(id)) ?? "")).kind, "open");
  });
});

describe("the list of sessions", () => {
  const titled = (title: string): EventBody => ({ type: "titled", title, by: "person" });

  it("shows the newest first, with title, cost and number of prompts", async () => {
    await session(titled("first"), asked("a"), asked("b"), said("x", "end_turn", 0.5));
    const last = await store.create(FIRST);
    await last.log.close();
    const [newest, oldest] = await store.list("");
    assert.deepEqual([newest?.prompts, oldest?.title, oldest?.prompts, oldest?.cost], [0, "first", 2, 0.5]);
  });

  it("finds all words of a search in titles and messages, whatever their case", async () => {
    const one = await session(titled("Cart totals"), asked("fix the rounding"));
    await session(titled("Other"), asked("rounding"));
    const found = async (search: string) => (await store.list(search)).map((it) => it.id);
    assert.deepEqual(await found("ROUNDING cart"), [one]);
    assert.equal((await found("rounding")).length, 2);
    assert.deepEqual(await found("nothing"), []);
  });

  it("sees what was written since, and what was deleted", async () => {
    const id = await session(titled("before"));
    await store.list("");
    const it = await opened(id);
    await it.log.append(numbered([titled("after")], 3), true);
    await it.log.close();
    assert.equal((await store.list(""))[0]?.title, "after");
    await rm(join(home, "sessions", id), { recursive: true });
    assert.deepEqual(await store.list(""), []);
  });

  for (const [what, harm] of [
    ["deleted", (path: string) => rm(path)],
    ["overwritten with noise", (path: string) => writeFile(path, "this is no database ".repeat(500))],
    ["emptied", (path: string) => truncate(path, 0)],
    [
      "made unreadable inside",
      (path: string) => appendFile(path, "x").then(() => writeFile(path, Buffer.alloc(8192, 7))),
    ],
  ] as const) {
    it(`is made anew when its index was ${what}`, async () => {
      const id = await session(titled("kept"));
      await store.list("");
      store.close();
      await harm(join(home, "index.db"));
      store = openStore(home, nodeClock);
      assert.deepEqual(
        (await store.list("")).map((it) => [it.id, it.title]),
        [[id, "kept"]],
      );
      assert.deepEqual((await store.list("kept")).length, 1);
    });
  }

  it("is the same where no index can be written", async () => {
    await session(titled("kept"));
    await rm(join(home, "index.db"), { force: true });
    await mkdir(join(home, "index.db"));
    assert.equal((await store.list("kept")).length, 1);
  });

  /** A session the first record of which is overwritten. */
  async function damaged(...bodies: readonly EventBody[]): Promise<string> {
    const id = await session(...bodies);
    const bytes = await readFile(logOf(id));
    await writeFile(logOf(id), bytes.fill(0, 0, 30));
    return id;
  }

  for (const [what, bodies, title, prompts] of [
    ["a beginning", [asked("go")], "Damaged session", 1],
    ["a beginning and has a title", [titled("Carts"), asked("go")], "Damaged session: Carts", 1],
    ["anything that can be read", [], "Damaged session", 0],
  ] as const) {
    it(`shows a session without ${what} as damaged, and lets it be read and deleted`, async () => {
      const id = await damaged(...bodies);
      const [found, ...more] = await store.list("damaged");
      assert.deepEqual(
        [found?.id, found?.title, found?.folder, found?.prompts, more.length],
        [id, title, "", prompts, 0],
      );
      assert.ok((found?.at ?? 0) > 0);
      assert.equal((await store.read(id))?.length, bodies.length);
      assert.equal(await store.remove(id), undefined);
      assert.deepEqual(await store.list(""), []);
    });
  }

  it("does not show what is no session, or died before its first event", async () => {
    for (const [name, text] of [
      ["something else", "no log"],
      ["abcdefghijkl", ""],
    ] as const) {
      await mkdir(join(home, "sessions", name), { recursive: true });
      await writeFile(join(home, "sessions", name, "events.log"), text);
    }
    assert.deepEqual(await store.list(""), []);
  });

  it("is not stopped by a session that cannot be read", async () => {
    await session(titled("kept"));
    await mkdir(join(home, "sessions", "abcdefghijkl", "events.log"), { recursive: true });
    await mkdir(join(home, "sessions", "something else"));
    assert.equal((await store.list("")).length, 1);
  });
});

describe("a log on a full disk", () => {
  /** A file in memory that takes `room` bytes. */
  function file() {
    const it = { bytes: Buffer.alloc(0), room: Number.POSITIVE_INFINITY, mayTruncate: true };
    const handle = {
      async write(bytes: Uint8Array, offset: number) {
        const part = Buffer.from(bytes).subarray(offset, offset + Math.max(0, it.room - it.bytes.length));
        if (part.length === 0) throw new Error("ENOSPC: no space left on device, write");
        it.bytes = Buffer.concat([it.bytes, part]);
        return { bytesWritten: part.length, buffer: bytes };
      },
      async truncate(length: number) {
        if (!it.mayTruncate) throw new Error("EIO: i/o error, ftruncate");
        it.bytes = it.bytes.subarray(0, length);
      },
      datasync: async () => undefined,
      close: async () => undefined,
    };
    return { it, log: logOver(handle as unknown as LogHandle, 0) };
  }
  const [one = rest(1), two = rest(2), three = rest(3)] = numbered([
    asked("one"),
    asked("two"),
    asked("three"),
  ]);
  function rest(n: number): SessionEvent {
    return { n, at: n, type: "rested", reason: "done" };
  }
  const framed = (...events: readonly SessionEvent[]) => Buffer.concat(events.map(frame)).toString();

  it("takes back what was half written and goes on when there is room", async () => {
    const { it, log } = file();
    await log.append([one], true);
    it.room = it.bytes.length + 10;
    await assert.rejects(log.append([two], true), /ENOSPC/);
    assert.equal(it.bytes.toString(), framed(one));
    it.room = Number.POSITIVE_INFINITY;
    await log.append([three], true);
    assert.equal(it.bytes.toString(), framed(one, three));
  });

  it("writes nothing behind a half record that could not be taken back", async () => {
    const { it, log } = file();
    await log.append([one], true);
    Object.assign(it, { room: it.bytes.length + 10, mayTruncate: false });
    await assert.rejects(log.append([two], true), /ENOSPC/);
    it.room = Number.POSITIVE_INFINITY;
    await assert.rejects(log.append([two], true), /EIO/);
    it.mayTruncate = true;
    await log.append([three], true);
    assert.equal(it.bytes.toString(), framed(one, three));
  });
});

describe("a lock", () => {
  const HOLD = `import { takeLock } from "${new URL("../../src/node/lock.ts", import.meta.url)}";
    const lock = await takeLock(process.argv[1]);
    console.log(lock.kind);
    if (lock.kind === "taken") setInterval(() => undefined, 1000);`;

  async function other(path: string) {
    const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", HOLD, path]);
    const [said] = await once(child.stdout, "data");
    return { child, said: String(said).trim() };
  }

  it("is held against another process, and free again when that is killed", async () => {
    const path = join(home, "lock");
    const { child, said } = await other(path);
    assert.equal(said, "taken");
    assert.deepEqual(await takeLock(path), { kind: "held", pid: child.pid });
    child.kill("SIGKILL");
    await once(child, "exit");
    const mine = await takeLock(path);
    assert.equal(mine.kind, "taken");
    assert.equal((await other(path)).said, "held");
    if (mine.kind === "taken") await mine.free();
  });

  it("is taken by one of many that find it dead at one time", async () => {
    for (let round = 0; round < 10; round++) {
      const path = join(home, `lock${round}`);
      await writeFile(
        path,
        JSON.stringify({ pid: 2 ** 22 + 1, started: "1", machine: (await import("node:os")).hostname() }),
      );
      const locks = await Promise.all(Array.from({ length: 8 }, () => takeLock(path)));
      assert.equal(locks.filter((it) => it.kind === "taken").length, 1);
    }
  });

  it("is not taken from one who is just making it", async () => {
    const path = join(home, "lock");
    await writeFile(path, "");
    assert.deepEqual(await takeLock(path), { kind: "held", pid: 0 });
  });

  it("is not taken for held because a new process has the old one's number", async () => {
    const path = join(home, "lock");
    await writeFile(
      path,
      JSON.stringify({ pid: process.pid, started: "1", machine: (await import("node:os")).hostname() }),
    );
    assert.equal((await takeLock(path)).kind, process.platform === "linux" ? "taken" : "held");
  });

  it("of another machine counts as long as it is touched", async () => {
    const path = join(home, "lock");
    await writeFile(path, JSON.stringify({ pid: 1, started: "", machine: "elsewhere" }));
    assert.equal((await takeLock(path)).kind, "held");
    const { utimes } = await import("node:fs/promises");
    await utimes(path, 0, 0);
    assert.equal((await takeLock(path)).kind, "taken");
  });

  it("that was freed is not freed again under whoever took it since", async () => {
    const path = join(home, "lock");
    const first = await takeLock(path);
    assert.ok(first.kind === "taken");
    await first.free();
    assert.equal((await takeLock(path)).kind, "taken");
    await first.free();
    assert.equal((await takeLock(path)).kind, "held");
  });

  it("leaves nothing behind when it is freed, also twice", async () => {
    const lock = await takeLock(join(home, "lock"));
    assert.ok(lock.kind === "taken");
    await lock.free();
    await lock.free();
    assert.deepEqual(await readdir(home), []);
  });
});
