import assert from "node:assert/strict";
import { chmod, link, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { compareFiles } from "../../src/journal/compare.ts";
import { type History, lostSince, stepsBetween, withFiles } from "../../src/journal/history.ts";
import { keepImages } from "../../src/journal/images.ts";
import { restorePlan } from "../../src/journal/rewind.ts";
import { nodeBlobs } from "../../src/node/blobs.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import type { Blobs } from "../../src/world.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

const files = nodeFiles();
const { signal } = new AbortController();
let folder: string;
let blobs: Blobs;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  blobs = nodeBlobs(join(folder, "blobs"));
  await mkdir(join(folder, "p"));
});
afterEach(() => remove());

const at = (name: string) => join(folder, "p", name);

/** The history in which a session gave the file one text after the other; the last of them is on disk. */
async function given(name: string, ...texts: readonly (string | undefined)[]): Promise<History | undefined> {
  let history: History | undefined;
  for (const [index, after] of texts.slice(1).entries()) {
    const change = { path: at(name), before: texts[index], after, form: UTF8 };
    history = withFiles(history, index + 1, await keepImages([change], blobs));
  }
  const last = texts.at(-1);
  if (last !== undefined) await writeFile(at(name), last);
  return history;
}

async function planned(history: History | undefined, from = 1) {
  const plan = await restorePlan(stepsBetween(history, from), lostSince(history, from), files, blobs, signal);
  const short = plan.files.map(({ change, edited, write }) => [change, edited, write.after]);
  return { files: short, stuck: plan.stuck.map((it) => it.why) };
}

describe("a restore plan", () => {
  for (const [what, texts, present, expected] of [
    ["changes what was changed", ["one", "two"], "two", ["changed", false, "one"]],
    ["creates again what was removed", ["one", undefined], undefined, ["created", false, "one"]],
    ["removes what was made", [undefined, "one"], "one", ["removed", false, undefined]],
    ["knows what somebody changed since", ["one", "two"], "mine", ["changed", true, "one"]],
    ["knows what somebody removed since", ["one", "two"], undefined, ["created", true, "one"]],
  ] as const) {
    it(what, async () => {
      const history = await given("a", ...texts);
      await rm(at("a"), { force: true });
      if (present !== undefined) await writeFile(at("a"), present);
      assert.deepEqual(await planned(history), { files: [expected], stuck: [] });
    });
  }

  it("remembers who may run a file that it removes", async () => {
    const history = await given("a", undefined, "one");
    await chmod(at("a"), 0o755);
    const plan = await restorePlan(stepsBetween(history, 1), [], files, blobs, signal);
    assert.deepEqual(
      plan.files.map((it) => it.mode),
      [0o755],
    );
  });

  it("does nothing for a file that is what it was", async () => {
    const history = await given("a", "one", "two", "one");
    assert.deepEqual(await planned(history), { files: [], stuck: [] });
    assert.deepEqual(await planned(history, 2), { files: [["changed", false, "two"]], stuck: [] });
  });

  it("counts what somebody changed between two steps as theirs", async () => {
    const first = await given("a", "one", "two");
    const change = { path: at("a"), before: "two and mine", after: "three", form: UTF8 };
    const history = withFiles(first, 2, await keepImages([change], blobs));
    await writeFile(at("a"), "three");
    assert.deepEqual(await planned(history), { files: [["changed", true, "one"]], stuck: [] });
  });

  it("does not remove what somebody made where the session had removed its own", async () => {
    const history = await given("a", undefined, "one", undefined);
    await writeFile(at("a"), "mine");
    const { files: none, stuck } = await planned(history);
    assert.deepEqual([none, stuck.length], [[], 1]);
    assert.match(stuck[0] ?? "", /somebody else made it/);
  });

  it("names a file once that was lost through a link and changed by its own name", async () => {
    const history = await given("a", "1", "2");
    const lost = [{ path: join(folder, "link", "a"), target: at("a"), why: "it was too large" }];
    const whole = withFiles(withFiles(undefined, 1, [], lost), 2, history?.files ?? []);
    const plan = await restorePlan(stepsBetween(whole, 1), lostSince(whole, 1), files, blobs, signal);
    assert.deepEqual([plan.files, plan.stuck.map((it) => it.why)], [[], ["it was too large"]]);
  });

  it("says which files it cannot know", async () => {
    const lost = [{ path: at("a"), why: "it was too large to be kept" }];
    const before = withFiles(undefined, 1, [], lost);
    const change = { path: at("a"), before: "two", after: "three", form: UTF8 };
    const history = withFiles(before, 2, await keepImages([change], blobs));
    await writeFile(at("a"), "three");
    assert.deepEqual(await planned(history), { files: [], stuck: ["it was too large to be kept"] });
    assert.deepEqual(await planned(history, 2), { files: [["changed", false, "two"]], stuck: [] });
  });

  it("says so when a kept text is gone", async () => {
    const history = await given("a", "one", "two");
    await rm(join(folder, "blobs"), { recursive: true });
    assert.deepEqual((await planned(history)).stuck, ["the kept text of it is missing"]);
  });

  for (const [what, spoil, why] of [
    ["a link", () => rename(at("a"), at("b")).then(() => symlink(at("b"), at("a"))), /is a link now/],
    [
      "a link to the outside",
      () => rm(at("a")).then(() => symlink("/etc/hostname", at("a"))),
      /is a link now/,
    ],
    ["a file with two names", () => link(at("a"), join(folder, "other")), /2 names/],
    ["a folder", () => rm(at("a")).then(() => mkdir(at("a"))), /is a folder now/],
    ["no text", () => writeFile(at("a"), Buffer.from([0, 1, 2, 0, 0, 255])), /is no text now/],
    [
      "below a link",
      () => rename(at(""), join(folder, "q")).then(() => symlink(join(folder, "q"), join(folder, "p"))),
      /a link now leads it/,
    ],
  ] as const) {
    it(`leaves what is ${what} by now, and says so`, async () => {
      const history = await given("a", "one", "two");
      await spoil();
      const plan = await planned(history);
      assert.deepEqual(plan.files, []);
      assert.match(plan.stuck.join(), why);
    });
  }
});

describe("a comparison", () => {
  it("shows the files at two moments, and leaves out what came to the same", async () => {
    const history = await given("a", "one", "two", "three", "two");
    const ports = { files, blobs };
    const compared = async (from: number, to?: number) =>
      (await compareFiles(history, from, to, ports, signal)).map((it) => [it.before, it.after]);
    assert.deepEqual(await compared(1, 2), [["one", "two"]]);
    assert.deepEqual(await compared(1, 3), [["one", "three"]]);
    assert.deepEqual(await compared(1), [["one", "two"]]);
    assert.deepEqual(await compared(2), []);
    await writeFile(at("a"), "mine");
    assert.deepEqual(await compared(1), [["one", "mine"]]);
    assert.equal(await readFile(at("a"), "utf8"), "mine");
  });
});
