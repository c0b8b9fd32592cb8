import { parts, type SyntaxNode } from "../../syntax/tree.ts";
import { movedOffset, type TextChange } from "../../text/changes.ts";
import { wordPattern } from "../../text/word-pattern.ts";
import { duplicatesOf } from "../extraction/duplicates.ts";
import { notEarly } from "../extraction/early.ts";
import { flowOf } from "../extraction/flow.ts";
import { type Part, selectedPart } from "../extraction/part.ts";
import type { Extraction, Scope } from "../extraction/rules.ts";
import { badName, clashWith, freshName, hiddenAround } from "../names.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Options, Place, Refactoring, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";

/** Makes a function of an expression or of statements, and calls it there. */
export const extractFunction: Refactoring = {
  id: "extract-function",
  title: "Extract function",
  kind: "refactor.extract",
  repeats: true,
  offer(place) {
    const made = extractionAt(place, {});
    return "code" in made ? undefined : made.home.kind === "method" ? "Extract method" : "Extract function";
  },
  plan(place, options) {
    const made = extractionAt(place, options);
    return "code" in made ? made : planned(made, place, options);
  },
};

function extractionAt(place: Place, options: Options): Extraction | Refusal {
  const { source } = place;
  const rules = source.rules.extraction;
  const part = selectedPart(place);
  if (!rules) return refused("extract-function.language", "Functions of this language are not extracted.");
  if (!part)
    return refused(
      "extract-function.selection",
      "What is selected is neither a whole expression nor whole statements.",
      trimmed(place),
    );
  const whole = part.nodes.map(withinParentheses)[0];
  if (part.kind === "expression" && whole && (source.rules.isFunction(whole) || whole.type === "class"))
    return refused(
      "extract-function.function",
      "It is a function, or a class, already, and may have its name from here.",
      part,
    );
  const alone =
    part.kind === "expression" && part.nodes.map((it) => source.rules.cannotStandAlone(it, source))[0];
  if (alone)
    return refused("extract-function.place", `It cannot be the value of a function: ${alone}.`, part);
  const hidden = hiddenAround(part, source);
  if (hidden) return hidden;
  const leaving = rules.leaves(part, source);
  if ("code" in leaving) return leaving;
  const scope = scopeOf(options, part);
  if (scope && "code" in scope) return scope;
  const home = rules.home(part, leaving, source, scope);
  if ("code" in home) return home;
  const flow = flowOf(part, source, rules.names(home, part, source));
  if ("code" in flow) return flow;
  if (part.kind === "expression" && flow.outputs.length > 0)
    return refused(
      "extract-function.value",
      `It gives "${flow.outputs[0]?.binding.name}" another value.`,
      part,
    );
  const early = leaving.early && notEarly(leaving.isGenerator, flow.outputs.length, part);
  if (early) return early;
  const name = nameFor(part, source, options);
  return typeof name === "string" ? { name, part, leaving, home, flow, told: place.told ?? [] } : name;
}

/** The scope that is wanted: as it is called here, or as editors call it in their menus; `undefined`: nobody said. */
function withinParentheses(node: SyntaxNode): SyntaxNode {
  const [inner] = node.type === "parenthesized_expression" ? parts(node) : [];
  return inner ? withinParentheses(inner) : node;
}

function scopeOf({ scope }: Options, part: Part): Scope | Refusal | undefined {
  if (scope === undefined) return undefined;
  if (/\b(file|module|global)\b/i.test(scope)) return { kind: "file" };
  const space = /\bnamespace '?([^\s']+?)'?$/i.exec(scope)?.[1];
  if (space !== undefined) return { kind: "namespace", name: space };
  if (/\bto method\b|\bclass\b/i.test(scope)) return { kind: "class" };
  const named = /\b(?:function|method) '?([^\s']+?)'?$/i.exec(scope)?.[1];
  if (named !== undefined) return { kind: "function", name: named };
  if (/\b(enclosing|inner)\b/i.test(scope)) return { kind: "function" };
  return refused(
    "extract-function.scope",
    `There is no scope "${scope}"; there are "file", "namespace NAME", "class", "enclosing" and "function NAME".`,
    part,
  );
}

function nameFor(part: Part, source: Source, { name }: Options): string | Refusal {
  const [node = source.root] = part.nodes;
  const { defaultName = "extracted", space } = source.rules.extraction ?? {};
  // Members are found by their names from anywhere in the file.
  if (space && name === undefined) return freshName(defaultName, source.root, source, [space]);
  if (name === undefined) return freshName(defaultName, node, source);
  const spaces = [space ?? "value"] as const;
  return (
    badName(name, source) ??
    clashWith(name, source.root, source, spaces) ??
    clashWith(name, node, source, spaces) ??
    name
  );
}

function planned(made: Extraction, place: Place, options: Options): Plan | Refusal {
  const { source } = place;
  const written = source.rules.extraction?.written(made, source);
  if (!written) return refused("extract-function.language", "Functions of this language are not extracted.");
  if ("code" in written) return written;
  const { at, declaration, call, warnings } = written;
  const again = options.replaceAll ? repeated(made, declaration, place, options) : { calls: [], untold: [] };
  const own = replaced(made, call, source);
  const changes = [own, ...again.calls, { from: at, to: at, text: declaration }].toSorted(
    (a, b) => a.from - b.from,
  );
  const before = movedOffset(
    own.from,
    changes.filter((it) => it !== own),
  );
  const nameAt = before + own.text.indexOf(call) + written.nameAt;
  const count = again.calls.length;
  const places = count === 0 ? "" : ` (${count + 1} places)`;
  return {
    kind: "plan",
    title: `Extract ${made.home.kind} '${made.name}'${places}`,
    files: [{ path: source.path, before: source.text, changes }],
    warnings,
    nameAt,
    untold: [...(written.untold ?? []), ...again.untold],
  };
}

/** What stands in the place of the part. */
function replaced({ part }: Extraction, call: string, source: Source): TextChange {
  const [node] = part.kind === "expression" ? part.nodes : [];
  const { from, to } = part;
  return (node && source.rules.nameInPlaceOf?.(node, call, source)) ?? { from, to, text: call };
}

/** The calls in the place of what does the same elsewhere, and what has to be known of types to tell. */
function repeated(made: Extraction, declaration: string, place: Place, options: Options) {
  const { source, told = [] } = place;
  const { scope } = options;
  const extract = (at: { readonly from: number; readonly to: number }) =>
    extractionAt({ ...place, ...at }, scope === undefined ? {} : { scope });
  const asWritten = (it: Extraction) => source.rules.extraction?.written({ ...it, name: made.name }, source);
  const calls = duplicatesOf(made, source, extract).flatMap((it) => {
    const written = asWritten(it);
    const isSame = written && !("code" in written) && headOf(written.declaration) === headOf(declaration);
    return isSame ? [replaced(it, written.call, source)] : [];
  });
  const maybe = told.length > 0 ? [] : duplicatesOf(made, source, extract, false);
  const untold = maybe.flatMap((it) => {
    const written = asWritten(it);
    return !written || "code" in written ? [] : (written.untold ?? []);
  });
  return { calls, untold };

  /** What is written before the name: the type of what is given back, and whether it is of the class. */
  function headOf(text: string): string {
    return text.slice(0, text.search(wordPattern(made.name))).trim();
  }
}
