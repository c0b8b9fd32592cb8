import type { Binding } from "../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Namesakes } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { BUILT_IN } from "./built-in.ts";
import { isShown } from "./places.ts";

const NONE: Namesakes = { names: [], warnings: [] };

/** Decorators that hand arguments on as they were given, and ask for no names. */
const TRANSPARENT =
  /^(staticmethod|classmethod|property|(abc\.)?abstractmethod|(functools\.)?(lru_cache|cache|cached_property|wraps)|(contextlib\.)?(async)?contextmanager|(typing\.)?(override|final|overload))$/;

/** See `CodeRules.namesakes`: arguments that are given by name. */
export function namesakes(binding: Binding, { source, others }: Place): Namesakes | Refusal {
  const called = binding.kind === "parameter" ? calledWith(binding, source) : undefined;
  return called === undefined || "code" in called ? (called ?? NONE) : givenByName(called, source, others);
}

/** See `CodeRules.cannotRename`: members, names that are shown or have a meaning of their own. */
export function cannotRename(
  { name, scope, declarations, references }: Binding,
  source: Source,
): Refusal | undefined {
  const [declaration] = declarations;
  if (/^__/.test(name))
    return refused(
      "rename.special",
      `"${name}" has a meaning of its own, or another name in a class.`,
      declaration,
    );
  if (scope.kind === "class")
    return refused(
      "rename.member",
      `"${name}" is a member of a class, and who uses it is not certain.`,
      declaration,
    );
  const shown = references.find((it) =>
    nearest(it.node, (at) => at.type === "interpolation" && isShown(at, source)),
  );
  if (shown) return refused("rename.shown", `A text shows the name "${name}".`, shown.node);
  if (scope.kind === "module" && BUILT_IN.has(name))
    return refused(
      "rename.built-in",
      `Python has a "${name}" of its own, which stands for the name until then.`,
      declaration,
    );
  const dotted = declarations.find((it) => it.parent?.type === "dotted_name" && parts(it.parent).length > 1);
  if (dotted)
    return refused(
      "rename.dotted",
      `"${textOf(dotted.parent ?? dotted, source)}" is imported as a whole.`,
      dotted,
    );
  return undefined;
}

/** A function with a parameter that may be given by its name. */
interface Called {
  readonly parameter: string;
  /** By what calls name it: its own name or, of what makes an object, its class's. */
  readonly name: string;
  /** What it is called through; `undefined`: a method, any object's member. */
  readonly binding: Binding | undefined;
  /** Whether others may call it under any name. */
  readonly isHandedOn: boolean;
}

/** Who is called with the parameter; `undefined`: nobody can name it. */
function calledWith(binding: Binding, source: Source): Called | Refusal | undefined {
  const [declaration] = binding.declarations;
  const owner = binding.scope.node;
  if (!declaration || isNameless(declaration)) return undefined;
  if (owner.type === "lambda")
    return { parameter: binding.name, name: "", binding: undefined, isHandedOn: true };
  const name = inField(owner, "name");
  if (!name) return refused("rename.function", "Whose parameter it is cannot be told.", declaration);
  const decorated = owner.parent?.type === "decorated_definition" ? owner.parent : undefined;
  const opaque = decorated?.children.find((it) => it.type === "decorator" && !isTransparent(it, source));
  if (opaque)
    return refused(
      "rename.decorated",
      "A decorator of its function may ask for the parameter's name.",
      opaque,
    );
  const word = textOf(name, source);
  const list = inField(owner, "parameters");
  const isOpen = list?.children.some((it) =>
    [...walk(it)].some((at) => at.type === "dictionary_splat_pattern"),
  );
  if (isOpen)
    return refused("rename.open", "Its function takes arguments of any name, the new one too.", declaration);
  if (/^test_?/.test(word))
    return refused("rename.fixture", "Tests are given their parameters by name.", declaration);
  const around = nearest(owner.parent, (it) => /^(function|class)_definition$/.test(it.type));
  return around?.type === "class_definition"
    ? method(binding, word, decorated ?? owner, source)
    : plainFunction(binding.name, name, source);
}

function plainFunction(parameter: string, name: SyntaxNode, source: Source): Called | Refusal {
  const word = textOf(name, source);
  const binding = source.bindings().at(name);
  if (binding?.declarations.length !== 1)
    return refused("rename.function", `There is more than one "${word}".`, name);
  const isHandedOn = binding.references.some((it) => it.node.field !== "function" && it.shape !== "text");
  return { parameter, name: word, binding, isHandedOn };
}

function method(
  binding: Binding,
  word: string,
  whole: SyntaxNode,
  source: Source,
): Called | Refusal | undefined {
  const list = inField(binding.scope.node, "parameters");
  const isStatic = whole.children.some((it) => textOf(it, source).trim() === "@staticmethod");
  const isFirst = list !== undefined && textOf(parts(list)[0] ?? list, source) === binding.name;
  if (isFirst && !isStatic) return undefined;
  if (/^__\w+__$/.test(word))
    return refused("rename.constructor", `Python itself, or the name of a class, calls "${word}".`, list);
  return { parameter: binding.name, name: word, binding: undefined, isHandedOn: isTaken(word, source) };
}

/** Whether a member of that name is used without being called. */
function isTaken(name: string, source: Source): boolean {
  return [...walk(source.root)].some(
    (it) =>
      it.type === "attribute" &&
      it.field !== "function" &&
      textOf(inField(it, "attribute") ?? it, source) === name,
  );
}

function isTransparent(decorator: SyntaxNode, source: Source): boolean {
  const [made] = parts(decorator);
  const named = made?.type === "call" ? inField(made, "function") : made;
  return named !== undefined && TRANSPARENT.test(textOf(named, source));
}

/** `*rest`, `**options` and what stands before a "/" (section 8.7, "Function definitions"). */
function isNameless(declaration: SyntaxNode): boolean {
  const list = nearest(declaration, (it) => /parameters$/.test(it.type));
  if (nearest(declaration, (it) => /_splat_pattern$/.test(it.type))) return true;
  const slash = list?.children.find((it) => it.type === "positional_separator");
  return slash !== undefined && declaration.from < slash.from;
}

/** Finds the arguments; refuses when one may be the parameter's and may be another's. */
function givenByName(
  called: Called,
  source: Source,
  others: readonly Source[] | undefined,
): Namesakes | Refusal {
  const names: SyntaxNode[] = [];
  for (const it of [source, ...(others ?? [])]) {
    const said = called.isHandedOn && it === source ? textNamed(called.parameter, it) : undefined;
    if (said)
      return refused(
        "rename.argument",
        `A text says "${called.parameter}", and may be given as its name.`,
        said,
      );
    for (const call of callsIn(it)) {
      const verdict = judged(call, called, it, it === source);
      if (verdict === "unsure")
        return refused(
          "rename.argument",
          `"${it.path}" calls something with "${called.parameter}" by name, or with names that are not seen, and that may be it.`,
          it === source ? call : undefined,
        );
      if (verdict) names.push(verdict);
    }
  }
  const isLocal = called.binding !== undefined && !called.binding.isExported;
  if (!isLocal && !others)
    return {
      ...refused(
        "rename.calls",
        `Other files may give "${called.parameter}" by its name, and those were not looked at.`,
      ),
      lacks: "others",
    };
  const isSeen = isLocal && called.binding?.references.every((it) => it.node.field === "function");
  const warnings = isSeen
    ? []
    : [`Calls from elsewhere that give "${called.parameter}" by its name were not seen.`];
  return { names, warnings };
}

/** `kwargs={"name": …}`. */
function textNamed(name: string, source: Source): SyntaxNode | undefined {
  return [...walk(source.root)].find((it) => it.type === "string_content" && textOf(it, source) === name);
}

function callsIn({ root }: Source): readonly SyntaxNode[] {
  return [...walk(root)].filter((it) => it.type === "call");
}

/** The node of the argument's name if the call surely is one of the function's; `undefined` if it surely is none of them, or does not name it. */
function judged(
  call: SyntaxNode,
  called: Called,
  source: Source,
  isOwn: boolean,
): SyntaxNode | "unsure" | undefined {
  const list = inField(call, "arguments");
  const callee = inField(call, "function");
  const named = parts(list ?? call).find(
    (it) => it.type === "keyword_argument" && textOf(inField(it, "name") ?? it, source) === called.parameter,
  );
  const isOpen = parts(list ?? call).some((it) => it.type === "dictionary_splat");
  if (!callee || (!named && !isOpen)) return undefined;
  const target = callee.type === "identifier" ? source.bindings().at(callee) : undefined;
  if (isOwn && called.binding && target === called.binding) return named ? inField(named, "name") : "unsure";
  if (isOther(callee, target, called, source)) return undefined;
  // Whatever is called with more than is seen may be given anything: only what has the function's name is it likely.
  return named || wordOf(callee, source) === called.name ? "unsure" : undefined;
}

/** Whether what is called surely is not the function: another one of the file, a class of it, something built in, another method. */
function isOther(callee: SyntaxNode, target: Binding | undefined, called: Called, source: Source): boolean {
  const word = wordOf(callee, source);
  if (called.isHandedOn) return false;
  if (target && target !== called.binding) return isPlainFunction(target);
  if (callee.type === "identifier") return !target;
  return callee.type === "attribute" && word !== called.name;
}

/** Whether a name stands for what one `def` or `class` makes. */
function isPlainFunction({ kind, declarations: [declaration, ...others] }: Binding): boolean {
  const isDecorated = declaration?.parent?.parent?.type === "decorated_definition";
  return /^(function|class)$/.test(kind) && others.length === 0 && !isDecorated;
}

function wordOf(callee: SyntaxNode, source: Source): string {
  return textOf(callee.type === "attribute" ? (inField(callee, "attribute") ?? callee) : callee, source);
}
