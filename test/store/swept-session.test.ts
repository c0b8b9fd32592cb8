import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { link, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Session } from "../../src/agent/runner.ts";
import { blobPath } from "../../src/node/blobs.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { storeOf } from "../../src/node/session-blobs.ts";
import { openStore, type Store } from "../../src/node/store.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { answerTo } from "../support/session.ts";
import { PROGRAM, sweptWiring } from "./swept-session.ts";

describe("a session whose command changes files", () => {
  let home: string;
  let project: string;
  let store: Store;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    [home, project] = [join(temporary.folder, "home"), join(temporary.folder, "project")];
    await mkdir(project);
    for (const name of ["a", "b"]) await writeFile(join(project, name), name);
    execFileSync("git", ["init", "-q", project]);
    execFileSync("git", ["-C", project, "add", "-A"]);
    store = openStore(home, nodeClock);
  });
  afterEach(async () => {
    store.close();
    await remove();
  });

  const text = (name: string) => readFile(join(project, name), "utf8");

  /** Runs the program until it ends or, when `marker` appears in the project, kills it; answers the session's id. */
  async function ran(command: string, marker?: string): Promise<string> {
    const child = spawn(process.execPath, ["--no-warnings", PROGRAM, home, project, command]);
    const ended = once(child, "exit");
    let id = "";
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("id ")) id = line.slice(3);
    });
    while (marker !== undefined && !existsSync(join(project, marker)) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    if (marker !== undefined) child.kill("SIGKILL");
    await ended;
    return id;
  }

  async function takenUp(id: string): Promise<Session> {
    const opened = await store.open(id);
    assert.ok(opened.kind === "open", JSON.stringify(opened));
    return openSession(sweptWiring(home, project, "true"), opened, {
      emit: () => undefined,
      complain: (it) => assert.fail(it),
    });
  }

  const changed = (session: Session) =>
    session.state().changed.map((it) => it.path.slice(project.length + 1));

  for (const [how, command, marker] of [
    ["has ended", "printf 2 > a; rm b; printf 3 > c", undefined],
    ["was cut short by a kill", "printf 2 > a; rm b; printf 3 > c; sleep 20", "c"],
  ] as const) {
    it(`takes all of it back when the command ${how}`, async () => {
      const session = await takenUp(await ran(command, marker));
      assert.deepEqual(changed(session), ["a", "b", "c"]);
      assert.deepEqual(await session.send({ type: "undo" }), { kind: "taken" });
      assert.deepEqual(
        (await readdir(project)).filter((it) => it !== ".git"),
        ["a", "b"],
      );
      assert.deepEqual([await text("a"), await text("b")], ["a", "b"]);
      await session.close();
    });
  }

  it("takes back what can be, and names what is kept damaged and what has other names", async () => {
    await link(join(project, "b"), join(project, "other"));
    const session = await takenUp(await ran("printf 2 > a; printf 3 > b; printf 4 > c"));
    const [a] = session.state().changed;
    await writeFile(blobPath(storeOf(home), a?.steps[0]?.before ?? ""), "damaged");
    const sent = await session.send({ type: "undo" });
    assert.ok(sent.kind === "refused");
    assert.match(
      sent.reason,
      /Not undone: \S*\/a: what is kept of it cannot be used: .*its content has changed\./,
    );
    assert.match(sent.reason, /Not undone: \S*\/b: it has 2 names \(hard links\)/);
    assert.deepEqual([await text("a"), await text("b"), await text("other")], ["2", "3", "3"]);
    assert.equal(existsSync(join(project, "c")), false);
    await session.close();
  });

  it("says after a kill that the command may have run, and what has changed since it began", async () => {
    const id = await ran("printf 2 > a; touch ready; sleep 20", "ready");
    const session = await takenUp(id);
    await session.close();
    const answer = answerTo((await store.read(id)) ?? [], "Bash");
    assert.equal(answer?.end, "unknown");
    assert.match(String(answer?.content), /may have run.*project\/a, .*project\/ready/);
  });
});
