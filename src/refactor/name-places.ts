import type { Binding } from "../syntax/bindings.ts";
import { languageOf } from "../syntax/language-of.ts";
import { type SyntaxNode, walk } from "../syntax/tree.ts";
import type { FileText, Parse } from "./engine.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";
import { rulesOf, sourceOf } from "./source.ts";

/** A place at which a name stands in code: not in a comment, and not in a text but where that is read as names. */
export interface NamePlace {
  /** UTF-16 units into the file's text. */
  readonly from: number;
  readonly to: number;
  /** "member": after a dot, or a key, of something that the tree alone does not tell. */
  readonly kind: "declaration" | "import" | "write" | "call" | "use" | "member";
}

/** The places of a name in a file, in their order; refused where its language is not known or it cannot be parsed. */
export function namePlaces(file: FileText, name: string, parse: Parse): readonly NamePlace[] | Refusal {
  const { path, text } = file;
  const language = languageOf(path);
  const rules = language && rulesOf(language.id);
  if (!language || !rules) return refused("language", `The language of "${path}" is not known.`);
  const root = parse(language.id, text);
  if (!root) return refused("too-large", `"${path}" is too large or nested too deeply to parse.`);
  return namePlacesIn(sourceOf({ path, text, language: language.id, root, rules }), name);
}

/** The places of a name in a file that is parsed, in their order. */
export function namePlacesIn(source: Source, name: string): readonly NamePlace[] {
  const { root, text } = source;
  const nodes = [...walk(root)].filter(
    (it) => it.to - it.from === name.length && isName(it) && text.startsWith(name, it.from),
  );
  return nodes.map((it) => ({ from: it.from, to: it.to, kind: kindOf(it, source) }));
}

function isName({ type, isNamed, children }: SyntaxNode): boolean {
  return isNamed && children.length === 0 && /identifier|name/.test(type);
}

function kindOf(node: SyntaxNode, source: Source): NamePlace["kind"] {
  const bindings = source.bindings();
  const binding = bindings.at(node);
  if (binding?.declarations.some((it) => it.from === node.from)) return declared(binding);
  const reference = bindings.references.find((it) => it.node.from === node.from);
  if (reference !== undefined && reference.access !== "read") return "write";
  if (isCalled(node)) return "call";
  return reference === undefined ? memberKind(node) : "use";
}

function declared({ kind }: Binding): NamePlace["kind"] {
  return kind === "import" ? "import" : "declaration";
}

/** Members are in no scope; what a class or an object gives a name in its body declares it all the same. */
function memberKind({ parent, field }: SyntaxNode): NamePlace["kind"] {
  if (parent === undefined) return "use";
  if (/import/.test(parent.type)) return "import";
  return field === "name" && /definition|declaration|signature/.test(parent.type) ? "declaration" : "member";
}

/** The function of a call, be it a member of something. */
function isCalled(node: SyntaxNode): boolean {
  const { parent, field } = node;
  if (parent === undefined) return false;
  if (/^(member_expression|attribute|member_access_expression)$/.test(parent.type))
    return /^(property|attribute|name)$/.test(field ?? "") && isCallee(parent);
  return isCallee(node);
}

function isCallee({ parent, field }: SyntaxNode): boolean {
  return (
    parent !== undefined &&
    ((/^(call|invocation_)/.test(parent.type) && field === "function") ||
      (parent.type === "new_expression" && field === "constructor"))
  );
}
