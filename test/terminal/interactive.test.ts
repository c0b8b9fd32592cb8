import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, it } from "mocha";
import { MAY_SLEEP, SLEEPS, shellAtWork } from "./long-command.ts";
import { CLI, type Place, place } from "./wheelhouse.ts";

const hasScript = spawnSync("script", ["--version"]).status === 0;

/** What is typed sooner after a question is not taken for its answer, in milliseconds. */
const TYPE_AHEAD_MS = 500;

/** A person at a terminal. */
interface Person {
  /** Resolves when the screen has shown `text` since the last thing that was typed. */
  readonly sees: (text: RegExp) => Promise<void>;
  readonly types: (line: string) => void;
  readonly left: () => Promise<number | null>;
}

let here: Place;
let leave: (() => Promise<unknown>) | undefined;
beforeEach(async () => {
  here = await place({ "a.txt": "one\n" });
});
afterEach(async () => {
  await leave?.();
  leave = undefined;
  await here.remove();
});

/** Runs the command in a pseudo-terminal of util-linux's script(1). */
function sitDown(...given: readonly string[]): Person {
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: here.home,
    WHEELHOUSE_HOME: here.home,
    TERM: "xterm",
    SHELL: "/bin/sh",
  };
  const line = [process.execPath, "--no-warnings", CLI, ...given].map((it) => `'${it}'`).join(" ");
  const running = spawn("script", ["-qec", line, "/dev/null"], { cwd: here.project, env });
  const closed = once(running, "close");
  leave = () => {
    // The end of the input, which every shell takes for goodbye.
    if (running.exitCode === null) running.stdin.end("\u0003\u0003\u0004");
    return closed;
  };
  let shown = "";
  const looks = new Set<() => void>();
  running.stdout.on("data", (it) => {
    shown += it;
    for (const look of looks) look();
  });
  return {
    types(text) {
      shown = "";
      running.stdin.write(text);
    },
    sees: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!text.test(shown)) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    left: async () => (await closed)[0],
  };
}

describe("the interactive session", () => {
  beforeEach(function () {
    // Without script(1) there is no pseudo-terminal to sit at.
    if (!hasScript) this.skip();
  });

  it("asks before it edits, does what is allowed, and leaves with /exit", async () => {
    const person = sitDown();
    await person.sees(/offline model[\s\S]*> /);
    person.types("create b.txt: hello\n");
    await person.sees(/\+hello[\s\S]*Allow\?/);
    await wait(TYPE_AHEAD_MS);
    person.types("y\n");
    await person.sees(/Created b.txt[\s\S]*> /);
    assert.equal(await readFile(join(here.project, "b.txt"), "utf8"), "hello");
    person.types("/changes\n");
    await person.sees(/b\.txt/);
    person.types("/exit\n");
    assert.equal(await person.left(), 0);
  });

  it("takes other words for a denial and tells them to the model", async () => {
    const person = sitDown();
    await person.sees(/> /);
    person.types("run touch c.txt\n");
    await person.sees(/Allow\?/);
    await wait(TYPE_AHEAD_MS);
    person.types("not now\n");
    await person.sees(/says: not now/);
    await assert.rejects(readFile(join(here.project, "c.txt")));
  });

  it("stops what runs at Ctrl+C and leaves at the second", async () => {
    const person = sitDown(...MAY_SLEEP);
    await person.sees(/> /);
    person.types(`${SLEEPS}\n`);
    await shellAtWork(here);
    person.types("\u0003");
    await person.sees(/Stopped\./);
    person.types("\u0003");
    assert.equal(await person.left(), 0);
  });

  it("shows what /rewind would do, does it, and gives the words back to be said again", async () => {
    const person = sitDown("--permission-mode", "acceptEdits");
    await person.sees(/> /);
    person.types('replace "one" with "two" in a.txt\n');
    // What is said before its end goes to the turn.
    await person.sees(/Changed one to two[\s\S]*> /);
    person.types("/rewind\n");
    await person.sees(/1 {2}.* replace "one"[\s\S]*> /);
    person.types("/rewind 1\n");
    await person.sees(/change .*a\.txt {2}\+1 −1[\s\S]*> /);
    person.types("/rewind 1 both\n");
    await person.sees(
      /Rewound to before .*the conversation and 1 file[\s\S]*> [^\n]*replace "one" with "two" in a\.txt/,
    );
    assert.equal(await readFile(join(here.project, "a.txt"), "utf8"), "one\n");
    person.types("\n");
    await person.sees(/Changed one to two[\s\S]*> /);
    person.types("/exit\n");
    assert.equal(await person.left(), 0);
  });

  it("goes on with what was said before", async () => {
    await here.run(["-p", "show a.txt"]);
    const person = sitDown("--continue");
    await person.sees(/> show a.txt[\s\S]*That is a.txt/);
  });

  it("greets first and then tells, once, what was open when it was killed", async () => {
    const dead = here.start(["-p", SLEEPS, ...MAY_SLEEP]);
    dead.stdin.end();
    const closed = once(dead, "close");
    await shellAtWork(here);
    dead.kill("SIGKILL");
    await closed;
    const person = sitDown("--continue");
    // Colours come before the first word.
    await person.sees(/^\S{0,9}Wheelhouse · offline.*may have run.*was closed while.*> /s);
  });
});
