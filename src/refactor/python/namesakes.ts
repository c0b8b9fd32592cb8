import type { Binding } from "../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Namesakes } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";

const NONE: Namesakes = { names: [], warnings: [] };

/** Decorators that hand arguments on as they were given, and ask for no names. */
const TRANSPARENT =
  /^(staticmethod|classmethod|property|(abc\.)?abstractmethod|(functools\.)?(lru_cache|cache|cached_property|wraps)|(contextlib\.)?(async)?contextmanager|(typing\.)?(override|final|overload))$/;

/** See `CodeRules.namesakes`: arguments that are given by name; members and names with a meaning of their own are refused. */
export function namesakes(binding: Binding, { source, others }: Place): Namesakes | Refusal {
  const refusal = withMeaning(binding, source);
  if (refusal) return refusal;
  const called = binding.kind === "parameter" ? calledWith(binding, source) : undefined;
  return called === undefined || "code" in called ? (called ?? NONE) : givenByName(called, source, others);
}

function withMeaning({ name, scope, declarations }: Binding, source: Source): Refusal | undefined {
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
}

/** Who is called with the parameter; `undefined`: nobody can name it. */
function calledWith(binding: Binding, source: Source): Called | Refusal | undefined {
  const [declaration] = binding.declarations;
  const owner = binding.scope.node;
  if (!declaration || isNameless(declaration)) return undefined;
  if (owner.type === "lambda") return { parameter: binding.name, name: "", binding: undefined };
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
  if (/^test_?/.test(word))
    return refused("rename.fixture", "Tests are given their parameters by name.", declaration);
  const around = nearest(owner.parent, (it) => /^(function|class)_definition$/.test(it.type));
  if (around?.type !== "class_definition")
    return { parameter: binding.name, name: word, binding: source.bindings().at(name) };
  if (binding.name === textOf(parts(inField(owner, "parameters") ?? owner)[0] ?? owner, source))
    return undefined;
  const made = /^__(init|new|call)__$/.test(word) ? inField(around, "name") : undefined;
  if (!made) return { parameter: binding.name, name: word, binding: undefined };
  return refused(
    "rename.constructor",
    `Objects of "${textOf(made, source)}" may be made with it by its name, by subclasses too.`,
    declaration,
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
  for (const it of [source, ...(others ?? [])])
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
  if (target && target !== called.binding)
    return /^(function|class)$/.test(target.kind) && target.declarations.length === 1;
  if (callee.type === "identifier") return !target && word !== "partial";
  return callee.type === "attribute" && called.name !== "" && word !== called.name && word !== "partial";
}

function wordOf(callee: SyntaxNode, source: Source): string {
  return textOf(callee.type === "attribute" ? (inField(callee, "attribute") ?? callee) : callee, source);
}
