import assert from "node:assert/strict";
import { mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { nodeFiles } from "../../src/node/files.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { call, calls, hangs, says } from "../support/scripted-model.ts";
import { all, type Rig, rig } from "../support/session.ts";
import { type TestWorld, testWorld } from "../support/world.ts";

const edit = (from: string, to: string) =>
  call("Edit", { file_path: "a.txt", old_string: from, new_string: to });
const READ = call("Read", { file_path: "a.txt" });

/** A session that made `edits`, one a turn; the person does `between` before each but the first. */
async function edited(
  text: string,
  edits: readonly (readonly [string, string])[],
  between: (it: Rig) => void,
): Promise<Rig> {
  const world = testWorld({ "/p/a.txt": text });
  const model = edits.flatMap(([from, to]) => [calls(READ), calls(edit(from, to)), says("ok")]);
  const it = await rig({ model, world, mode: "acceptEdits" });
  for (const index of edits.keys()) {
    if (index > 0) between(it);
    await it.turn("go");
  }
  return it;
}

const textOf = (it: Rig) => it.world.files.texts.get("/p/a.txt");

describe("Undo", () => {
  it("keeps what the person wrote between two edits", async () => {
    const it = await edited(
      "one\ntwo\nthree\n",
      [
        ["one", "ONE"],
        ["three", "THREE"],
      ],
      (rig) => rig.world.files.texts.set("/p/a.txt", "ONE\ntwo\nmine\nthree\n"),
    );
    assert.equal((await it.send({ type: "undo" })).kind, "taken");
    assert.equal(textOf(it), "one\ntwo\nmine\nthree\n");
    assert.deepEqual(it.session.state().changed, []);
  });

  it("keeps what the person wrote since", async () => {
    const it = await edited("a\nb\nc\nd\n", [["a", "A"]], () => undefined);
    it.world.files.texts.set("/p/a.txt", "A\nb\nc\nd\nmine\n");
    await it.send({ type: "undo" });
    assert.equal(textOf(it), "a\nb\nc\nd\nmine\n");
  });

  it("changes nothing and says so where the person changed the same lines", async () => {
    const it = await edited("a\nb\n", [["a", "A"]], () => undefined);
    it.world.files.texts.set("/p/a.txt", "AA\nb\n");
    const sent = await it.send({ type: "undo" });
    assert.match(sent.kind === "refused" ? sent.reason : "", /a\.txt/);
    assert.equal(textOf(it), "AA\nb\n");
    assert.equal(it.session.state().changed.length, 1);
  });

  it("takes a chain of own edits back to the beginning", async () => {
    const it = await edited(
      "a\n",
      [
        ["a", "b"],
        ["b", "c"],
      ],
      () => undefined,
    );
    await it.send({ type: "undo" });
    assert.equal(textOf(it), "a\n");
  });
});

describe("Undo of a file on disk", () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
  afterEach(() => remove());

  /** A session in `folder`/p that changed a.txt, named as `path`, from "one" to "1". */
  async function changed(path: string): Promise<Rig> {
    const [p, home] = [join(folder, "p"), join(folder, "home")];
    await mkdir(p);
    await mkdir(home);
    await writeFile(join(p, "a.txt"), "one\n");
    await symlink(p, join(folder, "way"));
    const world = { ...testWorld(), files: nodeFiles() } as unknown as TestWorld;
    const named = { file_path: join(folder, path) };
    const write = call("Edit", { ...named, old_string: "one", new_string: "1" });
    const model = [calls(call("Read", named)), calls(write), says("ok")];
    const it = await rig({ model, world, mode: "acceptEdits", policy: { roots: [p] } });
    await it.turn("go");
    assert.equal(await readFile(join(p, "a.txt"), "utf8"), "1\n");
    return it;
  }

  for (const path of ["p/a.txt", "way/a.txt"]) {
    it(`takes back what was written as ${path}`, async () => {
      const it = await changed(path);
      assert.deepEqual(await it.send({ type: "undo" }), { kind: "taken" });
      assert.equal(await readFile(join(folder, "p/a.txt"), "utf8"), "one\n");
    });
  }

  for (const [what, path, lead] of [
    ["the file is a link by now", "p/a.txt", "p/a.txt"],
    ["a folder above it is", "p/a.txt", "p"],
    ["a link above it leads elsewhere by now", "way/a.txt", "way"],
  ] as const) {
    it(`writes nothing and says so when ${what}`, async () => {
      const it = await changed(path);
      const mine = join(folder, "home", "a.txt");
      await writeFile(mine, "1\n");
      await rename(join(folder, lead), join(folder, "away"));
      await symlink(lead.endsWith(".txt") ? mine : join(folder, "home"), join(folder, lead));
      const sent = await it.send({ type: "undo" });
      assert.match(sent.kind === "refused" ? sent.reason : "", /not where .* was changed: .*a\.txt leads to/);
      assert.equal(await readFile(mine, "utf8"), "1\n");
      assert.equal(it.session.state().changed.length, 1);
    });
  }
});

describe("a message after Stop", () => {
  it("begins a turn of its own, while what waited before goes on waiting", async () => {
    const it = await rig({ model: [hangs(), says("second")] });
    await it.ask("first");
    await it.until((event) => event.type === "requested");
    await it.ask("waits", "rest");
    void it.send({ type: "stop" });
    await it.ask("after the stop");
    await it.until((event) => event.type === "said");
    await it.session.rested();
    const asked = all(it.events, "asked").map((event) => event.text);
    assert.deepEqual(asked.slice(0, 2), ["first", "after the stop"]);
  });
});

describe("a mention", () => {
  it("of a file is sent along, of a secret is not, and the person is told", async () => {
    const world = testWorld({ "/p/a.txt": "open text", "/p/.env": "KEY=hidden" });
    const it = await rig({ model: [says("ok")], world });
    await it.turn("look at @a.txt and @.env and @absent.txt");
    const sent = JSON.stringify(all(it.events, "asked")[0]?.content);
    assert.match(sent, /open text/);
    assert.ok(!sent.includes("hidden"));
    assert.match(all(it.events, "warned")[0]?.text ?? "", /\/p\/\.env/);
  });

  it("of a file that a rule denies is left out too", async () => {
    const world = testWorld({ "/p/secrets/k.txt": "hidden" });
    const deny = [{ text: "Read(secrets/**)", tool: "Read", spec: "secrets/**" }];
    const it = await rig({ model: [says("ok")], world, policy: { rules: { deny, ask: [], allow: [] } } });
    await it.turn("@secrets/k.txt");
    assert.ok(!JSON.stringify(all(it.events, "asked")).includes("hidden"));
  });
});

describe("an edit that was allowed", () => {
  it("is not made when the path's links lead elsewhere by then", async () => {
    const world = testWorld({});
    const it = await rig({
      model: [calls(call("Write", { file_path: "new/x.txt", content: "x" })), says("ok")],
      world,
    });
    await it.ask("go");
    await it.until((event) => event.type === "questioned");
    const change = it.world.files.write;
    const targets: (string | undefined)[] = [];
    it.world.files.write = async (changes, signal) => {
      targets.push(...changes.map((one) => one.target));
      return change(changes, signal);
    };
    await it.reply({ kind: "allow" });
    await it.session.rested();
    assert.deepEqual(targets, ["/p/new/x.txt"]);
  });
});

describe("a session taken up", () => {
  it("does not keep a mode that was switched off since, and the model is told", async () => {
    const first = await rig({
      model: [says("ok")],
      mode: "bypassPermissions",
      policy: { bypassAllowed: true },
    });
    await first.turn("hello");
    const past = first.log.events.slice(1);
    const it = await rig({ past, mode: "bypassPermissions" });
    assert.equal(it.session.state().mode, "default");
    assert.match(all(it.events, "noted").at(-1)?.text ?? "", /Mode: default/);
  });
});
