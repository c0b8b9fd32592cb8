import { parts, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { lineEnd, startWithComments } from "../../extraction/moved-text.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";

/** How a class of the platform is named in a file, and what has to be written for that: an import, where its last word is free. */
export function withImport(
  path: string,
  source: Source,
): { readonly name: string; readonly changes: readonly TextChange[] } {
  const { root, text } = source;
  const name = path.slice(path.lastIndexOf(".") + 1);
  const imports = root.children.filter((it) => it.type === "import_declaration");
  const said = (it: (typeof imports)[number]) => textOf(it, source).replace(/^import\s+|[\s;]/g, "");
  const isDeclared = source.bindings().all.some((it) => it.name === name && it.kind !== "import");
  if (imports.some((it) => said(it) === path) && !isDeclared) return { name, changes: [] };
  const isUsed = [...walk(root)].some((it) => it.children.length === 0 && textOf(it, source) === name);
  if (isUsed || isDeclared) return { name: path, changes: [] };
  const end = lineEnd(text);
  const line = `import ${path};`;
  const plain = imports.filter((it) => !it.children.some((at) => at.type === "static"));
  const next = plain.find((it) => said(it) > path);
  const last = plain.at(-1) ?? root.children.find((it) => it.type === "package_declaration");
  if (next) return { name, changes: [{ from: next.from, to: next.from, text: line + end }] };
  if (last) {
    const gap = last.type === "package_declaration" ? end + end : end;
    return { name, changes: [{ from: last.to, to: last.to, text: gap + line }] };
  }
  const first = imports[0] ?? parts(root)[0];
  const at = first ? startWithComments(first, text) : 0;
  return { name, changes: [{ from: at, to: at, text: line + end + end }] };
}
