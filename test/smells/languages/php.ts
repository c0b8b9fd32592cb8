import type { Cases } from "./cases.ts";

const f = (body: string) => `<?php\nfunction f($x) {\n${body}\n}\n`;

/** What is found in PHP. */
export const php: Cases = {
  language: "PHP",
  path: "a.php",
  counted: [
    [
      "else and both ways to write else-if",
      f("if ($a) { b(); } elseif ($c) { d(); } else if ($e) { g(); } else { h(); }"),
      [4],
      [4],
    ],
    ["the form with colons", f("if ($a): b(); elseif ($c): d(); else: e(); endif;"), [3], [3]],
    ["logical operators, as words too", f("if ($a && $b and !($c or $d)) { e(); }"), [5], [4]],
    [
      "loops",
      f("foreach ($a as $b) { while ($c) { if ($d) { e(); } } }\nfor (;;) {}\ndo { g(); } while ($h);"),
      [6],
      [8],
    ],
    [
      "each case, a switch once",
      f("switch ($x) { case 1: case 2: if ($a) { b(); } break; default: c(); }"),
      [4],
      [3],
    ],
    ["a match like a switch", f("return match($x) { 1, 2 => a(), 3 => b(), default => c() };"), [3], [1]],
    ["catches, not tries", f("try { a(); } catch (E $e) { if ($b) { c(); } } finally { d(); }"), [3], [3]],
    ["choices", f("return $a ? $b : $c;"), [2], [1]],
    [
      "functions within by themselves, but deeper in what is around",
      f("g(function () { if ($a) { b(); } }, fn($c) => $c ? 1 : 2);\nif ($d) { e(); }"),
      [2, 2, 2],
      [5],
    ],
    ["a call of itself", f("return $x ? f($x - 1) : 0;"), [2], [2]],
  ],
  looked: [
    ["long-function", "one with four lines", f("a();\nb();"), ["f 4"]],
    ["long-function", "one with three", f("a();\n# why"), []],
    [
      "deep-nesting",
      "three in each other",
      f("try { foreach ($a as $b) { if ($c) { d(); } } } finally { e(); }"),
      ["if 3"],
    ],
    ["deep-nesting", "a chain of conditions", f("if ($a) { b(); } else if ($c) { if ($d) { e(); } }"), []],
    [
      "long-parameter-list",
      "three parameters",
      "<?php\nclass A { public function f(int $a, $b = 1, ...$c) {} }\n",
      ["f 3"],
    ],
    [
      "long-parameter-list",
      "what declares members, or a callback gets",
      "<?php\nclass A { function __construct(private int $a, private int $b, $c) { g(function ($a, $b, $c) {}); } }\n",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if ($a && $b && $c) { d(); }"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if ($a && $b) { d(); }"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("switch ($x) { case 1: a(); case 2: b(); case 3: c(); case 4: d(); }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if ($a) { if ($b) { c(); } }\nif ($d) { e(); }"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if ($a) { if ($b) { c(); } }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return $a && $b || $c && !($d || $e);"),
      ["$a && $b || $c && !($d || $e) 4"],
    ],
    ["complex-condition", "three", f("return $a && $b || $c && $d;"), []],
    ["unreachable-code", "what stands behind a return", f("return;\na();"), ["a();"]],
    [
      "unreachable-code",
      "what stands behind a condition that may not leave",
      f("if ($a) { return 1; }\nb();"),
      [],
    ],
    [
      "unreachable-code",
      "a function, or what a label leads to",
      f("goto end;\nend: a();\nreturn 1;\nfunction b() {}"),
      [],
    ],
    ["unreachable-code", "a yield that makes a generator", f("return;\nyield 1;"), []],
    ["magic-number", "an operand", f("if ($x > 65 || $y * 6.5 < $z) { a(); }"), ["65", "6.5"]],
    [
      "magic-number",
      "a number with a name",
      "<?php\nconst A = 65 * 3;\n$y = 65 * $x;\nclass B { public $c = 65 * 3; }\n$d = ['e' => 65 * $x, 'f' => count($g) > 65];\n",
      [],
    ],
    [
      "large-class",
      "one with three methods",
      "<?php\nclass A { function a() {} public static function b() {} private function c() {} }\n",
      ["A 3"],
    ],
    [
      "large-class",
      "one with accessors and tests",
      "<?php\nclass A { function a() {} function b() {} function getC() { return $this->c; } function testD() { e(); } }\n",
      [],
    ],
    [
      "feature-envy",
      "a method about another object's data",
      "<?php\nclass A { function f($b) { $b->save(); return $b->x + $b->y + $b->z + $this->k; } }\n",
      ["f 3"],
    ],
    [
      "feature-envy",
      "one that is as much about its own",
      "<?php\nclass A { function f($b) { $b->save(); return $b->x + $b->y + $b->z + $this->x + $this->y; } }\n",
      [],
    ],
    [
      "feature-envy",
      "a local variable's",
      "<?php\nclass A { function f() { $b = g(); $b->save(); return $b->x + $b->y + $b->z; } }\n",
      [],
    ],
  ],
};
