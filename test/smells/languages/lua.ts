import type { Cases } from "./cases.ts";

const f = (body: string) => `local function f(x)\n${body}\nend\n`;

/** What is found in Lua. */
export const lua: Cases = {
  language: "Lua",
  path: "a.lua",
  counted: [
    ["else and elseif", f("if a then b() elseif c then d() else e() end"), [3], [3]],
    ["a condition within an else", f("if a then b() else if c then d() end end"), [3], [4]],
    ["logical operators, rows of equal ones once", f("return a and b and not (c or d)"), [4], [2]],
    [
      "loops and jumps",
      f(
        "for i = 1, 9 do for k, v in pairs(a) do goto b end end\nwhile c do d() end\nrepeat e() until g\n::b::",
      ),
      [5],
      [6],
    ],
    [
      "functions within by themselves, but deeper in what is around",
      f("g(function(a) if a then b() end end)\nif c then d() end"),
      [2, 2],
      [3],
    ],
    ["a call of itself", f("if x then f(x - 1) end"), [2], [2]],
  ],
  looked: [
    ["long-function", "one with four lines", f("  a()\n  -- why\n\n  b()"), ["f 4"]],
    ["long-function", "one with three", f("  a()\n  -- why"), []],
    ["long-function", "one that a variable holds", "local f = function()\n  a()\n  b()\nend\n", ["f 4"]],
    ["deep-nesting", "three in each other", f("while a do repeat if b then c() end until d end"), ["if 3"]],
    ["deep-nesting", "a chain of conditions", f("if a then b() elseif c then if d then e() end end"), []],
    ["long-parameter-list", "three parameters", "function A.f(a, b, ...) c() end\n", ["A.f 3"]],
    [
      "long-parameter-list",
      "what a callback gets, or the object itself",
      "f(function(a, b, c) d() end)\nfunction A:g(a, b) d() end\nfunction A.h(self, a, b) d() end\n",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if a and b and c then d() end"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if a and b then d() end"), []],
    [
      "cognitive-complexity",
      "over the limit",
      f("if a then if b then c() end end\nif d then e() end"),
      ["f 4"],
    ],
    ["cognitive-complexity", "at the limit", f("if a then if b then c() end end"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return a and b or c and not (d or e)"),
      ["a and b or c and not (d or e) 4"],
    ],
    ["complex-condition", "three", f("return a and b or c and d"), []],
    ["unreachable-code", "what stands behind a block that returns", f("do return end\na()"), ["a()"]],
    ["unreachable-code", "what a label leads to", f("do goto b end\n::b::\na()"), []],
    ["magic-number", "an operand", f("if x > 65 then a(y * 6.5) end"), ["65", "6.5"]],
    [
      "magic-number",
      "a number with a name",
      "local a = 65 * b\nc = { d = 65 * b }\nif #e > 65 then g() end\n",
      [],
    ],
  ],
};
