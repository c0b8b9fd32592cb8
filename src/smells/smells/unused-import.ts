import { wholeLines } from "../../refactor/lines.ts";
import type { Binding } from "../../syntax/bindings.ts";
import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Fix } from "../finding.ts";
import type { Examined, Smell } from "../smell.ts";
import { isMentioned, isWatched } from "../uses.ts";

/** Imported names that nothing in the file uses. */
export const unusedImport: Smell = {
  id: "unused-import",
  title: "Unused import",
  meaning: "An import that nothing uses costs time to load and makes two files seem to belong together.",
  level: "warning",
  limits: [],
  isFor: ({ isImportForUse }) => isImportForUse !== undefined,
  *find(file) {
    if (file.source.root.hasError || !file.code) return;
    for (const binding of file.code.bindings().all) {
      const [at] = binding.declarations;
      if (binding.kind !== "import" || !at || !isUnused(binding, file)) continue;
      const fix = fixOf(binding.name, at, file);
      const message = `"${binding.name}" is imported, but never used.`;
      const unlessTaken = file.rules.offeredAs?.(binding, file);
      yield { from: at.from, to: at.to, message, ...(fix && { fix }), ...(unlessTaken && { unlessTaken }) };
    }
  },
};

function isUnused(binding: Binding, file: Examined): boolean {
  const { name, references, scope } = binding;
  if (references.length > 0 || !file.rules.isImportForUse?.(binding, file)) return false;
  return !isWatched(name, scope, file) && !isMentioned(binding, file);
}

function fixOf(name: string, at: SyntaxNode, { source, rules }: Examined): Fix | undefined {
  const part = rules.importPart?.(at, source.text);
  if (!part) return undefined;
  const isStatement = /^(import|from)\b/.test(source.text.slice(part.from, part.to));
  const { from, to } = isStatement ? wholeLines(part, source.text) : part;
  return { kind: "edit", title: `Remove the import of '${name}'`, changes: [{ from, to, text: "" }] };
}
