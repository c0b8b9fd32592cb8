import { inField, nearest, parts, type SyntaxNode, smallestAround } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { hasWord } from "../class-parts.ts";

/** A member that is to be private, by another name. */
interface Hidden {
  readonly word: SyntaxNode;
  readonly field: SyntaxNode;
  readonly name: string;
}

/**
 * In TypeScript, why something that only looks like an object of the class may be used as one: that is no longer one as
 * soon as the class has a private member. Types tell; `undefined`: nothing is, or could be before.
 */
export function isStructural(
  whole: SyntaxNode,
  { word, field, name }: Hidden,
  place: Place,
  id: string,
): Refusal | undefined {
  const { source, typed } = place;
  const body = inField(whole, "body");
  if (source.language === "javascript" || !body) return undefined;
  if (parts(body).some((it) => it !== field && isHidden(it, source))) return undefined;
  if (!typed)
    return {
      ...refused(
        `${id}.structural`,
        "Something that only looks like it may be used as one of the class.",
        word,
      ),
      lacks: "types",
      another: name.startsWith("#") ? `${name.slice(1)}_` : name,
    };
  const [unsure] = typed.warnings;
  if (unsure !== undefined) return refused(`${id}.structural`, unsure, word);
  const strange = typed.files.find(({ path, changes }) => {
    const file = [source, ...(place.others ?? [])].find((it) => it.path === path);
    return !file || changes.some((it) => !isUse(smallestAround(file.root, it.from, it.to), word));
  });
  return (
    strange &&
    refused(`${id}.structural`, `In "${strange.path}" something only looks like an object of the class.`)
  );
}

/** Whether it makes the class one that nothing else fits; what the constructor's parameters make, too. */
function isHidden(member: SyntaxNode, source: Source): boolean {
  const says = (it: SyntaxNode) => hasWord(it, /^(private|protected)$/, source);
  if (
    says(member) &&
    !hasWord(member, /^static$/, source) &&
    textOf(inField(member, "name") ?? member, source) !== "constructor"
  )
    return true;
  const list = inField(member, "parameters");
  const name = inField(member, "name");
  if (name?.type === "private_property_identifier") return !hasWord(member, /^static$/, source);
  return list !== undefined && textOf(name ?? list, source) === "constructor" && parts(list).some(says);
}

/** Whether the name is the member's where it is declared, or is used of an object. */
function isUse(node: SyntaxNode, word: SyntaxNode): boolean {
  if (node === word) return true;
  const { parent } = node;
  const isInPattern = nearest(parent, (it) => /^(object|object_pattern|object_type)$/.test(it.type));
  return parent?.type === "member_expression" || isInPattern?.type === "object_pattern";
}
