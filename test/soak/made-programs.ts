import type { Random } from "./random.ts";

/** How a language writes what the programs are made of; the lines of a block are given without their indentation. */
interface Writing {
  readonly step: string;
  readonly end: string;
  readonly not: string;
  readonly and: string;
  readonly or: string;
  readonly equal: readonly string[];
  readonly conditional: (condition: string, yes: string, no: string) => string;
  /** `if (…) {`, `} else if (…) {`, `} else {` and `}`. */
  readonly head: (condition: string) => string;
  readonly elseIf: (condition: string) => string;
  readonly otherwise: string;
  readonly close: readonly string[];
  readonly each: (name: string, list: string) => string;
  readonly declared: (names: readonly string[], values: readonly string[], word: string) => string;
  readonly functionHead: (name: string, parameter: string) => string;
  readonly values: readonly string[];
  readonly signs: readonly string[];
}

const SCRIPT: Writing = {
  step: "  ",
  end: ";",
  not: "!",
  and: "&&",
  or: "||",
  equal: ["===", "!==", "==", "!=", "<", ">="],
  conditional: (condition, yes, no) => `${condition} ? ${yes} : ${no}`,
  head: (condition) => `if (${condition}) {`,
  elseIf: (condition) => `} else if (${condition}) {`,
  otherwise: "} else {",
  close: ["}"],
  each: (name, list) => `for (const ${name} of [${list}]) {`,
  declared: (names, values, word) => `${word} ${names.map((it, at) => `${it} = ${values[at]}`).join(", ")};`,
  functionHead: (name, parameter) => `function ${name}(${parameter}) {`,
  values: ["0", "1", "27", "NaN", "null", "'x'", '"y"', "undefined", "-1", "o.p"],
  signs: ["=", "+="],
};

const PYTHON: Writing = {
  step: "    ",
  end: "",
  not: "not ",
  and: "and",
  or: "or",
  equal: ["==", "!=", "is", "is not"],
  conditional: (condition, yes, no) => `${yes} if ${condition} else ${no}`,
  head: (condition) => `if ${condition}:`,
  elseIf: (condition) => `elif ${condition}:`,
  otherwise: "else:",
  close: [],
  each: (name, list) => `for ${name} in [${list}]:`,
  declared: (names, values) => `${names.join(", ")} = ${values.join(", ")}`,
  functionHead: (name, parameter) => `def ${name}(${parameter}):`,
  values: ["0", "1", "27", "NAN", "None", "'x'", '"y"', "-1", "o.p"],
  // What is added to nothing fails, and ends the program.
  signs: ["="],
};

/** What is known where a line of a program stands. */
interface Known {
  readonly names: readonly string[];
  /** Names that may be given other values. */
  readonly open: readonly string[];
  readonly functions: readonly string[];
  readonly isInLoop: boolean;
  readonly depth: number;
}

/** A function `main(a, b, o)` that calls `t(number, value)`, which says both and gives the value back, in whatever order. */
export function programOf(language: "javascript" | "python", chance: Random): string {
  const writing = language === "python" ? PYTHON : SCRIPT;
  let count = 0;
  const known = { names: ["a", "b"], open: ["a", "b"], functions: [], isInLoop: false, depth: 0 };
  const lines = [
    writing.functionHead("main", "a, b, o"),
    ...indented(statements(known, 6)),
    ...writing.close,
  ];
  return `${lines.join("\n")}\n`;

  function indented(all: readonly string[]): readonly string[] {
    return all.map((it) => writing.step + it);
  }

  function fresh(letter: string): string {
    count++;
    return `${letter}${count}`;
  }

  function expression({ names, functions, depth, ...more }: Known, deep = 0): string {
    const inner = () => expression({ names, functions, depth, ...more }, deep + 1);
    const simple = () => chance.pick([...names, ...names, ...writing.values]);
    if (deep > 2) return simple();
    switch (chance.below(11)) {
      case 0:
        return `t(${chance.below(9)}, ${inner()})`;
      case 1:
        return `(${inner()} ${chance.pick([writing.and, writing.or])} ${inner()})`;
      case 2:
        return `(${writing.not}${simple()})`;
      case 3:
        return `(${inner()} ${chance.pick(writing.equal)} ${inner()})`;
      case 4:
        return `(${writing.conditional(inner(), inner(), inner())})`;
      case 5:
        return functions.length > 0 ? `${chance.pick(functions)}(${inner()})` : simple();
      case 6:
        return `'s' + ${language === "python" ? "str(1)" : "27"} + ${language === "python" ? "'e'" : `\`\${1 + 1}e\``}`;
      default:
        return simple();
    }
  }

  function condition(known: Known): string {
    const inner = () => expression(known, 2);
    switch (chance.below(7)) {
      case 0:
      case 6:
        return `${chance.pick(known.names)} ${chance.pick(writing.equal)} ${inner()}`;
      case 1:
        return `t(1, ${inner()}) ${writing.and} t(2, ${inner()})`;
      case 2:
        return `t(1, ${inner()}) ${writing.and} ${writing.not}${inner()} ${writing.or} t(3, ${inner()})`;
      case 3:
        return `${writing.not}(t(1, ${inner()}) ${writing.or} ${inner()})`;
      default:
        return expression(known, 1);
    }
  }

  function statements(outer: Known, most: number): readonly string[] {
    const made: string[] = [];
    let known = outer;
    const amount = 1 + chance.below(most);
    for (let index = 0; index < amount; index++) {
      const [lines, after] = statement(known);
      made.push(
        ...(chance.below(6) === 0 ? [`${language === "python" ? "#" : "//"} about ${index}`] : []),
        ...lines,
      );
      known = after;
    }
    return made;
  }

  function statement(known: Known): readonly [readonly string[], Known] {
    const { end } = writing;
    const value = () => expression(known);
    const name = () => chance.pick(known.open);
    switch (chance.below(known.depth > 2 ? 6 : 12)) {
      case 0:
        return [[`t(${chance.below(9)}, ${value()})${end}`], known];
      case 1:
        return [[`${chance.pick([name(), "o.p"])} ${chance.pick(writing.signs)} ${value()}${end}`], known];
      case 2:
        return [
          [
            `${chance.pick([name(), name(), "o.p"])} = ${writing.conditional(condition(known), value(), value())}${end}`,
          ],
          known,
        ];
      case 3:
        return declaration(known);
      // Most of what stands in a row is reached.
      case 4:
        return [
          [known.depth > 0 && chance.below(3) === 0 ? leaving(known) : `t(4, ${value()})${end}`],
          known,
        ];
      case 5:
        if (chance.below(3) > 0) return declaration(known);
        return [
          [
            `return ${chance.below(2) === 0 ? value() : writing.conditional(value(), value(), value())}${end}`,
          ],
          known,
        ];
      case 6:
      case 7:
      case 8:
        return [branches(known), known];
      case 9:
        return [loop(known), known];
      default:
        return nested(known);
    }
  }

  function leaving({ isInLoop }: Known): string {
    const words = isInLoop ? ["return", "continue", "break"] : ["return"];
    return chance.pick(words) + writing.end;
  }

  function declaration(known: Known): readonly [readonly string[], Known] {
    const names = chance.below(2) === 0 ? [fresh("k")] : [fresh("k"), fresh("k")];
    const word = chance.pick(["const", "let"]);
    const values = names.map(() => expression(known));
    const after = { ...known, names: [...known.names, ...names] };
    return [[writing.declared(names, values, word)], after];
  }

  function branches(known: Known): readonly string[] {
    const inner = { ...known, depth: known.depth + 1 };
    const target = chance.pick([...known.open, "o.p"]);
    const body = () => {
      if (chance.below(4) === 0) return [`${target} = ${expression(known)}${writing.end}`];
      const made = statements(inner, 3);
      return chance.below(3) === 0 ? [...made, leaving(known)] : made;
    };
    const lines = [writing.head(condition(known)), ...indented(body())];
    if (chance.below(5) === 0) lines.push(writing.elseIf(condition(known)), ...indented(body()));
    if (chance.below(2) === 0) lines.push(writing.otherwise, ...indented(body()));
    return [...lines, ...writing.close];
  }

  function loop(known: Known): readonly string[] {
    const name = fresh("i");
    const inner = { ...known, names: [...known.names, name], isInLoop: true, depth: known.depth + 1 };
    if (language === "python" && chance.below(2) === 0) return collected(name, inner);
    return [writing.each(name, "1, 2"), ...indented(statements(inner, 4)), ...writing.close];
  }

  /** A list that a loop or a comprehension fills. */
  function collected(name: string, inner: Known): readonly string[] {
    const list = fresh("l");
    const [over, asked, value] = [expression(inner, 1), condition(inner), expression(inner, 1)];
    const each = `for ${name} in [${over}, 2]`;
    return chance.below(2) === 0
      ? [`${list} = [${value} ${each} if (${asked})]`, `t(6, ${list})`]
      : [
          `${list} = []`,
          `${each}:`,
          ...indented([`if ${asked}:`, ...indented([`${list}.append(${value})`])]),
          `t(6, ${list})`,
        ];
  }

  function nested(known: Known): readonly [readonly string[], Known] {
    const [name, parameter] = [fresh("f"), fresh("p")];
    // In Python a function that gives a name of another one a value has one of its own.
    const open = language === "python" ? [parameter] : [...known.open, parameter];
    const inner = {
      ...known,
      names: [...known.names, parameter],
      open,
      isInLoop: false,
      depth: known.depth + 1,
    };
    const after = { ...known, functions: [...known.functions, name] };
    const body = [...indented(statements(inner, 3)), ...writing.close];
    if (language === "python" || chance.below(2) === 0)
      return [[writing.functionHead(name, parameter), ...body], after];
    const value =
      chance.below(2) === 0
        ? [`const ${name} = (${parameter}) => {`, ...body]
        : [`const ${name} = function (${parameter}) {`, ...body];
    return [[...value.slice(0, -1), "};"], after];
  }
}
