import type { Binding } from "../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** Types of numbers, by what they become where they meet: each is before those that take it in (C# language specification, section 12.4.7). */
const ORDER = ["int", "uint", "long", "ulong", "float", "double"] as const;
const SMALL = /^(sbyte|byte|short|ushort|char)$/;

/** Whether it is a type of whole numbers, or `char`. */
export function isWhole(type: string | undefined): boolean {
  return /^(sbyte|byte|short|ushort|char|int|uint|long|ulong)$/.test(type ?? "");
}

/** Whether it is a type of numbers. */
export function isNumeric(type: string | undefined): boolean {
  return isWhole(type) || /^(float|double|decimal)$/.test(type ?? "");
}

/** Whether its values never change and run nothing of a program's own. */
export function isPlainType(type: string | undefined): boolean {
  return isNumeric(type) || /^(bool|string)$/.test(type ?? "");
}

/** What a number becomes beside a sign: `+a`, `~a`. */
export function promoted(type: string | undefined): string | undefined {
  if (type === undefined || !isNumeric(type)) return undefined;
  return SMALL.test(type) ? "int" : type;
}

/** What two numbers become beside an operator; `undefined`: not certain. */
export function together(left: string | undefined, right: string | undefined): string | undefined {
  const [a, b] = [promoted(left), promoted(right)];
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return a;
  if (a === "decimal" || b === "decimal")
    return [a, b].some((it) => /^(float|double)$/.test(it)) ? undefined : "decimal";
  const [low, high] = ORDER.filter((it) => it === a || it === b);
  // A constant of `int` may be one of another type there.
  if (high === "ulong") return undefined;
  return low === "int" && high === "uint" ? "long" : high;
}

/** Classes of the platform that every file may name. */
const CLASSES =
  /^(List|Dictionary|HashSet|SortedDictionary|SortedSet|SortedList|LinkedList|Queue|Stack|StringBuilder|Random|Stopwatch|Regex|StreamReader|StreamWriter|StringReader|StringWriter|MemoryStream|FileStream|HttpClient|Thread|Task|Func|Action|Predicate|Comparison|EventHandler|IEnumerable|IEnumerator|IList|ICollection|IDictionary|IReadOnlyList|IReadOnlyCollection|IReadOnlyDictionary|ISet|IDisposable|IComparer|IEqualityComparer|Exception|(Argument|ArgumentNull|ArgumentOutOfRange|InvalidOperation|NotSupported|Format|IO)Exception)(<.*>)?$/s;

/** Whether what has the type is a thing that names share: no struct, which each name has a copy of. */
export function isShared(type: string | undefined, source: Source): boolean {
  if (type === undefined) return false;
  const bare = type.replace(/\?$/, "");
  if (/^(string|object)$/.test(bare) || bare.endsWith("]")) return true;
  const own = source
    .bindings()
    .all.filter((it) => it.spaces.includes("type") && it.name === bare.replace(/<.*$/s, ""));
  if (own.length === 0) return CLASSES.test(bare);
  return own.every((it) => it.declarations.every(({ parent }) => parent !== undefined && isClass(parent)));
}

function isClass(declaration: SyntaxNode): boolean {
  return /^(class|record|interface|delegate)_declaration$/.test(declaration.type);
}

/** A type of the platform that nothing in the file has the name of. */
export function isPlatform(name: string, source: Source): boolean {
  return !source.bindings().all.some((it) => it.name === name);
}

/** A written type, without blanks. */
export function written(type: SyntaxNode, source: Source): string {
  return textOf(type, source).replace(/\s+/g, "");
}

/** Whether a name may stand for its type, too, before a dot (C# language specification, section 12.8.7.2, "Identical simple names and type names"). */
export function isCalledLikeItsType({ name, declarations }: Binding, source: Source): boolean {
  return declarations.some(({ parent }) => {
    const owner = parent?.type === "variable_declarator" ? parent.parent : parent;
    const type = owner && inField(owner, "type");
    return (
      type !== undefined &&
      written(type, source)
        .replace(/<.*$/s, "")
        .replace(/^.*[.:]/s, "")
        .replace(/\?$/, "") === name
    );
  });
}
