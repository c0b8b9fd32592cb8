import type { Cases } from "./cases.ts";

const f = (body: string) => `f() {\n${body}\n}\n`;

/** What is found in Bash. */
export const bash: Cases = {
  language: "Bash",
  path: "a.sh",
  counted: [
    ["else and elif", f("if a; then b; elif c; then d; else e; fi"), [3], [3]],
    [
      "conditions within conditions",
      f("if a; then if b; then c; fi; else if d; then e; fi; g; fi"),
      [4],
      [6],
    ],
    [
      "logical operators, rows of equal ones once",
      f("if [ a ] && [[ b && c || d ]]; then e; fi\ng || return"),
      [6],
      [5],
    ],
    [
      "loops",
      f("for a in b; do while c; do d; done < e; done\nuntil g; do h; done\nfor ((;;)); do i; done"),
      [5],
      [5],
    ],
    [
      "each case but the last resort, a case once",
      f('case "$1" in a|b) if c; then d; fi ;; e) g ;; *) h ;; esac'),
      [4],
      [3],
    ],
    ["a call of itself", f("if a; then f b; fi"), [2], [2]],
  ],
  looked: [
    ["long-function", "one with four lines", f("  a\n  b"), ["f 4"]],
    ["long-function", "one with three", f("  a\n  # why"), []],
    [
      "deep-nesting",
      "three in each other",
      f("for a in b; do if c; then while d; do e; done; fi; done"),
      ["while 3"],
    ],
    ["deep-nesting", "a chain of conditions", f("if a; then b; elif c; then if d; then e; fi; fi"), []],
    ["cyclomatic-complexity", "over the limit", f("if a && b && c; then d; fi"), ["f 4"]],
    [
      "cyclomatic-complexity",
      "what is just a large case",
      f("case $x in a) b;; c) d;; e) g;; h) i;; esac"),
      [],
    ],
    ["cyclomatic-complexity", "at the limit", f("if a && b; then d; fi"), []],
    [
      "cognitive-complexity",
      "over the limit",
      f("if a; then if b; then c; fi; fi\nif d; then e; fi"),
      ["f 4"],
    ],
    ["cognitive-complexity", "at the limit", f("if a; then if b; then c; fi; fi"), []],
    [
      "complex-condition",
      "four operators, mixed",
      "[[ a && b || c && ! ( d || e ) ]]\n",
      ["a && b || c && ! ( d || e ) 4"],
    ],
    ["complex-condition", "three", "[[ a && b || c && d ]]\n", []],
    [
      "unreachable-code",
      "what stands behind an exit, or a return of a function",
      f("return 1\na").concat("exit\nb\n"),
      ["a", "b"],
    ],
    ["unreachable-code", "what stands behind an exit that may not be", "a || exit 1\nexit 1 &\nb\n", []],
    ["unreachable-code", "what stands behind a return or break of nothing", "return 0\na\nbreak\nb\n", []],
    [
      "unreachable-code",
      "the other way of a condition",
      "if a; then exit 1; elif b; then exit; else c; fi\n",
      [],
    ],
    [
      "unreachable-code",
      "what stands behind an exit in a condition",
      "if a; then\n exit 1\n b\nelse\n c\nfi\n",
      ["b"],
    ],
    ["complex-condition", "a row of commands", "a && b || c && d || e\n", []],
    [
      "complex-condition",
      "a row of commands that a condition asks",
      "if a && b || c && d || e; then f; fi\n",
      ["a && b || c && d || e 4"],
    ],
    ["unreachable-code", "functions, which are not called there", "exit 0\na() { b; }\n", []],
    ["magic-number", "an operand", 'if [ "$a" -gt 65 ] || (( b > 17 * e )); then d; fi\n', ["65", "17"]],
    ["magic-number", "a text that looks like one", 'if [ "$a" != 65 ] || [[ $b == 8.2 ]]; then c; fi\n', []],
    [
      "magic-number",
      "a number with a name, of parameters, or what a command told",
      "a=$(( 65 * b ))\nif [ $# -gt 65 ] || [ $? -eq 127 ]; then c; fi\n",
      [],
    ],
  ],
};
