import type { Binding } from "../../syntax/bindings.ts";
import { contains, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { replaced } from "../inlining/replacement.ts";
import type { Call, Inlinable } from "../inlining/rules.ts";
import { isOpen, statementBefore } from "../joining.ts";
import { wholeLines } from "../lines.ts";
import { isClear, isClearWithin } from "../names.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Options, Place, Refactoring, Source } from "../refactoring.ts";
import { declaredName, isRow } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { usedElsewhere } from "../used-elsewhere.ts";

/** Puts a function's body in the place of a call or, where it is declared, of all calls, and removes it. */
export const inlineFunction: Refactoring = {
  id: "inline-function",
  title: "Inline function",
  kind: "refactor.inline",
  needs: "inlining",
  offer(place) {
    const found = functionAt(place, {});
    return "code" in found ? undefined : `Inline function '${found.binding.name}'`;
  },
  plan(place, options) {
    const found = functionAt(place, options);
    return "code" in found ? found : inlined(found, place);
  },
};

interface Found {
  readonly binding: Binding;
  readonly callee: Inlinable;
  readonly calls: readonly Call[];
  /** Whether no call is left, so that the function goes. */
  readonly isAll: boolean;
}

function functionAt(place: Place, { allCalls }: Options): Found | Refusal {
  const { source } = place;
  const rules = source.rules.inlining;
  if (!rules) return refused("inline-function.language", "Functions of this language are not inlined.");
  const name = declaredName(place);
  const binding = name && source.bindings().at(name);
  const [declaration] = binding?.declarations ?? [];
  if (!binding || !declaration)
    return refused("inline-function.name", "There is no function of this file here.");
  if (!isConstant(binding))
    return refused(
      "inline-function.written",
      `"${binding.name}" is declared, or given a value, more than once.`,
      name,
    );
  const callee = rules.inlinable(declaration, source);
  if ("code" in callee) return callee;
  const isAll = allCalls === true || name === declaration;
  const wanted = isAll ? binding.references : binding.references.filter((it) => it.node === name);
  const calls = wanted.map((it) => rules.callOf(it.node, source));
  const uncalled = wanted[calls.indexOf(undefined)];
  if (uncalled)
    return refused(
      "inline-function.value",
      `"${binding.name}" is used there, but not called in a way that is followed.`,
      uncalled.node,
    );
  if (calls.length === 0) return refused("inline-function.unused", `Nothing calls "${binding.name}".`, name);
  return (
    isClear(binding, source) ??
    isClearWithin(callee.whole, source) ?? {
      binding,
      callee,
      calls: calls.filter((it) => it !== undefined),
      isAll,
    }
  );
}

function inlined(found: Found, place: Place): Plan | Refusal {
  const { binding, callee, calls, isAll } = found;
  const { source } = place;
  const seen = isAll ? usedElsewhere(binding, place, "inline-function") : undefined;
  if (seen) return seen;
  if (isAll && !isRow(callee.whole.parent ?? callee.whole))
    return refused("inline-function.exported", `"${binding.name}" is exported.`, callee.whole);
  const recursive = calls.find((it) => contains(callee.whole, it.node));
  if (recursive)
    return refused("inline-function.recursive", `"${binding.name}" calls itself.`, recursive.node);
  const changes: TextChange[] = [];
  for (const call of calls) {
    const made = replaced(callee, call, calls.length, source);
    if ("code" in made) return made;
    changes.push(...made);
  }
  if (isAll) {
    const gone = removal(callee.whole, source);
    if ("code" in gone) return gone;
    changes.push(gone);
  }
  const sorted = changes.toSorted((a, b) => a.from - b.from || a.to - b.to);
  if (sorted.some((it, at) => it.from < (sorted[at - 1]?.to ?? 0)))
    return refused("inline-function.nested", "One call stands within another.");
  const files = [{ path: source.path, before: source.text, changes: sorted }];
  const warnings = callee.isAsync
    ? ["What comes behind the call may come a turn sooner than it did beside what else waits."]
    : [];
  return { kind: "plan", title: `Inline function '${binding.name}'`, files, warnings };
}

/** Takes the function's lines out; a block that had nothing else is told to do nothing. */
function removal(whole: SyntaxNode, source: Source): TextChange | Refusal {
  const { text, rules } = source;
  const lines = wholeLines(whole, text);
  const row = whole.parent ? parts(whole.parent) : [];
  const next = row[row.indexOf(whole) + 1];
  if (next && rules.goesOn?.test(text.slice(next.from)) && isOpen(statementBefore(whole), source))
    return refused("inline.semicolon", "What is behind it would go on with what is before it.", whole);
  const isOnly = whole.parent?.type === "block" && parts(whole.parent).length === 1;
  return isOnly ? { from: whole.from, to: whole.to, text: "pass" } : { ...lines, text: "" };
}
