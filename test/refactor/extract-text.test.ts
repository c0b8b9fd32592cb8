// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const { done, table } = marked(parse, "/p/a.mjs");
const ID = "extract-variable";

describe("extract-variable of a part of a text", () => {
  table(ID, "a", [
    ["takes a part", "f('b «c» d');\n", "const a = 'c';\nf(`b ${a} d`);\n"],
    ["takes all of it", "f('«b»', `«»`);\n".replace("«»", ""), "const a = 'b';\nf(a, ``);\n"],
    ["takes blanks", "f('b« c »d');\n", "const a = ' c ';\nf(`b${a}d`);\n"],
    ["takes its beginning", "f('«b» c');\n", "const a = 'b';\nf(`${a} c`);\n"],
    ["takes a part of a template", "f(`${b} «c» ${d}`);\n", 'const a = "c";\nf(`${b} ${a} ${d}`);\n'],
    ["writes the rest for a template", "f('`«b»${\\'');\n", "const a = 'b';\nf(`\\`${a}\\${'`);\n"],
    ["keeps escapes whole", "f('b\\x4«1»');\n", "extract-variable.selection"],
    ["keeps a sign behind its backslash", "f('b\\«n» c');\n", "extract-variable.selection"],
    ["takes escapes", "f('b «\\n»');\n", "const a = '\\n';\nf(`b ${a}`);\n"],
    ["takes no value of a template", "f(`a «${b}» c`);\n", "extract-variable.selection"],
    ["takes a line's end", "f(`b«\n»c`);\n", 'const a = "\\n";\nf(`b${a}c`);\n'],
    ["takes no part of a directive", "'use «strict»';\n", "extract-variable.selection"],
    ["takes no part of what is imported", "import b from './«c»';\n", "extract-variable.selection"],
    ["takes no part of what is loaded", "const b = require('./«c»');\n", "extract-variable.selection"],
    ["takes no part of a key", "f({ 'b «c»': 1 });\n", "extract-variable.selection"],
    ["takes no part of a tagged template", "f`b «c»`;\n", "extract-variable.selection"],
    ["takes none that begins a line", "f()\n'b «c»'.trim()\n", "extract-variable.selection"],
    ["takes no octal number along", "f('\\1 «c»');\n", "extract-variable.selection"],
    [
      "takes it out of a function of one value",
      "f(() => 'b «c»');\n",
      "const a = 'c';\nf(() => `b ${a}`);\n",
    ],
    ["takes it before a branch", "if (b) f('b «c»');\n", "const a = 'c';\nif (b) f(`b ${a}`);\n"],
    ["keeps a name that is there", "f(a, 'b «c»');\n", "name.taken"],
  ]);

  for (const [what, path, text, expected] of [
    ["an attribute", "/p/a.tsx", 'f(<A b="c «d»" />);\n', 'const a = "d";\nf(<A b={`c ${a}`} />);\n'],
    ["an attribute with signs of HTML", "/p/a.tsx", 'f(<A b="&lt; «d»" />);\n', "extract-variable.selection"],
    ["all of an attribute", "/p/a.tsx", 'f(<A b=«"c"» />);\n', 'const a = "c";\nf(<A b={a} />);\n'],
    ["an attribute at the cursor", "/p/a.tsx", 'f(<A b="c«»" />);\n', 'const a = "c";\nf(<A b={a} />);\n'],
    ["a text among elements", "/p/a.tsx", "f(<p>\n  «c»\n</p>);\n", 'const a = "c";\nf(<p>\n  {a}\n</p>);\n'],
    [
      "a part of one, which stays one",
      "/p/a.tsx",
      "f(<p>b «c» <i /></p>);\n",
      'const a = "c";\nf(<p>{`b ${a} `}<i /></p>);\n',
    ],
    ["no text of several lines", "/p/a.tsx", "f(<p>b\n  «c»</p>);\n", "extract-variable.selection"],
    ["no text with signs of HTML", "/p/a.tsx", "f(<p>b&amp;«c»</p>);\n", "extract-variable.selection"],
    [
      "a function of elements",
      "/p/a.tsx",
      "function F() {\n  return <p>«c»</p>;\n}\n",
      'function F() {\n  const a = "c";\n  return <p>{a}</p>;\n}\n',
    ],
    ["a type", "/p/a.ts", 'let b: "c «d»";\n', "extract-variable.selection"],
    ["an enumeration", "/p/a.ts", 'enum A { b = "c «d»" }\n', "extract-variable.selection"],
    ["a text of Python", "/p/a.py", 'f("c «d»")\n', "extract-variable.selection"],
  ] as const)
    it(what, () => assert.equal(done(ID, text, "a", path), expected));

  it("is called by its word", () =>
    assert.equal(done(ID, "f('b «C» d');\n"), "const c = 'C';\nf(`b ${c} d`);\n"));

  it("shows the same, whatever the signs", () => {
    const sign = fc.constantFrom(
      "a",
      "$",
      "{",
      "}",
      "`",
      '"',
      "0",
      "1",
      "\\0",
      "\\n",
      "\\\\",
      "\\'",
      "\\`",
      "\\$",
      "\\x41",
      "\\u{41}",
      "\\u0041",
      "😀",
    );
    const raw = fc.array(sign, { maxLength: 4 }).map((all) => all.join(""));
    fc.assert(
      fc.property(raw, raw, raw, fc.constantFrom("'", "`"), (ahead, part, behind, quote) => {
        const whole = `x = ${quote}${ahead}«${part}»${behind}${quote};\n`;
        const before = whole.replace(/[«»]/g, "");
        const after = done(ID, whole, "made", "/p/a.js");
        // A number behind a backslash makes a template no program.
        if (/^[\w.-]+$/.test(after) || shown(before) === "an error") return;
        assert.equal(shown(after), shown(before), after);
      }),
      { numRuns: 400 },
    );
  });
});

describe("extract-variable at a cursor", () => {
  table(ID, "a", [
    ["takes the function that begins there", "f(«»(b) => b);\n", "const a = (b) => b;\nf(a);\n"],
    ["takes the list that begins there", "f(«»[1, 2]);\n", "const a = [1, 2];\nf(a);\n"],
    ["takes the object that begins there", "f(«»{ b: 1 });\n", "const a = { b: 1 };\nf(a);\n"],
    ["takes a call before its arguments", "g(f«»(1));\n", "const a = f(1);\ng(a);\n"],
    [
      "takes what is returned",
      "function f(b) {\n  re«»turn b + 1;\n}\n",
      "function f(b) {\n  const a = b + 1;\n  return a;\n}\n",
    ],
    ["takes nothing that is not returned", "function f() {\n  re«»turn;\n}\n", "extract-variable.selection"],
  ]);
});

/** What a program gives, or that it is none. */
function shown(program: string): unknown {
  try {
    return runInNewContext(program.replace("x =", "var x =").concat("x;"));
  } catch {
    return "an error";
  }
}
