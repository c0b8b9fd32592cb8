import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { shownPath } from "../../src/text/paths.ts";
import type { Search, SearchQuery } from "../../src/world.ts";
import { never, temporaryFolder } from "./temporary-folder.ts";

const PROJECT = {
  ".gitignore": "ignored/\n*.log\n",
  ".git/config": "needle\n",
  ".hidden/h.ts": "needle hidden\n",
  "ignored/i.ts": "needle ignored\n",
  "a.log": "needle log\n",
  "src/a.ts": "one\nNeedle two\nthree needle\nfour\n",
  "src/b.py": "needle()\r\nnext\r\n",
  "-dash.txt": "--needle\n",
};

/** What every implementation of `Search` promises. */
export function searchContract(name: string, make: () => Promise<Search>): void {
  describe(`Search: ${name}`, () => {
    let search: Search;
    let folder: string;
    let remove: () => Promise<void>;
    beforeEach(async () => {
      ({ folder, remove } = await temporaryFolder());
      for (const [path, text] of Object.entries(PROJECT)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      search = await make();
    });
    afterEach(() => remove());

    async function find(
      query: Partial<SearchQuery> & { pattern: string },
      limit = 100,
    ): Promise<readonly string[]> {
      const result = await search.text({ path: folder, ...query }, limit, never());
      if (result.kind === "failed") return [`failed: ${result.reason}`];
      const mark = { match: ":", context: "-" };
      return result.lines.map((it) => `${shownPath(it.path, folder)}:${it.line}${mark[it.kind]}${it.text}`);
    }

    it("finds in hidden files but not in .git or ignored ones, in path order", async () => {
      assert.deepEqual(await find({ pattern: "needle" }), [
        "-dash.txt:1:--needle",
        ".hidden/h.ts:1:needle hidden",
        "src/a.ts:3:three needle",
        "src/b.py:1:needle()",
      ]);
    });

    for (const [what, query, expected] of [
      ["a glob", { pattern: "needle", glob: "*.py" }, ["src/b.py:1:needle()"]],
      ["a glob with a folder", { pattern: "needle", glob: "src/**/*.ts" }, ["src/a.ts:3:three needle"]],
      ["a type", { pattern: "needle", type: "py" }, ["src/b.py:1:needle()"]],
      ["case", { pattern: "needle two", ignoreCase: true }, ["src/a.ts:2:Needle two"]],
      ["lines around", { pattern: "^four", before: 1 }, ["src/a.ts:3-three needle", "src/a.ts:4:four"]],
      [
        "several lines",
        { pattern: "two.three", multiline: true },
        ["src/a.ts:2:Needle two", "src/a.ts:3:three needle"],
      ],
      ["a pattern like an option", { pattern: "--needle" }, ["-dash.txt:1:--needle"]],
      ["nothing", { pattern: "absent" }, []],
    ] as const) {
      it(`searches with regard to ${what}`, async () => assert.deepEqual(await find(query), expected));
    }

    it("searches no file it is told to leave out, in whatever case its name is, unless it is named itself", async () => {
      const exclude = ["B.py", "/.hidden", "*.txt"];
      assert.deepEqual(await find({ pattern: "needle", exclude }), ["src/a.ts:3:three needle"]);
      assert.deepEqual(await find({ pattern: "needle", exclude, glob: "*.py" }), []);
      const hidden = ["/.hidden", "*.txt", "B.py"];
      const left = (await find({ pattern: "needle", hidden })).map((it) => it.split(":")[0]);
      assert.deepEqual(left, ["src/a.ts", "src/b.py"]);
      assert.deepEqual(await find({ pattern: "next", exclude, path: join(folder, "src/b.py") }), [
        "src/b.py:2:next",
      ]);
    });

    it("searches a single file", async () => {
      assert.deepEqual(await find({ pattern: "next", path: join(folder, "src/b.py") }), ["src/b.py:2:next"]);
    });

    it("stops at the limit and says so", async () => {
      const result = await search.text({ pattern: "e", path: folder }, 2, never());
      assert.deepEqual(result.kind === "lines" && [result.lines.length, result.cut], [2, true]);
    });

    it("says what is wrong with a pattern, a type or a path", async () => {
      assert.match((await find({ pattern: "(" })).join(), /failed: .*unclosed group/s);
      assert.match((await find({ pattern: "a", type: "nonsense" })).join(), /failed: .*nonsense/s);
      assert.match(
        (await find({ pattern: "a", path: join(folder, "none") })).join(),
        /failed: .*no such file/,
      );
    });

    it("lists files, hidden ones too, in path order and up to the limit", async () => {
      const files = await search.files(folder, 100, never());
      const expected = ["-dash.txt", ".gitignore", ".hidden/h.ts", "src/a.ts", "src/b.py"];
      assert.deepEqual(
        files.map((it) => shownPath(it, folder)),
        expected,
      );
      assert.equal((await search.files(folder, 2, never())).length, 2);
    });

    it("finds files by their name, wherever they are but in .git", async () => {
      await writeFile(join(folder, "ignored/a.log"), "");
      await writeFile(join(folder, ".git/a.log"), "");
      const found = async (limit: number) =>
        (await search.named("a.log", folder, limit, never())).map((it) => shownPath(it, folder)).sort();
      assert.deepEqual(await found(9), ["a.log", "ignored/a.log"]);
      assert.equal((await found(1)).length, 1);
    });

    it("does not follow links", async function () {
      // Windows lets only administrators make links.
      if (process.platform === "win32") this.skip();
      await symlink(join(folder, "src"), join(folder, "link"));
      assert.ok((await find({ pattern: "needle" })).every((it) => !it.startsWith("link")));
    });

    it("rejects with the reason when stopped", async () => {
      const reason = new Error("stop");
      await assert.rejects(search.text({ pattern: "a", path: folder }, 9, AbortSignal.abort(reason)), reason);
    });
  });
}
