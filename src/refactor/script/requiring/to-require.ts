import type { Binding } from "../../../syntax/bindings.ts";
import { inField, isComment, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { lineEnd } from "../../extraction/moved-text.ts";
import { wholeLines } from "../../lines.ts";
import { textOf } from "../../names.ts";
import { type Plan, type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { quoted } from "../importers.ts";
import { kindOf, mayBeOther, requireIn, runsBefore, statementsAt } from "./module-kind.ts";
import { namesOfModule } from "./node-modules.ts";

const ID = "convert-import-to-require";

/** See `ModuleForms.toRequire`. */
export function toRequire(place: Place): Plan | Refusal {
  const { source } = place;
  const all = statementsAt(place).filter((it) => it.type === "import_statement" && inField(it, "source"));
  if (all.length === 0) return refused(`${ID}.place`, "There is no import of a module here.");
  const kind = kindOf(source, ID);
  if (typeof kind !== "string") return kind;
  const made = all.map((it) => (kind === "assigning" ? assigned(it, source) : required(it, source)));
  const done = made.flatMap((it) => ("code" in it ? [] : [it]));
  const trouble = made.find((it) => "code" in it);
  if (done.length === 0 && trouble && "code" in trouble) return trouble;
  const isLeft =
    parts(source.root).filter((it) => /^(import|export)_statement$/.test(it.type)).length > done.length;
  if (!isLeft && kind === "module")
    return refused(`${ID}.kind`, "Without an import or export the file would be no ES module.");
  return {
    kind: "plan",
    title: "Convert import to require",
    files: [
      {
        path: source.path,
        before: source.text,
        changes: done.flat().toSorted((a, b) => a.from - b.from || a.to - b.to),
      },
    ],
    warnings: [],
  };
}

/** What an import names, one by one. */
interface Named {
  readonly specifier: SyntaxNode;
  /** "default", "all", or members by their names. */
  readonly shape: "default" | "all" | "members";
  /** As a declaration writes it: `a`, `{ a, b: c }`. */
  readonly target: string;
  readonly bindings: readonly (Binding | undefined)[];
}

function namedIn(statement: SyntaxNode, source: Source): Named | Refusal {
  const specifier = inField(statement, "source");
  const clause = statement.children.find((it) => it.type === "import_clause");
  const [only, ...more] = clause ? parts(clause) : [];
  const isMore = statement.children.some((it) => /^(type|typeof|import_attribute)$/.test(it.type));
  const comment = [...walk(statement)].find(isComment);
  const unfit = refused(`${ID}.clause`, "It is more than an import of one thing, or of members.", statement);
  if (!specifier || !only || more.length > 0 || isMore || comment) return unfit;
  if (!namesOfModule(quoted(specifier, source) ?? ""))
    return refused(`${ID}.module`, "What require gives of the module is not certain.", specifier);
  const { at } = source.bindings();
  if (only.type === "identifier")
    return { specifier, shape: "default", target: textOf(only, source), bindings: [at(only)] };
  if (only.type === "namespace_import") {
    const name = parts(only)[0];
    return name ? { specifier, shape: "all", target: textOf(name, source), bindings: [at(name)] } : unfit;
  }
  const members = parts(only).map((it) => ({ name: inField(it, "name"), alias: inField(it, "alias"), it }));
  const isPlain = members.every(
    ({ name, it }) =>
      name?.type === "identifier" &&
      textOf(name, source) !== "default" &&
      !it.children.some((word) => /^(type|typeof)$/.test(word.type)),
  );
  if (only.type !== "named_imports" || members.length === 0 || !isPlain) return unfit;
  const written = members.map(({ name = only, alias }) =>
    alias ? `${textOf(name, source)}: ${textOf(alias, source)}` : textOf(name, source),
  );
  const bindings = members.map(({ name = only, alias }) => at(alias ?? name));
  return { specifier, shape: "members", target: `{ ${written.join(", ")} }`, bindings };
}

function required(statement: SyntaxNode, source: Source): readonly TextChange[] | Refusal {
  const named = namedIn(statement, source);
  if ("code" in named) return named;
  const require = requireIn(source, ID);
  if (typeof require === "object" && "code" in require) return require;
  const behind = require !== "given" && require.from > statement.from ? require : undefined;
  const specifier = quoted(named.specifier, source) ?? "";
  const trouble =
    mayBeOther(named.bindings, specifier, source, ID) ??
    (named.shape === "all" ? usedWhole(named.bindings[0], specifier, source) : undefined) ??
    runsBefore(behind ?? statement, source, ID);
  if (trouble) return trouble;
  const end = endBefore(behind ?? statement, statement, source);
  const text = `const ${named.target} = require(${textOf(named.specifier, source)})${end}`;
  if (!behind) return [{ from: statement.from, to: statement.to, text }];
  const line = lineEnd(source.text) + text;
  return [
    { ...wholeLines(statement, source.text), text: "" },
    { from: behind.to, to: behind.to, text: line },
  ];
}

/** The end that the import had, or that is needed lest the next line is read as going on with a call. */
function endBefore(place: SyntaxNode, statement: SyntaxNode, { text }: Source): "" | ";" {
  const goesOn = /^\s*[([`/+*-]/.test(text.slice(place.to));
  return goesOn || text.charAt(statement.to - 1) === ";" ? ";" : "";
}

/** `import a = require()`: the names of types that a module has stay its own. */
function assigned(statement: SyntaxNode, source: Source): readonly TextChange[] | Refusal {
  const named = namedIn(statement, source);
  if ("code" in named) return named;
  const specifier = quoted(named.specifier, source) ?? "";
  if (named.shape === "members")
    return refused(`${ID}.clause`, "Such an import gives one name only.", statement);
  const [binding] = named.bindings;
  const trouble =
    (source.bindings().opaque.length > 0
      ? refused("opaque", "Who uses the name is not certain.", statement)
      : undefined) ?? (named.shape === "all" ? usedWhole(binding, specifier, source) : undefined);
  if (trouble) return trouble;
  const end = endBefore(statement, statement, source);
  const text = `import ${named.target} = require(${textOf(named.specifier, source)})${end}`;
  return [{ from: statement.from, to: statement.to, text }];
}

/** A namespace is another object than the module: only what is read of it is the same. */
function usedWhole(binding: Binding | undefined, specifier: string, source: Source): Refusal | undefined {
  const names = namesOfModule(specifier);
  const use = binding?.references.find(({ node, space }) => {
    const { parent, field } = node;
    if (space === "type" || /^nested_/.test(parent?.type ?? "")) return false;
    const member =
      parent?.type === "member_expression" && field === "object" ? inField(parent, "property") : undefined;
    const isRead =
      !/^(left|argument)$/.test(parent?.field ?? "") || parent?.parent?.type === "binary_expression";
    return !member || !names?.has(textOf(member, source)) || !isRead;
  });
  return use && refused(`${ID}.whole`, "It is used as a whole, or for what it may not have.", use.node);
}
