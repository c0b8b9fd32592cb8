import type { Binding } from "../../syntax/bindings.ts";
import type { Examined, Smell } from "../smell.ts";
import { isWatched } from "../uses.ts";

/** Variables, functions and classes that only their file could use, and does not. */
export const unusedName: Smell = {
  id: "unused-name",
  title: "Unused variable or function",
  meaning: "What nothing uses is read, kept and tested for nothing.",
  level: "warning",
  limits: [],
  isFor: ({ isOwn }) => isOwn !== undefined,
  *find(file) {
    if (file.source.root.hasError || !file.code) return;
    for (const binding of file.code.bindings().all) {
      const [at] = binding.declarations;
      if (!at || FOR_NOTHING.test(binding.name) || !isUnused(binding, file)) continue;
      const kind = binding.kind === "constant" ? "variable" : binding.kind;
      const isWritten = binding.references.length > 0;
      const message = `The ${kind} "${binding.name}" is ${isWritten ? "given a value, but never read" : "never used"}.`;
      yield { from: at.from, to: at.to, message };
    }
  },
};

/** Names that say so themselves (Pylint, dummy-variables-rgx). */
const FOR_NOTHING = /^_|^(dummy|ignored|unused)/;

function isUnused(binding: Binding, file: Examined): boolean {
  const { references, scope } = binding;
  return (
    references.every(isOnlyGiven) &&
    file.rules.isOwn?.(binding, file) === true &&
    !isWatched(binding.name, scope, file)
  );
}

/** Whether the place gives it a value and does nothing else: what an assignment within an expression gives may be used there. */
function isOnlyGiven({ access, node }: Binding["references"][number]): boolean {
  return access === "write" && node.parent?.parent?.type === "expression_statement";
}
