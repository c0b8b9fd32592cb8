import type { Binding } from "../../syntax/bindings.ts";
import { inField, isComment, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { baseName } from "../../text/paths.ts";
import { lineOf } from "../branching/comments.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { mentionOf, withoutParts, withoutStatement } from "../unused/parts.ts";
import type { Removal, UnusedRules } from "../unused/rules.ts";
import { PACKAGES, STANDARD_MODULES } from "./built-in.ts";
import { declared } from "./declared.ts";
import { mayAsk } from "./effects.ts";
import { isStatementAlone } from "./places.ts";

const ID = "remove-unused";
/** Modules of Python that act when they are imported. */
export const ACTING = /^(readline|rlcompleter|antigravity|this|site|turtle|turtledemo|idlelib|lib2to3)$/;

/** What is unused in Python. */
export const unused: UnusedRules = {
  importAround: (node) => nearest(node, (it) => /^import(_from)?_statement$/.test(it.type)),
  withoutImports,
  withoutVariable,
};

function withoutImports(statement: SyntaxNode, names: readonly Binding[], source: Source): Removal | Refusal {
  const reason = isForOthers(statement, source);
  if (reason !== undefined) return refused(`${ID}.kept`, reason, statement);
  const all = statement.children.filter((it) => it.field === "name");
  const gone = all.filter((it) =>
    names.some(({ declarations: [at] }) => at !== undefined && it.from <= at.from && at.to <= it.to),
  );
  const trouble =
    gone.map((it) => isHandedOn(it, source)).find((it) => it !== undefined) ??
    names.map((it) => mayBeUsed(it, source)).find((it) => it !== undefined);
  if (trouble) return trouble;
  const comment = statement.children.find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment may be about it.", comment);
  const module = inField(statement, "module_name");
  const inside = gone.flatMap((it) => loadedInside(it, module, source));
  const asked = memberOf(inside, source);
  if (asked) return refused(`${ID}.kept`, "What it loads may be used as a member of a package.", asked);
  const loaded = (module ? [module] : gone).map((it) => textOf(it, source).split(/[\s.]/)[0] ?? "");
  const acting = loaded.find((it) => ACTING.test(it));
  if (acting !== undefined)
    return refused(`${ID}.effect`, `"${acting}" does something when it is imported.`, statement);
  const other = loaded.filter((it) => !STANDARD_MODULES.has(it));
  const warnings =
    other.length === 0
      ? []
      : [
          `What "${textOf(module ?? gone[0] ?? statement, source)}" may do when it is imported is not looked at.`,
        ];
  if (gone.length < all.length) return { changes: withoutParts(gone, all), warnings };
  const row = statement.parent;
  if (!row || (row.type !== "module" && parts(row).length < 2))
    return refused(`${ID}.only`, "It is the only statement of its block.", statement);
  const change = withoutStatement(statement, source, ID);
  return "code" in change ? change : { changes: [change], warnings };
}

/** Parts of packages that an import may load: they become members of these for everybody. */
function loadedInside(name: SyntaxNode, module: SyntaxNode | undefined, source: Source): readonly string[] {
  const path = [module, inField(name, "name") ?? name].flatMap((it) =>
    it ? textOf(it, source).split(".") : [],
  );
  const [root = "", ...inner] = path.map((it) => it.trim());
  return STANDARD_MODULES.has(root) && !PACKAGES.has(root) ? [] : inner;
}

function memberOf(names: readonly string[], source: Source): SyntaxNode | undefined {
  return [...walk(source.root)].find((it) => {
    const member = it.type === "attribute" ? inField(it, "attribute") : undefined;
    return member !== undefined && names.includes(textOf(member, source));
  });
}

/** Why an import may be there for those who import the file, or for a tool; `undefined`: it is not. */
function isForOthers(statement: SyntaxNode, source: Source): string | undefined {
  const { path, root, text } = source;
  const hasOwnCode = parts(root).some(
    (it) => !/^(import|import_from|future_import)_statement$/.test(it.type),
  );
  if (
    !hasOwnCode ||
    path.endsWith(".pyi") ||
    /^(__init__|conftest|_?compat|_?shim\w*)\.py$/.test(baseName(path))
  )
    return "The file imports for others.";
  if (nearest(statement, (it) => it.type === "try_statement"))
    return "Whether it can be imported is asked there.";
  if (
    /#\s*(noqa|pylint|type:|pragma|pyright|isort)/i.test(
      text.slice(statement.from, lineOf(statement.to, text).to),
    )
  )
    return "A comment says that it is to stay.";
  return /^_/.test(textOf(inField(statement, "module_name") ?? statement, source))
    ? "What a hidden module has is imported for others."
    : undefined;
}

/** `import a as a` says that it is for others; `import a.b` makes `b` a member of `a` for everybody. */
function isHandedOn(name: SyntaxNode, source: Source): Refusal | undefined {
  const [written, alias] =
    name.type === "aliased_import" ? [inField(name, "name"), inField(name, "alias")] : [];
  const isSame = written && alias && textOf(written, source) === textOf(alias, source);
  const isDotted = name.type === "dotted_name" && parts(name).length > 1;
  return isSame || isDotted ? refused(`${ID}.kept`, "It is imported for others, too.", name) : undefined;
}

/** Names that are looked up by their text, run as examples, or given by it to parameters, as test fixtures are. */
function mayBeUsed(binding: Binding, source: Source): Refusal | undefined {
  const told = mentionOf(binding, source, (it, text) =>
    isComment(it) ? /#\s*type:/.test(text) : !isStatementAlone(it) || text.includes(">>>"),
  );
  const fixture = source.bindings().all.find((it) => it.kind === "parameter" && it.name === binding.name)
    ?.declarations[0];
  const at = told ?? fixture;
  return at && refused(`${ID}.told`, `"${binding.name}" may be looked up by its name.`, at);
}

function withoutVariable(binding: Binding, source: Source): Removal | Refusal {
  const [name] = binding.declarations;
  if (!binding.scope.parent) return refused(`${ID}.exported`, "Others may use it.", name);
  const made = name && !/^__\w+__$/.test(binding.name) ? declared(name, source) : undefined;
  const type = name?.parent ? inField(name.parent, "type") : undefined;
  if (!name || !made || type) return refused(`${ID}.form`, "What declares it needs a name there.", name);
  const { effectOf, mayFail } = source.rules;
  if (effectOf(made.value, source) === "acts" || mayFail?.(made.value, source) || mayAsk(made.value, source))
    return refused(`${ID}.effect`, "Its value does something, or may fail.", made.value);
  const trouble = mayBeUsed(binding, source);
  if (trouble) return trouble;
  const { from, to } = made.remove;
  const line = source.text.slice(made.statement.to, lineOf(made.statement.to, source.text).to);
  if (/^\s*#/.test(line)) return refused(`${ID}.comment`, "A comment is about it.", made.statement);
  return { changes: [{ from, to, text: made.instead ?? "" }], warnings: [] };
}
