import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { makeRoom } from "../../src/node/sandbox/furniture.ts";
import { bubblewrapFailure, linuxWalls } from "../../src/node/sandbox/linux-walls.ts";
import { type Probe, stateOf, tryWalls } from "../../src/node/sandbox/self-test.ts";
import type { Walls } from "../../src/node/sandbox/walls.ts";
import { nodeShell } from "../../src/node/shell.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";
import { bubblewrapPath, NEEDS_BUBBLEWRAP } from "../support/bubblewrap.ts";
import { sandboxed } from "../support/sandboxed.ts";

const PROBES = ["write outside", "read a secret", "reach a listener", "make a protected file"] as const;
const but = (...done: readonly Probe["what"][]): readonly Probe[] =>
  PROBES.map((what) => ({ what, isRefused: !done.includes(what) }));

describe("the state of the sandbox", () => {
  for (const [what, probes, level, why] of [
    ["all is refused", but(), "full", /no network/],
    ["a listener is reached", but("reach a listener"), "files", /not the network.*reach a listener/],
    ["something is written outside", but("write outside"), "none", /could write outside/],
    ["a secret is read", but("read a secret"), "none", /could read a secret/],
    ["a protected file is made", but("make a protected file"), "none", /could make a protected file/],
    ["nothing was tried", [], "none", /does not hold/],
  ] as const) {
    it(`is ${level} when in its self-test ${what}`, () => {
      const state = stateOf({ probes, failure: undefined }, undefined);
      assert.equal(state.level, level);
      assert.match(state.why, why);
    });
  }

  it("is none without bubblewrap, one in the workspace not counted, and says what to install", async () => {
    const { folder, remove } = await temporaryFolder();
    await writeFile(join(folder, "bwrap"), "#!/bin/sh\n", { mode: 0o755 });
    const found = linuxWalls({ PATH: `.:${folder}` }, [folder], "/nowhere");
    await remove();
    assert.ok(found.kind === "none");
    assert.match(found.why, /^There is no sandbox.*apt install bubblewrap/);
  });

  it("is files where system calls cannot be filtered", () =>
    assert.equal(stateOf({ probes: but(), failure: undefined }, "it is an odd processor").level, "files"));

  for (const [said, hint] of [
    ["bwrap: setting up uid map: Permission denied", /AppArmor/],
    [
      "bwrap: No permissions to create new namespace, likely because the kernel does not allow",
      /user namespaces/,
    ],
    ["bwrap: Creating new namespace failed: Operation not permitted", /user namespaces/],
    ["bwrap: Can't mount proc on /newroot/proc: Operation not permitted", /container/],
    ["", /without a word/],
  ] as const) {
    it(`is explained when bubblewrap says ${JSON.stringify(said)}`, () => {
      const { level, why } = stateOf({ probes: [], failure: bubblewrapFailure(said) }, undefined);
      assert.equal(level, "none");
      assert.match(why, hint);
    });
  }

  for (const [what, policy, why] of [
    ["switched off", { mode: "off", roots: ["/p"] }, /switched off/],
    ["asked to hold the whole system", { mode: "on", roots: ["/"] }, /holds your home or the system/],
    [
      "asked to let commands write the home",
      { mode: "on", roots: [tmpdir()], allowWrite: ["~"] },
      /holds your home/,
    ],
    ["without a workspace", { mode: "on", roots: [] }, /without a workspace/],
  ] as const) {
    it(`is none when it is ${what}`, async () => {
      const whole = { allowWrite: [], allowedHosts: [], ...policy };
      const { level, why: said } = await nodeShell(process.env, () => whole).sandbox(never());
      assert.equal(level, "none");
      assert.match(said, why);
    });
  }
});

describe(`the self-test${NEEDS_BUBBLEWRAP}`, () => {
  const tried = async (change: (walls: Walls) => Walls) => {
    const found = linuxWalls(process.env, []);
    assert.ok(found.kind === "walls");
    const filters = { strict: new Uint8Array(), sockets: new Uint8Array() };
    const room = makeRoom(filters);
    return tryWalls(change(found.walls), room, { PATH: process.env.PATH }, "/home/nobody-at-all");
  };
  const done = async (change: (walls: Walls) => Walls) =>
    (await tried(change)).probes.filter((it) => !it.isRefused).map((it) => it.what);
  /** Walls whose arguments are changed, without the filter. */
  const altered =
    (alter: (args: readonly string[]) => readonly string[]) =>
    (walls: Walls): Walls => ({
      ...walls,
      around: (...given) => {
        const { fourth: _, ...launch } = walls.around(...given);
        const at = launch.args.indexOf("--seccomp");
        return { ...launch, args: alter(launch.args.toSpliced(at, at < 0 ? 0 : 2)) };
      },
    });

  before(function () {
    if (bubblewrapPath() === undefined) this.skip();
  });

  it("finds nothing wrong with whole walls", async () => {
    assert.deepEqual(await done(altered((it) => it)), []);
  });

  it("finds that there are no walls at all", async () => {
    assert.deepEqual(await done((walls) => ({ ...walls, around: (launch) => launch })), [...PROBES]);
  });

  it("finds the network open", async () => {
    assert.deepEqual(await done(altered((it) => it.filter((word) => word !== "--unshare-net"))), [
      "reach a listener",
    ]);
  });

  it("finds secrets and protected files unguarded", async () => {
    const open = altered((it) => it.flatMap((word, at) => (isGuard(it, at) ? [] : [word])));
    assert.deepEqual(await done(open), ["read a secret", "make a protected file"]);
  });

  it("does not take a workspace for guarded that holds more than is searched", async () => {
    const { root, shell, remove } = await sandboxed();
    await Promise.all(Array.from({ length: 401 }, (_, it) => writeFile(join(root, `.env.${it}`), "")));
    const { level, why } = await shell.sandbox(never());
    await remove();
    assert.equal(level, "files");
    assert.match(why, /holds more than is searched/);
  });

  it("says that user namespaces are forbidden where they are, as in a sandbox", async () => {
    const { run, remove } = await sandboxed();
    const { output } = await run("bwrap --unshare-user --ro-bind / / true");
    await remove();
    assert.match(bubblewrapFailure(output), /this system forbids user namespaces/);
  });

  it("says why walls cannot be set up", async () => {
    const { failure } = await tried(altered((it) => ["--bind", "/nowhere/at/all", "/x", ...it]));
    assert.match(failure ?? "", /^There is no sandbox, since .*nowhere/);
  });
});

/** Whether the word belongs to a mount over something in a workspace. */
function isGuard(args: readonly string[], at: number): boolean {
  return [0, 1, 2].some((back) => {
    const [option = "", , target = ""] = args.slice(at - back, at - back + 3);
    return option.startsWith("--ro-bind") && target.includes("/workspace/");
  });
}
