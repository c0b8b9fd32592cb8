import { isComment, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { fixBy } from "../fix-by.ts";
import type { Examined, Found, Smell } from "../smell.ts";
import { visit } from "../visit.ts";
import { counted } from "../words.ts";

/** Numbers in computations and comparisons that nothing explains. */
export const magicNumber: Smell = {
  id: "magic-number",
  title: "Magic number",
  meaning:
    "A number in the middle of a computation does not say what it stands for, nor where else it has to be changed.",
  level: "note",
  limits: [],
  find(file) {
    const { source, rules } = file;
    if (isTest(source.path)) return [];
    const places = new Map<number, SyntaxNode[]>();
    const commented = commentedLines(file);
    visit(source.root, (node) => {
      const value = rules.numberOf(node, source.text);
      if (value === undefined || node.hasError) return true;
      if (isKnown(value) || isInError(node) || !rules.isUnexplained(node, source.text)) return false;
      if (commented.has(file.lineAt(node.from))) return false;
      places.set(value, [...(places.get(value) ?? []), node]);
      return false;
    });
    return [...places.values()].flatMap((it) => foundAt(it, file));
  },
};

/** Whether the parser did not understand what it is part of. */
function isInError(node: SyntaxNode): boolean {
  return nearest(node.parent, (it) => it.type === "ERROR") !== undefined;
}

/** Lines with a comment: it may say what the number is. */
function commentedLines({ source, lineAt }: Examined): ReadonlySet<number> {
  const lines = new Set<number>();
  visit(source.root, (it) => {
    if (isComment(it)) lines.add(lineAt(it.from));
    return true;
  });
  return lines;
}

/** One finding for a number, wherever it stands. */
function foundAt([first, ...others]: readonly SyntaxNode[], file: Examined): readonly Found[] {
  if (!first) return [];
  const { from, to } = first;
  const message = `Nothing says what ${file.source.text.slice(from, to)} stands for${others.length > 0 ? `, here and in ${counted(others.length, "other place")}` : ""}.`;
  const related = others
    .slice(0, MOST_RELATED)
    .map((it) => ({ from: it.from, to: it.to, message: "The same number." }));
  return [
    {
      from,
      to,
      message,
      ...(related.length > 0 && { related }),
      ...fixBy("replace-magic-number", [first], file),
    },
  ];
}

/** Other places that are named. */
const MOST_RELATED = 10;

/**
 * Numbers that everybody knows: small ones, halves and quarters, powers of two and of ten, and those of clocks, calendars
 * and circles.
 */
function isKnown(value: number): boolean {
  return (
    value <= 4 ||
    Number.isInteger(Math.log2(value)) ||
    Number.isInteger(Math.log10(value)) ||
    [
      2 ** 8 - 1,
      2 ** 16 - 1,
      2 ** 31 - 1,
      2 ** 32 - 1,
      7,
      12,
      20,
      24,
      30,
      31,
      36,
      50,
      52,
      60,
      90,
      180,
      360,
      365,
      366,
      400,
      1440,
      3600,
      86_400,
      60_000,
      3_600_000,
      86_400_000,
    ].includes(value)
  );
}

/** Tests name numbers by the case that they are part of. */
function isTest(path: string): boolean {
  return TEST_FILE.test(path) || TEST_CLASS.test(path);
}

const TEST_FILE =
  /(^|[\\/])(tests?|testdata|benches|__tests__|spec|fixtures)[\\/]|[._-](test|spec)\.\w+$|(^|[\\/])(test_[^\\/]*|conftest)\.py$|(^|[\\/])tests?\.rs$/i;
/** `UserTest.java`, and no `Latest.java`. */
const TEST_CLASS = /(Test|Tests|TestCase|Spec|Suite)\.(java|kts?|cs|swift|php|scala)$/;
