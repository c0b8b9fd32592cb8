import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "wrap-with-try";

const ROWS: readonly Row[] = [
  [
    "statements",
    "ts",
    "function f() {\r\n\t«// a\r\n\ta(`\r\n`);\r\n\treturn b;»\r\n}\r\n",
    "function f() {\r\n\ttry {\r\n\t\t// a\r\n\t\ta(`\r\n`);\r\n\t\treturn b;\r\n\t} catch (error) {\r\n\t\tthrow error;\r\n\t}\r\n}\r\n",
  ],
  [
    "no semicolons",
    "js",
    "import 'a'\n«b()»\n",
    "import 'a'\ntry {\n  b()\n} catch (error) {\n  throw error\n}\n",
  ],
  ["a name that is used behind", "ts", "«const a = b();»\nc(a);\n", `${ID}.names`],
  [
    "a name that is used there",
    "ts",
    "«const a = b();\nc(a);»\nd();\n",
    "try {\n  const a = b();\n  c(a);\n} catch (error) {\n  throw error;\n}\nd();\n",
  ],
  [
    "a name of each function",
    "ts",
    "«var a = b();»\nc(a);\n",
    "try {\n  var a = b();\n} catch (error) {\n  throw error;\n}\nc(a);\n",
  ],
  ["an import", "ts", "«import 'a';»\n", `${ID}.statement`],
  ["an export", "ts", "«export const a = b();»\n", `${ID}.statement`],
  [
    "what makes the object",
    "js",
    "class A extends B { constructor() {\n«super();»\n} }\n",
    `${ID}.statement`,
  ],
  ["a directive", "js", "«'use strict';»\nb();\n", `${ID}.statement`],
  ["a function", "js", "«function f() {}»\n", `${ID}.statement`],
  ["an expression", "js", "f(«a»);\n", `${ID}.selection`],
  ["a line with more", "js", "«a();» b();\n", `${ID}.lines`],
  [
    "Python",
    "py",
    'def f():\n    «a("""\nx""")\n    # b\n    return b»\n',
    'def f():\n    try:\n        a("""\nx""")\n        # b\n        return b\n    except Exception:\n        raise\n',
  ],
  ["documentation", "py", 'def f():\n    «"""f"""»\n    a()\n', `${ID}.statement`],
  ["the future", "py", "«from __future__ import annotations»\n", `${ID}.statement`],
];

const PROGRAMS: readonly Program[] = [
  [
    "mjs",
    "what fails",
    "function f() {\n  «console.log(1);\n  throw new TypeError('x');»\n}\ntry { f(); } catch (e) { console.log(e.name, e.message); }\n",
  ],
  [
    "mjs",
    "a loop that is left",
    "for (const a of [1, 2, 3]) {\n  «if (a === 2) continue;\n  console.log(a);»\n}\n",
  ],
  [
    "mjs",
    "a generator that is ended",
    "function* f() {\n  «yield 1;\n  yield 2;»\n}\nconst g = f();\nconsole.log(g.next(), g.return(5), g.next());\n",
  ],
  ["mjs", "a name of what is around", "const error = 1;\n«console.log(error);»\n"],
  [
    "py",
    "what fails",
    "def f():\n    «print(1)\n    raise KeyError('x')»\ntry:\n    f()\nexcept KeyError as e:\n    print(repr(e), e.__context__)\n",
  ],
  [
    "py",
    "what is no failure of programs",
    "def f():\n    «raise SystemExit(3)»\ntry:\n    f()\nexcept SystemExit as e:\n    print(e.code)\n",
  ],
];

describe(ID, () => {
  describe("puts statements into it", () => rewritten(parse, ID, ROWS));
  describe("programs", () => reran(parse, ID, PROGRAMS));

  it("names the failure as it is told", () => {
    const [js, py] = [
      after(parse, ID, "/p/a.mjs", "«a();»\n", { name: "reason" }),
      after(parse, ID, "/p/a.py", "«a()»\n", { name: "reason" }),
    ];
    assert.equal(js, "try {\n  a();\n} catch (reason) {\n  throw reason;\n}\n");
    assert.equal(py, "try:\n    a()\nexcept Exception as reason:\n    raise\n");
    assert.equal(
      after(parse, ID, "/p/a.py", "reason = 1\n«a()»\nb(reason)\n", { name: "reason" }),
      "name.taken",
    );
    assert.equal(after(parse, ID, "/p/a.py", "«a()»\n", { name: "if" }), "name.invalid");
  });
});
