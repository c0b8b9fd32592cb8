import { inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { indentUnit } from "../../extraction/moved-text.ts";
import { hiddenAround, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { has, hasWord } from "../class-parts.ts";
import { statementEnd } from "../declared.ts";
import { classNameAt } from "../typing/class-interface.ts";
import { type NewMember, withMembers } from "./member-text.ts";
import { aboveOf, foreignIn, hadBy, plainName, type WantedMember, written } from "./wanted-members.ts";

const ID = "generate-implementation";

/** See `GeneratingRules.implementation`. */
export function implementation(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  if (source.language === "javascript") return refused(`${ID}.language`, "JavaScript has no interfaces.");
  const name = classNameAt(place);
  const whole = name?.parent;
  const body = whole && inField(whole, "body");
  if (!body) return refused(`${ID}.place`, "There is no name of a class that is declared.");
  if (whole.type !== "class_declaration")
    return refused(`${ID}.abstract`, "An abstract class may leave its members to others.", name);
  if (!whole.children.some((it) => it.type === "class_heritage"))
    return refused(`${ID}.there`, "Nothing stands above the class.", name);
  const wanted = missingIn(name, whole, body, source);
  if ("kind" in wanted) return wanted;
  const bindings = source.bindings();
  if (bindings.resolve("Error", "value", body.from))
    return refused(`${ID}.name`, `"Error" means something else in the class.`, name);
  const foreign = wanted.map((it) => foreignIn(it, body, source)).find((it) => it !== undefined);
  if (foreign) return foreign;
  const groups = Map.groupBy(wanted, (it) => it.name);
  const members = [...groups.values()].flatMap((it) => membersFor(it, textOf(name, source), source));
  return hiddenAround(whole, source) ?? [withMembers(members, body, source)];
}

/** What the class has to have and has not. */
function missingIn(
  name: SyntaxNode,
  whole: SyntaxNode,
  body: SyntaxNode,
  source: Source,
): readonly WantedMember[] | Refusal {
  const binding = source.bindings().at(name);
  if (binding?.declarations.length !== 1 || whole.parent?.type === "ambient_declaration")
    return refused(`${ID}.declared`, "What the class has stands in other declarations, too.", name);
  const above = aboveOf(whole, source);
  if ("kind" in above) return above;
  const there = [...above.had, ...hadBy(parts(body), source)].map(plainName);
  const missing = above.wanted.filter((it) => !there.includes(plainName(it.name)));
  const twice = missing.find((it) =>
    missing.some((at) => at.name === it.name && at.node.parent !== it.node.parent),
  );
  if (twice) return refused(`${ID}.twice`, `"${twice.name}" is asked for in two places.`, name);
  return missing.length > 0 ? missing : refused(`${ID}.there`, "The class has all that is asked for.", name);
}

/** A member, with its overloads; of a property what reads it, and what writes it. */
function membersFor(
  wanted: readonly WantedMember[],
  className: string,
  source: Source,
): readonly NewMember[] {
  const [first] = wanted;
  if (!first) return [];
  const failing = throwing(`${className}.${plainName(first.name)}`, source);
  const method = (head: string): NewMember => [`${head} {`, failing, "}"];
  if (/property_signature|field/.test(first.node.type)) return propertyFor(first, source).map(method);
  const heads = wanted.map((it) => headOf(it, source));
  const isAccessor = wanted.some((it) => has(it.node, "get") || has(it.node, "set"));
  if (isAccessor || heads.length === 1) return heads.map(method);
  const last = `${visibility(first, source)}${first.name}(): never`;
  return [[...heads.map((it) => it + statementEnd(source)), ...method(last)]];
}

function throwing(member: string, source: Source): string {
  const said = JSON.stringify(`${member} has not been written yet`);
  return `${indentUnit(source.text, "  ")}throw new Error(${said})${statementEnd(source)}`;
}

function propertyFor(wanted: WantedMember, source: Source): readonly string[] {
  const type = inField(wanted.node, "type");
  const annotation = type ? written(type, wanted.given, source) : "";
  const words = visibility(wanted, source);
  const getter = `${words}get ${wanted.name}()${annotation}`;
  return has(wanted.node, "readonly") ? [getter] : [getter, `${words}set ${wanted.name}(value${annotation})`];
}

/** "protected " where it is declared so. */
function visibility({ node }: WantedMember, source: Source): string {
  return hasWord(node, /^protected$/, source) ? "protected " : "";
}

/** A method's head as it is declared, without what says that it has no body. */
function headOf({ node, given }: WantedMember, source: Source): string {
  const kept = written(node, given, source);
  return kept.replace(/^((public|protected|abstract|override)\s+)+/, (it) =>
    /protected/.test(it) ? "protected " : "",
  );
}
