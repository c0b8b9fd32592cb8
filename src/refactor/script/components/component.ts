import type { Binding } from "../../../syntax/bindings.ts";
import { contains, inField, nearest, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { flowOf } from "../../extraction/flow.ts";
import { placesIn } from "../../extraction/has-value.ts";
import { functionOf, isIn, type Part } from "../../extraction/part.ts";
import type { Extraction } from "../../extraction/rules.ts";
import { badName, clashWith, freshName, isClearWithin, textOf } from "../../names.ts";
import { type Plan, type Refusal, refused } from "../../plan.ts";
import type { Options, Place, Source } from "../../refactoring.ts";
import { first } from "../../signature/uses.ts";
import { specifierOf } from "../importers.ts";
import { isFunction } from "../places.ts";
import { typeParameters } from "../written-types.ts";
import { attributeOf, boundIn, ID, selectedElements } from "./elements.ts";
import { planFor } from "./text.ts";
import { notJustShown } from "./whereabouts.ts";

/** See `ExtractionRules.component`. */
export function component(place: Place, options: Options): Plan | Refusal {
  const { source } = place;
  const part = selectedElements(place);
  if (!part) return refused(`${ID}.selection`, "What is selected is no element, and no children of one.");
  const trouble =
    first(part.nodes, (it) => isClearWithin(it, source)) ??
    boundIn(part, source) ??
    notJustShown(part, source) ??
    triedIn(part, source) ??
    otherMeaning(source);
  if (trouble) return trouble;
  const made = madeOf(part, place, options);
  if ("code" in made) return made;
  const key =
    part.nodes.length === 1 && part.nodes[0] ? attributeOf(part.nodes[0], "key", source) : undefined;
  // What only the key needs stays where that does.
  const props = made.flow.inputs.filter((it) => placesIn(it, part).some((at) => !key || !contains(key, at)));
  return cannotBeProps(props, made, source) ?? planFor({ ...made, props, key }, source);
}

function madeOf(part: Part, place: Place, options: Options): Extraction | Refusal {
  const { source } = place;
  const rules = source.rules.extraction;
  if (!rules) return refused(`${ID}.language`, "There are no components in this language.");
  const leaving = rules.leaves(part, source);
  if ("code" in leaving) return leaving;
  if (leaving.hasThis || leaving.isAsync || leaving.isGenerator)
    return refused(`${ID}.bound`, "It uses what only its own function has.", part);
  const home = rules.home(part, leaving, source);
  if ("code" in home) return home;
  const flow = flowOf(part, source, rules.names(home, part, source));
  if ("code" in flow) return flow;
  const given = source
    .bindings()
    .references.find(
      (it) =>
        it.access !== "read" && isIn(part, it.node) && !it.binding?.declarations.some((at) => isIn(part, at)),
    );
  if (given)
    return refused(`${ID}.value`, `It gives "${textOf(given.node, source)}" another value.`, given.node);
  const name = nameFor(part, source, options);
  return typeof name === "string" ? { name, part, leaving, home, flow, told: place.told ?? [] } : name;
}

function nameFor(part: Part, source: Source, { name }: Options): string | Refusal {
  const [node = source.root] = part.nodes;
  if (name === undefined) return freshName("NewComponent", node, source);
  if (!/^\p{Lu}/u.test(name))
    return refused(
      "name.invalid",
      `A component has a capital letter at its beginning, and "${name}" has none.`,
    );
  return (
    badName(name, source) ?? clashWith(name, source.root, source) ?? clashWith(name, node, source) ?? name
  );
}

/** What fails in it would be caught no more: React makes it later. */
function triedIn(part: Part, source: Source): Refusal | undefined {
  const around = functionOf(part, source);
  const tried = nearest(part.nodes[0]?.parent, (it) => it === around || it.type === "try_statement");
  return tried === around
    ? undefined
    : refused(`${ID}.try`, "If it fails, it would not be caught there.", tried);
}

/** What makes of JSX something else than React does, so that taking the object of its attributes apart may lose them. */
function otherMeaning(source: Source): Refusal | undefined {
  const said =
    /@jsx(ImportSource|Runtime)?\s+(?!(react|preact|automatic|classic|h|React\.createElement|@emotion\/react)\b)\S+/.exec(
      source.text,
    );
  if (said) return refused(`${ID}.meaning`, "A comment of the file says what its JSX means.");
  const other = source.root.children.find((it) => OTHERS.test(specifierOf(it, source) ?? ""));
  if (other) return refused(`${ID}.meaning`, "Components of that library are made in another way.", other);
  const own = source
    .bindings()
    .all.find((it) => /^(React|h|jsx|createElement)$/.test(it.name) && it.scope.parent !== undefined);
  return (
    own && refused(`${ID}.meaning`, "What makes elements is known in a function only.", own.declarations[0])
  );
}

const OTHERS =
  /^(solid-js|vue|@vue|@builder\.io|@qwik\.dev|@stencil|voby|hono|mithril|snabbdom|@kitajs|lit|@lit)\b/;

/** Why something is nothing that a component can be given; `undefined`: all is. */
function cannotBeProps(props: readonly Binding[], made: Extraction, source: Source): Refusal | undefined {
  const special = props.find((it) => /^(key|ref|__self|__source)$/.test(it.name));
  if (special)
    return refused(
      `${ID}.prop`,
      `A component is not given what is called "${special.name}".`,
      special.declarations[0],
    );
  const types = typeParameters(made, source);
  if ("code" in types) return types;
  if (types.names.length > 0)
    return refused(`${ID}.type`, "It needs a type parameter of its function.", made.part);
  return source.language === "javascript" ? undefined : narrowed(props, made.part, source);
}

/** A member, or an element, that a condition around it tells more of: it is the object that the component is given. */
function narrowed(props: readonly Binding[], part: Part, source: Source): Refusal | undefined {
  const home = functionOf(part, source);
  const members = part.nodes
    .flatMap((it) => [...walk(it)])
    .filter((it) => MEMBER.test(it.type) && props.some((at) => at === rootOf(it, source)));
  const texts = new Set(members.map((it) => bare(it, source)));
  const asked = [...walk(home ?? source.root)].find(
    (it) =>
      MEMBER.test(it.type) &&
      !isIn(part, it) &&
      texts.has(bare(it, source)) &&
      (isAsked(it, home) || isAsserted(it, source)),
  );
  return (
    asked &&
    refused(
      `${ID}.narrowed`,
      "What a condition tells of a member would not be known in the component.",
      asked,
    )
  );
}

const MEMBER = /^(member|subscript)_expression$/;

/** `assert(a.b);`, of a function that may not come back where it is not so. */
function isAsserted({ parent }: SyntaxNode, source: Source): boolean {
  const call = nearest(parent, (it) => it.type === "call_expression");
  const callee = call?.parent?.type === "expression_statement" ? inField(call, "function") : undefined;
  if (!callee || /^console\b/.test(textOf(callee, source))) return false;
  const [declared] = rootOf(callee, source)?.declarations ?? [];
  const made = declared && [declared.parent, declared.parent && inField(declared.parent, "value")];
  const own = made?.find((it) => it && isFunction(it));
  return !own || /\basserts\b/.test(textOf(inField(own, "return_type") ?? callee, source));
}

function bare(node: SyntaxNode, source: Source): string {
  return textOf(node, source).replace(/[?!\s]/g, "");
}

function rootOf(node: SyntaxNode, source: Source): Binding | undefined {
  const object = inField(node, "object");
  return object ? rootOf(object, source) : source.bindings().at(node);
}

/** Whether it stands in a condition, or is given a value. */
function isAsked(node: SyntaxNode, home: SyntaxNode | undefined): boolean {
  const asking = nearest(
    node,
    (it) =>
      it === home ||
      isFunction(it) ||
      it.field === "condition" ||
      /^(if|switch|while)_statement$/.test(it.parent?.type ?? "") ||
      (it.parent?.type === "binary_expression" &&
        /^(&&|\|\||\?\?)$/.test(inField(it.parent, "operator")?.type ?? "")) ||
      /assignment_expression$/.test(it.parent?.type ?? ""),
  );
  return asking !== undefined && asking !== home && !isFunction(asking);
}
