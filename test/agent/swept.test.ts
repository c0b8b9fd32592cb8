import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { keepImages } from "../../src/journal/images.ts";
import type { Sweeps, Swept } from "../../src/journal/sweep.ts";
import { nodeOutliner } from "../../src/node/outliner.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import type { Blobs } from "../../src/world.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, answerTo, type Rig, type RigOptions, rig } from "../support/session.ts";
import { endless, type TestWorld, testWorld } from "../support/world.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const BASH = call("Bash", { command: "make" });
const NOTHING: Swept = { files: [], lost: [], notes: [] };
const FREELY = { mode: "bypassPermissions", policy: { bypassAllowed: true } } as const;

/** Sweeps that find `a.txt` to be changed from "one" to "two", with what was asked of them in order. */
function testSweeps(more: Partial<Swept> = {}): Sweeps & { readonly asked: string[] } {
  const asked: string[] = [];
  const sweep = (blobs: Blobs) => ({
    noted: "noted",
    async end(until: number | undefined) {
      asked.push(`end ${until === undefined ? "now" : "until"}`);
      const change = { path: "/p/a.txt", before: "one", after: "two", form: UTF8 };
      return { ...NOTHING, files: await keepImages([change], blobs), ...more };
    },
  });
  return {
    asked,
    async begin(roots, blobs) {
      asked.push(`begin ${roots.join(" ")}`);
      return sweep(blobs);
    },
    async resume(noted, blobs) {
      asked.push(`resume ${noted}`);
      return sweep(blobs);
    },
  };
}

function sweptWorld(sweeps: Sweeps, options: Parameters<typeof testWorld>[1] = {}): TestWorld {
  return { ...testWorld({ "/p/a.txt": "two" }, options), sweeps };
}

async function ran(
  sweeps: Sweeps,
  options: Parameters<typeof testWorld>[1] = {},
  more: RigOptions = {},
): Promise<Rig> {
  const it = await rig({
    model: [calls(BASH), says("ok")],
    world: sweptWorld(sweeps, options),
    ...FREELY,
    ...more,
  });
  await it.turn("go");
  return it;
}

const changed = (it: Rig) => it.session.state().changed.map((file) => file.path);

describe("what a command changes", () => {
  for (const [how, exitCode] of [
    ["ended well", 0],
    ["failed", 2],
  ] as const) {
    it(`is open for a decision when the command ${how}, and can be taken back`, async () => {
      const sweeps = testSweeps();
      const it = await ran(sweeps, { commands: async () => ({ exitCode }) });
      assert.deepEqual(sweeps.asked, ["begin /p", "end now"]);
      assert.deepEqual(changed(it), ["/p/a.txt"]);
      await it.send({ type: "undo" });
      assert.equal(it.world.files.texts.get("/p/a.txt"), "one");
      assert.deepEqual(changed(it), []);
    });
  }

  it("is noted durably before the command runs", async () => {
    const it = await ran(testSweeps());
    const began = all(it.log.events, "began")[0];
    assert.equal(began?.noted, "noted");
    assert.ok(it.log.durable.includes(began?.n ?? 0));
  });

  it("is found when the person stops the command", async () => {
    const world = sweptWorld(testSweeps(), { commands: (_, signal) => endless(signal) });
    const it = await rig({ model: [calls(BASH)], world, ...FREELY });
    await it.ask("go");
    await it.until((event) => event.type === "began");
    await it.send({ type: "stop" });
    await it.session.rested();
    assert.equal(answerTo(it.log.events, "Bash")?.end, "interrupted");
    assert.deepEqual(changed(it), ["/p/a.txt"]);
  });

  it("is found at the next start when the program died meanwhile, and what was written later is not counted", async () => {
    const world = sweptWorld(testSweeps(), { commands: () => new Promise(() => undefined) });
    const dead = await rig({ model: [calls(BASH)], world, ...FREELY });
    await dead.ask("go");
    await dead.until((event) => event.type === "began");
    const sweeps = testSweeps();
    const it = await dead.again({ world: sweptWorld(sweeps) });
    assert.deepEqual(sweeps.asked, ["resume noted", "end until"]);
    assert.match(String(answerTo(it.log.events, "Bash")?.content), /may have run.*\/p\/a\.txt/);
    assert.deepEqual(changed(it), ["/p/a.txt"]);
  });

  it("is found at the next start when there was no time for it, and the call is still one that was stopped", async () => {
    const slow = testSweeps();
    const { begin } = slow;
    const world = sweptWorld(
      {
        ...slow,
        begin: async (...given) => ({ ...(await begin(...given)), end: () => new Promise(() => undefined) }),
      },
      { commands: (_, signal) => endless(signal) },
    );
    const closing = await rig({ model: [calls(BASH)], world, ...FREELY });
    await closing.ask("go");
    await closing.until((event) => event.type === "began");
    await closing.send({ type: "stop" });
    await closing.until((event) => event.type === "halted");
    const it = await closing.again({ world: sweptWorld(testSweeps()) });
    const answer = answerTo(it.log.events, "Bash");
    assert.equal(answer?.end, "interrupted");
    assert.match(String(answer?.content), /Stopped by the person.*\/p\/a\.txt/);
    assert.deepEqual(changed(it), ["/p/a.txt"]);
  });

  it("is told when it cannot be taken back", async () => {
    const lost = [{ path: "/p/big.bin", why: "it is no text" }];
    const it = await ran(testSweeps({ files: [], lost }));
    assert.match(
      all(it.events, "warned")[0]?.text ?? "",
      /cannot be taken back.*\/p\/big\.bin \(it is no text\)/,
    );
    assert.deepEqual(answerTo(it.log.events, "Bash")?.lost, lost);
  });

  it("never keeps a command from running, nor from its answer", async () => {
    const broken = { ...testSweeps(), begin: async () => Promise.reject(new Error("the disk is full")) };
    const it = await ran(broken);
    assert.deepEqual([it.world.ran, answerTo(it.log.events, "Bash")?.end], [["make"], "done"]);
    assert.match(all(it.events, "warned")[0]?.text ?? "", /next command .*: the disk is full\.$/);
  });

  it("is said not to be known when looking for it fails, and the answer comes all the same", async () => {
    const good = testSweeps();
    const end = async () => Promise.reject(new Error("the disk is full"));
    const begin: Sweeps["begin"] = async (...given) => ({ ...(await good.begin(...given)), end });
    const it = await ran({ ...good, begin });
    assert.deepEqual([it.world.ran, answerTo(it.log.events, "Bash")?.end], [["make"], "done"]);
    assert.deepEqual(changed(it), []);
    assert.equal(
      all(it.events, "warned")[0]?.text,
      "What the command changed is not known: the disk is full.",
    );
  });

  it("is not looked for around a tool that runs no command", async () => {
    const sweeps = testSweeps();
    const it = await rig({
      model: [calls(call("Read", { file_path: "a.txt" })), says("ok")],
      world: sweptWorld(sweeps),
    });
    await it.turn("go");
    assert.deepEqual(sweeps.asked, []);
  });

  it("is not looked for around a command that only reads", async () => {
    const worker = new URL("../../src/syntax-worker.ts", import.meta.url);
    const outliner = nodeOutliner({ worker, grammars: await grammarsFolder() });
    const sweeps = testSweeps();
    const world = { ...sweptWorld(sweeps), shellParser: outliner };
    const it = await rig({ model: [calls(call("Bash", { command: "echo done" }), BASH)], world, ...FREELY });
    await it.turn("go");
    await outliner.dispose();
    assert.deepEqual(
      [it.world.ran, sweeps.asked],
      [
        ["echo done", "make"],
        ["begin /p", "end now"],
      ],
    );
  });
});
