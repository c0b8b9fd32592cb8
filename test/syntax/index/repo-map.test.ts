import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { findSymbols } from "../../../src/syntax/index/find-symbols.ts";
import { type IndexedFile, indexedFile, symbolAt } from "../../../src/syntax/index/indexed-file.ts";
import { repoMap } from "../../../src/syntax/index/repo-map.ts";
import { hashOf, wordHashes } from "../../../src/syntax/index/words.ts";

/** A file that declares these names, one a line, and has this text. */
function file(path: string, names: readonly string[], text = ""): IndexedFile {
  const symbols = names.map((name, at) => ({
    name,
    kind: "function",
    line: at + 1,
    endLine: at + 1,
    depth: 0,
  }));
  return indexedFile({ path, size: 1, modified: 1 }, `${names.join(" ")} ${text}`, symbols);
}

describe("the words of a text", () => {
  for (const [text, words] of [
    ["openRouter(a, bcd)", ["openRouter", "bcd"]],
    ["x1y 1ab 12 _a$", ["x1y", "_a$"]],
    ["größe größe", ["größe"]],
    ["", []],
  ] as const)
    it(`are ${JSON.stringify(words)} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(new Set(wordHashes(text)), new Set(words.map(hashOf)));
    });

  it("are distinct and in order, and every word of it is among them", () => {
    const word = fc.stringMatching(/^[a-zA-Z_$][\w$]{2,9}$/);
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const hashes = wordHashes(words.join(" + "));
        assert.deepEqual(
          [...hashes],
          [...new Set(hashes)].sort((a, b) => a - b),
        );
        assert.ok(words.every((it) => hashes.includes(hashOf(it) ?? -1)));
      }),
    );
  });
});

describe("an indexed file", () => {
  it("gives its declarations back", () => {
    const entry = { name: "f", kind: "method", line: 3, endLine: 9, depth: 2 };
    const it = indexedFile({ path: "/a", size: 1, modified: 2 }, "f", [entry, { ...entry, name: "g" }]);
    assert.deepEqual([symbolAt(it, 0), symbolAt(it, 1).name], [entry, "g"]);
  });
});

describe("finding declarations by name", () => {
  const files = [
    file("/b", ["router", "openRouter", "Router"]),
    file("/a", ["routerOf", "reRouterless", "rerouter", "other", "open_router"]),
  ];

  it("has the very name first, then others by how they hold it", () => {
    const { found, total } = findSymbols(files, "router", 10);
    assert.deepEqual(
      found.map((it) => it.name),
      ["router", "Router", "routerOf", "openRouter", "open_router", "reRouterless", "rerouter"],
    );
    assert.equal(total, 7);
  });

  it("tells how many there are beyond what it tells", () => {
    const { found, total } = findSymbols(files, "router", 2);
    assert.deepEqual([found.length, total], [2, 7]);
  });

  it("takes signs of patterns as they are", () => {
    assert.deepEqual(findSymbols([file("/a", ["$f", "f"])], "$f", 5).found.length, 1);
  });
});

describe("a map of a repository", () => {
  const files = [
    file("/core.ts", ["parseDocument", "lonelyFunction"]),
    file("/a.ts", ["alphaThing"], "parseDocument"),
    file("/b.ts", ["betaThing"], "parseDocument alphaThing"),
    file("/c.ts", [], "parseDocument"),
  ];

  it("has first what most builds on, and nothing that nobody uses", () => {
    const map = repoMap(files, { focus: [], tokens: 1_000 });
    assert.deepEqual(
      map.files.map((it) => [it.path, ...it.symbols.map((one) => one.name)]),
      [
        ["/core.ts", "parseDocument"],
        ["/a.ts", "alphaThing"],
      ],
    );
    assert.deepEqual(map.all, { files: 4, symbols: 4 });
  });

  it("turns to what files in focus use", () => {
    const more = [...files, file("/d.ts", ["rareHelper"]), file("/e.ts", [], "rareHelper")];
    const first = (focus: readonly string[]) => repoMap(more, { focus, tokens: 1_000 }).files[0]?.path;
    assert.deepEqual([first([]), first(["/e.ts"])], ["/core.ts", "/d.ts"]);
  });

  it("keeps within its tokens, and is the same each time", () => {
    const names = fc.array(fc.constantFrom("alphaOne", "betaTwo", "gammaThree", "x", "_own"), {
      maxLength: 4,
    });
    const all = fc.array(fc.tuple(names, names), { maxLength: 12 });
    fc.assert(
      fc.property(all, fc.integer({ min: 10, max: 200 }), (given, tokens) => {
        const some = given.map(([own, used], at) => file(`/f${at}.ts`, [...new Set(own)], used.join(" ")));
        const map = repoMap(some, { focus: [], tokens });
        const text = map.files.flatMap((it) => [
          it.path,
          ...it.symbols.map((one) => `${one.kind} ${one.name}`),
        ]);
        assert.ok(text.join("\n").length <= tokens * 3.6);
        assert.deepEqual(repoMap(some, { focus: [], tokens }), map);
      }),
    );
  });
});
