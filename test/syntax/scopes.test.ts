import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { root as project } from "../../scripts/paths.ts";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Scope } from "../../src/syntax/bindings.ts";
import { bindPython } from "../../src/syntax/scopes/python.ts";
import { bindScript } from "../../src/syntax/scopes/script.ts";
import { inField, type SyntaxNode, walk } from "../../src/syntax/tree.ts";
import { parseFor } from "../refactor/source.ts";

let parse: Parse;
before(async () => {
  parse = await parseFor("javascript", "typescript", "python");
});

describe("who is who in JavaScript and TypeScript", () => {
  it("knows every identifier of this project, and misses none that is declared in its file", function () {
    this.timeout(60_000);
    const unknown = new Map<string, string>();
    let files = 0;
    for (const path of globSync("{src,webview}/**/*.ts", { cwd: project })) {
      const text = readFileSync(join(project, path), "utf8");
      const root = parse("typescript", text);
      // The grammar does not know all of today's syntax.
      if (!root || root.hasError) continue;
      files++;
      const bindings = bindScript(root, text);
      for (const it of bindings.references)
        if (!it.binding) unknown.set(text.slice(it.node.from, it.node.to), path);
      const known = new Set(bindings.references.map((it) => it.node.from));
      const lost = [...walk(root)].filter((it) => isName(it) && !known.has(it.from) && !bindings.at(it));
      assert.deepEqual(
        lost.map((it) => text.slice(it.from - 30, it.to + 10)),
        [],
        path,
      );
    }
    // What no file declares is there everywhere: the language's own names, the browser's and Node's.
    const ours = [...unknown].filter(([name]) => !(name in globalThis) && !FOREIGN.test(name));
    assert.deepEqual(ours, []);
    assert.ok(files > 400, `${files} files`);
  });
});

/** Types of the language's library, and what only a page has. */
const FOREIGN =
  /^(arguments|addEventListener|sessionStorage|Pick|Record|Extract|Readonly\w*|Omit|Partial|ReturnType|Exclude|Parameters|NonNullable|Required|Awaited|NodeJS|Iterable\w*|Iterator\w*|AsyncI\w+|AsyncG\w+|Generator|Promise\w*|Array\w*|document|window|Html\w*|HTML\w*|Node|Element|Event\w*|Document\w*|Window|\w+Event|\w+Observer\w*|Mutation\w*|Resize\w*|Intersection\w*|ClipboardItem|DOM\w+|getComputedStyle|requestAnimationFrame|cancelAnimationFrame|acquireVsCodeApi|FileReader|Image|ImageData|Range|Selection|CSS|SVG\w*|customElements|Text|NodeList\w*|OffscreenCanvas|createImageBitmap|ImageBitmap|getSelection|matchMedia|location|history|DataTransfer\w*|ParentNode|ChildNode|BufferEncoding|PropertyKey|ScrollBehavior|ErrorOptions|HeadersInit|RequestInit|BodyInit|Uint8Array\w*|const|__\w+|require|module)$/;

function isName({ type, field, parent, children }: SyntaxNode): boolean {
  if (!/^(identifier|type_identifier|shorthand_property_identifier(_pattern)?)$/.test(type)) return false;
  // The label of a tuple's member.
  if (field === "name" && parent?.parent?.type === "tuple_type") return false;
  // Members of namespaces, and what names are called elsewhere.
  const isElsewhere = /^(nested_type_identifier|index_signature|export_specifier|import_specifier)$/;
  return (
    children.length === 0 && !(field === "name" && isElsewhere.test(parent?.type ?? "")) && field !== "alias"
  );
}

describe("who is who in Python", () => {
  it("has the names in the scopes in which Python's own symtable has them", function () {
    this.timeout(60_000);
    if (spawnSync("python3", ["--version"]).status !== 0) this.skip();
    const files = globSync("/usr/lib/python3*/*.py").slice(0, 150);
    const truth: Record<string, [string, string[]][]> = JSON.parse(
      execFileSync("python3", ["-c", SYMTABLE, ...files], { maxBuffer: 2 ** 28 }).toString(),
    );
    const wrong: string[] = [];
    let count = 0;
    for (const [path, scopes] of Object.entries(truth)) {
      const text = readFileSync(path, "utf8");
      const root = parse("python", text);
      // Patterns of `match` are not followed, and said to be opaque.
      if (!root || root.hasError || /^\s*match /m.test(text)) continue;
      const ours = new Map(functionsIn(bindPython(root, text).root, text));
      for (const [key, names] of scopes) {
        const mine = ours.get(key);
        count += mine ? 1 : 0;
        if (mine && mine !== names.sort().join()) wrong.push(`${path} ${key}: ${names} / ${mine}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(files.length === 0 || count > 500, `${count} functions`);
  });
});

/** Functions that are declared once by that name and line, with the names local to them. */
function* functionsIn(scope: Scope, text: string): Generator<[string, string]> {
  const name = inField(scope.node, "name");
  if (scope.kind === "function" && name) {
    const line = text.slice(0, name.from).split("\n").length;
    const names = [...scope.bindings.values()].filter((it) => it.scope === scope).map((it) => it.name);
    yield [`${text.slice(name.from, name.to)}:${line}`, names.map(unmangled).sort().join()];
  }
  for (const it of scope.children) yield* functionsIn(it, text);
}

/** `__a` within a class is told as `_Class__a`. */
function unmangled(name: string): string {
  return name.replace(/^_[A-Za-z0-9]\w*?__(?=\w)/, "__");
}

const SYMTABLE = `
import ast, json, re, symtable, sys
out = {}
for path in sys.argv[1:]:
    try:
        text = open(path, encoding="utf8").read()
        table = symtable.symtable(text, path, "exec")
    except Exception:
        continue
    found = []
    # A decorated function's line is its first decorator's.
    lines = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
            lines[(node.name, first)] = node.lineno
    def go(it):
        if it.get_type() == "function" and (it.get_name(), it.get_lineno()) in lines:
            names = [n.get_name() for n in it.get_symbols() if n.is_local() and not n.get_name().startswith(".")]
            names = [re.sub(r"^_[A-Za-z0-9]\\w*?__(?=\\w)", "__", n) for n in names if n != "__class__"]
            found.append([it.get_name() + ":" + str(lines[(it.get_name(), it.get_lineno())]), sorted(names)])
        for child in it.get_children():
            go(child)
    go(table)
    out[path] = found
print(json.dumps(out))
`;
