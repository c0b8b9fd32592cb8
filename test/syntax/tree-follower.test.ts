import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import { Language, Parser } from "web-tree-sitter";
import { root } from "../../scripts/paths.ts";
import { plainTree, type SyntaxNode } from "../../src/syntax/tree.ts";
import { treeFollower } from "../../src/syntax/tree-follower.ts";
import { grammarsFolder } from "./grammars.ts";

describe("a tree that follows its text", () => {
  let parser: Parser;
  before(async () => {
    const folder = await grammarsFolder();
    await Parser.init({ locateFile: (name: string) => join(folder, name) });
    parser = new Parser();
    parser.setLanguage(await Language.load(join(folder, "tree-sitter-typescript.wasm")));
  });

  it("is the tree of a fresh parse after any edits, of nodes that know where they stand", () => {
    const files = globSync("src/{text,syntax}/*.ts", { cwd: root }).map((it) =>
      readFileSync(join(root, it), "utf8"),
    );
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 60 }),
      text: fc.constantFrom("", "x", ";\n", "{", "}", "`", "é\u{1f600}", "function f() {}\n"),
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { maxLength: 6 }), (text, edits) => {
        const follow = treeFollower(parser);
        let now = text;
        follow(now, {});
        for (const it of edits) {
          const at = it.at % (now.length + 1);
          now = now.slice(0, at) + it.text + now.slice(at + it.length);
          const [followed, whole] = [follow(now, {}), fresh(now)];
          // How errors are mended may depend on what stood there before.
          if (!whole?.hasError) assert.deepEqual(shown(followed), shown(whole));
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  function fresh(text: string): SyntaxNode | undefined {
    const tree = parser.parse(text);
    const made = tree ? plainTree(tree) : undefined;
    tree?.delete();
    return made;
  }
});

/** A line for each node; parents have to be the nodes that have them as children. */
function shown(node: SyntaxNode | undefined): readonly string[] {
  if (!node) return [];
  const { type, field, isNamed, hasError, from, to, children } = node;
  const isOrphan = children.some((it) => it.parent !== node);
  return [[type, field, isNamed, hasError, from, to, isOrphan].join(" "), ...children.flatMap(shown)];
}
