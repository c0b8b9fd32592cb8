import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "mocha";
import { changesOf, planRefactoring } from "../../src/agent/refactor-files.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { nodeSearch } from "../../src/node/search.ts";
import type { RefactorRequest } from "../../src/refactor/engine.ts";
import { type Plan, refused, type Sought } from "../../src/refactor/plan.ts";
import type { Files } from "../../src/world.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

const TEXT = "export const total = 1;\n";

describe("a refactoring that concerns other files", () => {
  let folder: string;
  let remove: () => Promise<void>;
  /** What the refactorer was asked. */
  let asked: RefactorRequest[];
  const put = async (name: string, text: string) => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  before(async () => {
    ({ folder, remove } = await temporaryFolder());
    await mkdir(join(folder, ".git"));
    await put("src/a.ts", TEXT);
    await put("lib/b.tsx", "import { total } from '../src/a';\n");
    await put("lib/c.js", "subtotal(total_, $total);\n");
    await put("lib/d.py", "total = 1\n");
    await put("lib/e.ts", "export * from '../src/a';\n");
    await put("lib/f.ts", "export * from '../src/ab';\n");
  });
  beforeEach(() => (asked = []));
  after(() => remove());

  interface Setting {
    readonly lacksOthers?: boolean;
    readonly sought?: Sought;
    readonly at?: string;
    readonly mayRead?: (path: string) => boolean;
    readonly files?: Partial<Files>;
  }

  /** The names of the files that the second plan was made with, or the refusal of the first. */
  async function others({
    lacksOthers = true,
    sought,
    at = "total",
    mayRead = () => true,
    files = {},
  }: Setting = {}) {
    const refactorer = {
      offers: async () => refused("x", ""),
      plan: async (_: string, request: RefactorRequest) => {
        asked.push(request);
        return {
          ...refused("rename.exported", "It is exported."),
          ...(lacksOthers && { lacks: "others" as const }),
          ...(asked.length > 1 && sought && { sought }),
        };
      },
    };
    const ports = {
      refactorer,
      files: { ...nodeFiles(), ...files },
      search: nodeSearch(findRipgrep({ here: import.meta.dirname, path: "", workspace: [] })),
      mayRead: async (path: string) => mayRead(path),
    };
    const from = TEXT.indexOf(at);
    const file = { path: join(folder, "src/a.ts"), text: TEXT };
    const request = { file, from, to: at === "total" ? from : from + at.length };
    const plan = await planRefactoring("rename", request, {}, folder, ports, never());
    const reason = plan.kind === "refused" ? plan.reason : "";
    return asked.at(-1)?.others?.map((it) => it.path.slice(folder.length + 1)) ?? reason;
  }

  it("is planned with those that have the word or name the module, of the same family of languages", async () =>
    assert.deepEqual(await others(), ["lib/b.tsx", "lib/e.ts"]));

  it("is planned again with those that are found by more words and modules", async () => {
    const sought = {
      words: ["total", "subtotal"],
      modules: [join(folder, "src/a.ts"), join(folder, "src/ab.ts")],
    };
    assert.deepEqual(await others({ sought }), ["lib/b.tsx", "lib/c.js", "lib/e.ts", "lib/f.ts"]);
    assert.equal(asked.length, 3);
  });

  it("is planned without them first", async () => {
    await others();
    assert.equal(asked[0]?.others, undefined);
  });

  it("is planned with what is not saved, too", async () => {
    const unsaved = () => [join(folder, "lib/c.js"), join(folder, "lib/d.py")];
    assert.deepEqual(await others({ files: { unsaved } }), ["lib/b.tsx", "lib/e.ts", "lib/c.js"]);
  });

  it("stays refused where one of them may not be read, and does not name it", async () =>
    assert.equal(
      await others({ mayRead: (path) => !path.endsWith("b.tsx") }),
      "It is exported. (Not all files that may use it can be read)",
    ));

  it("stays refused where a file that is not parsed has the word", async () => {
    await put("page.vue", "<script>import { total } from './src/a'</script>");
    assert.match(
      String(await others()),
      /page.vue" is one of those that have the word total or name this file/,
    );
    await put("page.vue", "");
  });

  it("looks at none where that would not help, nor where no single word is selected", async () => {
    assert.equal(await others({ lacksOthers: false }), "It is exported.");
    assert.equal(await others({ at: "const total" }), "It is exported.");
  });

  it("stays refused where too many have the word", async () => {
    for (let at = 0; at < 201; at++) await put(`many/${at}.ts`, "total;");
    assert.match(String(await others()), /More than 200 files have the word total or name this file/);
  });
});

describe("the changes of a plan", () => {
  it("keep each file's form, and are none when a file is no longer what it was", async () => {
    const form = { encoding: "utf16le", bom: true };
    const found = { kind: "text", text: "a b", form, hash: "", unsaved: false } as const;
    const plan = (text: string): Plan => ({
      kind: "plan",
      title: "",
      files: [{ path: "/a.ts", before: text, changes: [{ from: 0, to: 1, text: "c" }] }],
      warnings: [],
    });
    const made = (text: string) =>
      changesOf(plan(text), { read: async () => found, entry: async () => undefined }, never());
    assert.deepEqual(await made("a b"), [{ path: "/a.ts", before: "a b", after: "c b", form }]);
    assert.deepEqual(await made("a"), refused("stale", '"/a.ts" changed while this was planned. Try again.'));
  });
});
