import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "mocha";
import { memoryOf } from "../../src/agent/memory.ts";
import { stepsBetween } from "../../src/journal/history.ts";
import { textOf } from "../../src/journal/images.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { sessionBlobs } from "../../src/node/session-blobs.ts";
import { openStore } from "../../src/node/store.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { amount, isSoak } from "../soak/figure.ts";
import { editingWiring, NUMBERED_FILES } from "./editing-session.ts";

const PROGRAM = join(import.meta.dirname, "rewinding-session.ts");
const KILLS = amount({ ci: 18, soak: 500 });

/** Lets a session work in a process of its own and kills that a moment after its `nth` intent of a rewind; answers the session's id. */
async function killed(
  given: readonly [home: string, project: string, id: string],
  nth: number,
): Promise<string> {
  const child = spawn(process.execPath, ["--no-warnings", PROGRAM, ...given]);
  const closed = once(child, "close");
  let complaints = "";
  child.stderr.on("data", (it) => (complaints += it));
  let id = "";
  let left = nth;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("id ")) id = line.slice(3);
    if (line.endsWith(" rewinding") && --left === 0)
      setTimeout(() => child.kill("SIGKILL"), Math.random() * 6);
  }
  await closed;
  assert.equal(complaints, "");
  return id;
}

/** Takes the session up again; what its log says of each file, and what the files hold. */
async function recovered(home: string, project: string, id: string) {
  const store = openStore(home, nodeClock);
  const opened = await store.open(id);
  assert.ok(opened.kind === "open", JSON.stringify(opened));
  const session = await openSession(editingWiring(project), opened, {
    emit: () => undefined,
    complain: (it) => assert.fail(it),
  });
  const { rewinding, history } = session.memory();
  await session.close();
  const events = (await store.read(id)) ?? [];
  store.close();
  assert.equal(rewinding, undefined);
  assert.deepEqual(memoryOf(events), session.memory());
  const steps = stepsBetween(history, 0);
  const paths = NUMBERED_FILES.map((it) => join(project, it));
  const blobs = sessionBlobs(home, id);
  const logged = await Promise.all(paths.map((it) => textOf(steps.get(it)?.at(-1)?.after, blobs)));
  const texts = await Promise.all(paths.map((it) => readFile(it, "utf8").catch(() => undefined)));
  return { logged, texts };
}

describe("a process that is killed while it rewinds", () => {
  it("leaves no rewind in part, and the files are what the log says", async function () {
    this.timeout(isSoak ? 0 : 120_000);
    const { folder, remove } = await temporaryFolder();
    const project = join(folder, "project");
    await mkdir(project);
    let id = "new";
    for (let kill = 0; kill < KILLS; kill++) {
      id = await killed([folder, project, id], 1 + (kill % 3));
      const { logged, texts } = await recovered(folder, project, id);
      assert.deepEqual(texts, logged);
      assert.equal(new Set(texts).size, 1, `a rewind was made in part: ${texts}`);
    }
    await remove();
  });
});
