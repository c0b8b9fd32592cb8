import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Swept } from "../../src/journal/sweep.ts";
import { undoPlan } from "../../src/journal/undo.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { never } from "../contract/temporary-folder.ts";
import { type SweepStage, sweepStage } from "./sweep-stage.ts";

const names = fc.constantFrom("a", "b", "ü c", "d/e", "d/f/g");
const contents = fc.oneof(
  fc.string().map((it) => Buffer.from(it)),
  fc.string().map((it) => Buffer.from(`\ufeff${it}`, "utf16le")),
  fc.uint8Array({ maxLength: 40 }).map((it) => Buffer.from(it)),
);
const files = fc.dictionary(names, contents, { maxKeys: 5, noNullPrototype: true });
/** What is done to a file: written, or removed. */
const deeds = fc.array(fc.tuple(names, fc.option(contents)), { minLength: 1, maxLength: 6 });

function doAll(folder: string, all: Iterable<readonly [string, Buffer | null]>): void {
  for (const [name, content] of all) {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    if (content) writeFileSync(path, content);
    else rmSync(path, { force: true });
  }
}

/** Every file with its bytes and whether it may be run. */
function tree(folder: string): Readonly<Record<string, string>> {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (it) => !it.startsWith(".git") && statSync(join(folder, it)).isFile(),
  );
  const told = (path: string) => `${statSync(path).mode & 0o100} ${readFileSync(path, "hex")}`;
  return Object.fromEntries(all.sort().map((it) => [it, told(join(folder, it))]));
}

/** Takes back what of `swept` can be. */
async function takenBack(stage: SweepStage, { files }: Swept): Promise<void> {
  const disk = nodeFiles();
  const undoable = files.map((it) => ({ ...it, steps: [it] }));
  const plan = await undoPlan(undoable, disk, stage.blobs, never());
  for (const it of plan.changes) await disk.write([it], never());
}

async function undone(stage: SweepStage, command: () => Promise<void>): Promise<void> {
  const swept = await stage.swept(command);
  assert.deepEqual(swept.lost, []);
  const disk = nodeFiles();
  const plan = await undoPlan(
    swept.files.map((it) => ({ ...it, steps: [it] })),
    disk,
    stage.blobs,
    never(),
  );
  assert.deepEqual([plan.conflicts, plan.moved], [[], []]);
  const written = await disk.write(plan.changes, never());
  assert.equal(written.kind, "written", JSON.stringify(written));
}

describe("taking back what a command did", () => {
  for (const isGit of [true, false]) {
    it(`leaves every file as it was to the byte, ${isGit ? "in a repository with unsaved work" : "without git"}`, async () => {
      const law = async (
        first: Record<string, Buffer>,
        dirty: [string, Buffer | null][],
        done: [string, Buffer | null][],
      ) => {
        const stage = await sweepStage();
        try {
          doAll(stage.folder, Object.entries(first));
          if (isGit) stage.commit();
          doAll(stage.folder, dirty);
          const before = tree(stage.folder);
          await undone(stage, async () => doAll(stage.folder, done));
          assert.deepEqual(tree(stage.folder), before);
        } finally {
          await stage.remove();
        }
      };
      await fc.assert(fc.asyncProperty(files, deeds, deeds, law), { numRuns: 25 });
    }).timeout(60_000);
  }

  const places = fc.constantFrom("a", "b", "x.log", "d/e", "d/x.log", "d/own/x");
  const rules = fc.constantFrom(".gitignore", "d/.gitignore", "d/own/.gitignore", ".git/info/exclude");
  const patterns = fc.constantFrom("", "*.log", "*", "d", "x.log", "own");
  const deedsOf = (...of: readonly fc.Arbitrary<string>[]) =>
    fc.array(
      fc.oneof(
        places.map((path) => `rm -f ${path}`),
        fc.tuple(places, places).map(([from, to]) => `mv -n ${from} ${to}`),
        places.map((path) => `printf new >> ${path}`),
        fc.constantFrom("git add -A -f", "git add -A; git commit -qm x", "git rm -rq --cached ."),
        fc.constantFrom("git update-index --split-index", "mv d f"),
        ...of,
      ),
      { minLength: 1, maxLength: 5 },
    );
  const ruling = fc.tuple(rules, patterns).map(([path, pattern]) => `printf '${pattern}\\n' > ${path}`);
  const unruling = rules.map((path) => `rm -f ${path}`);
  const rewriting = fc.constantFrom("git stash -q", "git checkout -q -- .");
  const commands = deedsOf(ruling, unruling, rewriting);

  it("removes no file that was there before, whatever was ignored when", async () => {
    const law = async (ignored: string, excluded: string, prepared: string[], done: string[]) => {
      const stage = await sweepStage();
      const all = (list: readonly string[]) => list.map((it) => `(${it}) 2>/dev/null || true`).join("\n");
      const texts = () => new Set(stage.run("grep -rh '^text of ' . --exclude-dir=.git || true").split("\n"));
      try {
        for (const it of ["a", "b", "x.log", "d/e", "d/x.log", "d/own/x"])
          await stage.write({ [it]: `text of ${it}\n` });
        await stage.write({ ".gitignore": `${ignored}\n`, "d/own/.gitignore": "*\n" });
        stage.run(`git init -q . && printf '${excluded}\\n' > .git/info/exclude`);
        stage.commit();
        stage.run(all(prepared));
        await stage.aged();
        const before = texts();
        const swept = await stage.swept(all(done));
        assert.deepEqual(swept.notes, []);
        const there = [...texts()].filter((it) => before.has(it));
        await takenBack(stage, swept);
        const left = texts();
        assert.deepEqual(
          there.filter((it) => !left.has(it)),
          [],
        );
      } finally {
        await stage.remove();
      }
    };
    // The rules changed and an ignored file was written anew, by one command.
    const found: Parameters<typeof law> = [
      "",
      "",
      ["git rm -rq --cached .", "printf 'd\\n' > .gitignore"],
      ["git stash -q"],
    ];
    await fc.assert(fc.asyncProperty(patterns, patterns, commands, commands, law), {
      numRuns: 30,
      examples: [found],
    });
  }).timeout(120_000);

  it("gives a removed program its permissions back", async () => {
    const stage = await sweepStage();
    await stage.write({ run: "#!/bin/sh" });
    chmodSync(join(stage.folder, "run"), 0o755);
    await undone(stage, async () => rmSync(join(stage.folder, "run")));
    assert.equal(statSync(join(stage.folder, "run")).mode & 0o777, 0o755);
    await stage.remove();
  });
});
