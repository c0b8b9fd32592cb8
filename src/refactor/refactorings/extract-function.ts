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
  offer(place) {
    const made = extractionAt(place, {});
    return "code" in made ? undefined : made.home.kind === "method" ? "Extract method" : "Extract function";
  },
  plan(place, options) {
    const made = extractionAt(place, options);
    return "code" in made ? made : planned(made, place.source);
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
  const [whole] = part.nodes;
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
  const name = nameFor(part, source, options);
  return typeof name === "string" ? { name, part, leaving, home, flow } : name;
}

/** The scope that is wanted: as it is called here, or as editors call it in their menus; `undefined`: nobody said. */
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

function planned(made: Extraction, source: Source): Plan | Refusal {
  const written = source.rules.extraction?.written(made, source);
  if (!written || "code" in written) return written ?? refused("extract-function.language", "");
  const { at, declaration, call, warnings } = written;
  const { from, to } = made.part;
  const [node] = made.part.kind === "expression" ? made.part.nodes : [];
  const inPlace = (node && source.rules.nameInPlaceOf?.(node, call, source)) ?? { from, to, text: call };
  const changes = [inPlace, { from: at, to: at, text: declaration }].toSorted((a, b) => a.from - b.from);
  const before = at <= from ? declaration.length : 0;
  const nameAt = from + before + inPlace.text.indexOf(call) + written.nameAt;
  const files = [{ path: source.path, before: source.text, changes }];
  return { kind: "plan", title: `Extract ${made.home.kind} '${made.name}'`, files, warnings, nameAt };
}
