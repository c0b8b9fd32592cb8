import type { Cases } from "./cases.ts";

const f = (body: string) => `static int *f(int x) {\n${body}\n}\n`;

/** What is found in C. */
export const c: Cases = {
  language: "C",
  path: "a.c",
  counted: [
    ["else and else-if", f("if (a) b(); else if (c) d(); else e();"), [3], [3]],
    ["logical operators, rows of equal ones once", f("if (a && b && !(c || d)) e();"), [5], [3]],
    [
      "loops and jumps",
      f("for (;;) { while (a) { if (b) goto end; } }\ndo c(); while (d);\nend: e();"),
      [5],
      [8],
    ],
    [
      "each case, a switch once",
      f("switch (x) { case 1: case 2: if (a) b(); break; default: c(); }"),
      [4],
      [3],
    ],
    ["choices", f("return a ? b : c;"), [2], [1]],
    ["a call of itself", "int f(int x) { return x ? f(x - 1) : 0; }", [2], [2]],
    ["parts between directives", f("#ifdef A\nif (a) b();\n#else\nif (c) d();\n#endif"), [3], [2]],
  ],
  looked: [
    ["long-function", "one with four lines", f("a();\nb();"), ["f 4"]],
    ["long-function", "one with three", f("a();\n/* why\n */"), []],
    [
      "deep-nesting",
      "three in each other",
      f("for (;;) { if (a) { switch (b) { case 1: c(); } } }"),
      ["switch 3"],
    ],
    ["deep-nesting", "a chain of conditions", f("if (a) b(); else if (c) { if (d) e(); }"), []],
    [
      "long-parameter-list",
      "three parameters",
      "char **f(int a, char *b, int (*c)(int)) { return 0; }",
      ["f 3"],
    ],
    [
      "long-parameter-list",
      "none, or a declaration",
      "int f(void) { return 0; }\nint g(int a, int b, int c);",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if (a && b && c) d();"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if (a && b) d();"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("switch (x) { case 1: a(); case 2: { b(); } case 3: c(); case 4: d(); }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if (a) { if (b) c(); }\nif (d) e();"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if (a) { if (b) c(); }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return a && b || c && !(d || e);"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("return a && b || c && d;"), []],
    ["unreachable-code", "what stands behind a return", f("return 0;\na();"), ["a();"]],
    [
      "unreachable-code",
      "a switch behind a return",
      f("return 0;\nswitch (x) { case 1: a(); }"),
      ["switch (x) { case 1: a(); }"],
    ],
    [
      "unreachable-code",
      "a case within what stands behind",
      f("switch (x) { case 0: return 0; { a(); case 1: b(); } }"),
      [],
    ],
    [
      "unreachable-code",
      "what a label or a case leads to",
      f("switch (x) { case 1: return 0; case 2: goto end; }\nreturn 1;\nend: a();"),
      [],
    ],
    [
      "unreachable-code",
      "what directives leave out",
      f("#ifdef A\nreturn 0;\n#else\na();\n#endif\nb();"),
      [],
    ],
    [
      "unreachable-code",
      "what stands between directives behind a return",
      f("return 0;\n#ifdef A\na();\n#endif"),
      [],
    ],
    [
      "complex-condition",
      "decided before the program runs",
      "#if (defined(A) && B) || (C && !D) || E\nint a;\n#endif\n",
      [],
    ],
    [
      "magic-number",
      "a version that is asked before the program runs",
      "#if A < 2 || (A == 2 && B(65, 66) > 65)\nint a;\n#elif A == 65\nint b;\n#endif\n",
      [],
    ],
    ["magic-number", "an operand", f("if (x > 65 || y * 6.5f < z) a();"), ["65", "6.5f"]],
    [
      "magic-number",
      "bits, and a number with a name",
      f("int y = 65 * x; y = 65 + y;\nchar b[65 * 3];\nif (a == 0x41 || c == 0101 || strlen(s) > 65) d();"),
      [],
    ],
  ],
};
