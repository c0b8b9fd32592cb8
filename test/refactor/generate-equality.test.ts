import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { hasJava, printedByJava } from "./java-programs.ts";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { afterAll } from "./several.ts";

const parse = withParser("javascript", "python", "java");
const ID = "generate-equality";

const EQUALS = (type: string, fields: readonly string[], indent = "    ") =>
  [
    "@Override",
    "public boolean equals(Object other) {",
    "    if (this == other) {",
    "        return true;",
    "    }",
    "    if (other == null || getClass() != other.getClass()) {",
    "        return false;",
    "    }",
    `    ${type} that = (${type}) other;`,
    `    return ${fields.map((it) => `Objects.equals(${it}, that.${it})`).join(" && ")};`,
    "}",
    "",
    "@Override",
    "public int hashCode() {",
    `    return Objects.hash(${fields.join(", ")});`,
    "}",
  ]
    .map((it) => (it === "" ? it : indent + it))
    .join("\n");

const JAVA: readonly Row[] = [
  [
    "a class",
    "java",
    "package p;\n\nimport java.util.List;\nimport java.util.Set;\n\nclass «A» {\n    private final int a, b;\n    static int c;\n    List<String> d;\n}\n",
    `package p;\n\nimport java.util.List;\nimport java.util.Objects;\nimport java.util.Set;\n\nclass A {\n    private final int a, b;\n    static int c;\n    List<String> d;\n\n${EQUALS("A", ["a", "b", "d"])}\n}\n`,
  ],
  [
    "one with parameters of its type",
    "java",
    "import java.util.Objects;\nclass «A»<T, U> {\n    T a;\n    A(T a) { this.a = a; }\n}\n",
    `import java.util.Objects;\nclass A<T, U> {\n    T a;\n    A(T a) { this.a = a; }\n\n${EQUALS("A<?, ?>", ["a"])}\n}\n`,
  ],
  [
    "one where the name is another's",
    "java",
    "class Objects {}\nclass «A» { int a; }\n",
    `class Objects {}\nclass A { int a;\n\n${EQUALS("A", ["a"]).replaceAll("Objects.", "java.util.Objects.")}\n}\n`,
  ],
  [
    "fields that are called as what it needs",
    "java",
    "package p;\nclass «A» {\n    int other, that;\n}\n",
    `package p;\n\nimport java.util.Objects;\nclass A {\n    int other, that;\n\n${EQUALS("A", [
      "other",
      "that",
    ])
      .replace("Object other", "Object object")
      .replace("this == other", "this == object")
      .replace("if (other", "if (object")
      .replace("other.getClass", "object.getClass")
      .replace("A that = (A) other", "A another = (A) object")
      .replace("that.other", "another.other")
      .replace("that.that", "another.that")}\n}\n`,
  ],
];

const NOT_JAVA: readonly Row[] = [
  ["another place", "java", "class A { int «a»; }\n", `${ID}.place`],
  ["a record", "java", "record «A»(int a) {}\n", `${ID}.place`],
  ["no fields", "java", "class «A» { static int a; }\n", `${ID}.fields`],
  ["a list of values", "java", "class «A» { int[] a; }\n", `${ID}.field`],
  ["one that is not kept", "java", "class «A» { transient int a; }\n", `${ID}.field`],
  ["what is there", "java", "class «A» { int a; public int hashCode() { return 1; } }\n", `${ID}.there`],
  ["a class above", "java", "class «A» extends B { int a; }\n", `${ID}.super`],
  ["annotations", "java", "@Data class «A» { int a; }\n", `${ID}.annotation`],
  ["annotations of members", "java", "class «A» { @Id int a; }\n", `${ID}.annotation`],
  ["objects that are made", "java", "class «A» { int a; }\nclass B { Object b = new A(); }\n", `${ID}.used`],
  ["a class below", "java", "class «A» { int a; }\nclass B extends A {}\n", `${ID}.used`],
  [
    "a text that is its name",
    "java",
    'class «A» { int a; }\nclass B { Object b = load("p.A"); }\n',
    `${ID}.used`,
  ],
  [
    "a class that is run",
    "java",
    "class «A» { int a; public static void main(String[] b) { } }\n",
    `${ID}.used`,
  ],
  ["a name of the platform's", "java", "class «A» { int java; }\n", `${ID}.name`],
  ["a name of the language", "java", "class Object {}\nclass «A» { int a; }\n", `${ID}.name`],
];

const PYTHON: readonly Row[] = [
  [
    "a class whose fields stay",
    "py",
    "class «A»:\n    def __init__(self, a: int, b: str) -> None:\n        self.a = a\n        self.b = b\n\n    def c(self):\n        return self.a\n",
    "class A:\n    def __init__(self, a: int, b: str) -> None:\n        self.a = a\n        self.b = b\n\n    def c(self):\n        return self.a\n\n    def __eq__(self, other: object) -> bool:\n        if not isinstance(other, A):\n            return NotImplemented\n        return (self.a, self.b) == (other.a, other.b)\n\n    def __hash__(self) -> int:\n        return hash((self.a, self.b))\n",
  ],
  [
    "one whose field may change",
    "py",
    "class «A»:\n\tdef __init__(self, a):\n\t\tself.a = a\n",
    "class A:\n\tdef __init__(self, a):\n\t\tself.a = a\n\n\tdef __eq__(self, other):\n\t\tif not isinstance(other, A):\n\t\t\treturn NotImplemented\n\t\treturn self.a == other.a\n",
  ],
  [
    "one whose parameter is given another value",
    "py",
    "class «A»:\n    def __init__(self, a: int) -> None:\n        a = [a]\n        self.a = a\n",
    "class A:\n    def __init__(self, a: int) -> None:\n        a = [a]\n        self.a = a\n\n    def __eq__(self, other: object) -> bool:\n        if not isinstance(other, A):\n            return NotImplemented\n        return self.a == other.a\n",
  ],
  [
    "one whose field is given another value",
    "py",
    "class «A»:\n    def __init__(self):\n        self.a = 1\n\n    def up(self):\n        self.a += 1\n",
    "class A:\n    def __init__(self):\n        self.a = 1\n\n    def up(self):\n        self.a += 1\n\n    def __eq__(self, other):\n        if not isinstance(other, A):\n            return NotImplemented\n        return self.a == other.a\n",
  ],
];

const NOT_PYTHON: readonly Row[] = [
  ["another place", "py", "class A:\n    «a»: int\n", `${ID}.place`],
  ["no fields", "py", "class «A»:\n    a: int\n", `${ID}.fields`],
  [
    "fields that come later",
    "py",
    "class «A»:\n    def __init__(self):\n        self.a = 1\n    def b(self):\n        self.b = 1\n",
    `${ID}.fields`,
  ],
  [
    "fields that may be left out",
    "py",
    "class «A»:\n    def __init__(self, a):\n        if not a:\n            return\n        self.a = a\n",
    `${ID}.fields`,
  ],
  [
    "fields that come sometimes",
    "py",
    "class «A»:\n    def __init__(self, a):\n        self.a = a\n        if a:\n            self.b = 1\n",
    `${ID}.fields`,
  ],
  [
    "fields of a pattern",
    "py",
    "class «A»:\n    def __init__(self, a):\n        self.a = 1\n        (self.b, [self.c]) = a\n",
    `${ID}.fields`,
  ],
  ...["self.__dict__.update(a)", "setattr(self, a, 1)", "vars(self)[a] = 1"].map(
    (it): Row => [
      `fields of any name: ${it}`,
      "py",
      `class «A»:\n    def __init__(self, a):\n        self.a = a\n        ${it}\n`,
      `${ID}.fields`,
    ],
  ),
  ...["b[self] = 1", "b.add(self)", "return self in b", "return b == self", "b = self, 1"].map(
    (it): Row => [
      `objects that it may compare: ${it}`,
      "py",
      `class «A»:\n    def __init__(self, a):\n        self.a = a\n    def c(self, b):\n        ${it}\n`,
      `${ID}.used`,
    ],
  ),
  [
    "results that are kept by its objects",
    "py",
    "class «A»:\n    def __init__(self, a):\n        self.a = a\n    @lru_cache\n    def b(self): return 1\n",
    `${ID}.used`,
  ],
  ["decorators", "py", "@dataclass\nclass «A»:\n    a: int\n", `${ID}.decorator`],
  ["a class above", "py", "class «A»(B):\n    def __init__(self):\n        self.a = 1\n", `${ID}.super`],
  [
    "what is there",
    "py",
    "class «A»:\n    def __init__(self):\n        self.a = 1\n    def __hash__(self):\n        return 1\n",
    `${ID}.there`,
  ],
  [
    "objects that are made",
    "py",
    "class «A»:\n    def __init__(self):\n        self.a = 1\nprint(A() == A())\n",
    `${ID}.used`,
  ],
  [
    "a class below",
    "py",
    "class «A»:\n    def __init__(self):\n        self.a = 1\nclass B(A): pass\n",
    `${ID}.used`,
  ],
  [
    "a class that makes its own",
    "py",
    "class «A»:\n    def __init__(self):\n        self.a = 1\n    def b(self):\n        return type(self)()\n",
    `${ID}.used`,
  ],
  [
    "a class in another",
    "py",
    "class B:\n    class «A»:\n        def __init__(self):\n            self.a = 1\n",
    `${ID}.name`,
  ],
  [
    "a name of the language",
    "py",
    "hash = 1\nclass «A»:\n    def __init__(self):\n        self.a = 1\n",
    `${ID}.name`,
  ],
];

describe(ID, () => {
  describe("writes it for", () => rewritten(parse, ID, [...JAVA, ...PYTHON]));
  describe("refuses", () => rewritten(parse, ID, [...NOT_JAVA, ...NOT_PYTHON]));

  for (const [what, other, expected] of [
    ["names it", "class B { A a; }\n", `${ID}.used`],
    ["names it in a text", 'class B { String a = "p.A"; }\n', `${ID}.used`],
    ["names another", "class B { int a; }\n", "done"],
  ] as const)
    it(`in Java, where another file ${what}: ${expected}`, () => {
      const made = afterAll(ID, { "A.java": "class «A» { int a; }\n", "B.java": other }, {}, parse);
      assert.equal(typeof made === "string" ? made : "done", expected);
    });

  it("looks at no other files of Java for what those do not see", () => {
    const text = "class B {\n  private static class A { int a; }\n}\n";
    const at = text.indexOf("A");
    const plan = planned(ID, { file: { path: "/p/B.java", text }, from: at, to: at }, {}, parse);
    assert.equal(plan.kind, "plan");
  });

  it("makes objects of Python equal, and keys", () => {
    const text =
      "class «A»:\n    def __init__(self, a: int, b: str):\n        self.a, c = a, 1\n        self.b = b\n";
    const made = after(parse, ID, "/p/a.py", text.replace("self.a, c = a, 1", "self.a = a"));
    const use = "x, y, z = A(1, 'b'), A(1, 'b'), A(2, 'b')\nprint(x == y, x != z, x == 1, len({x, y, z}))\n";
    assert.equal(printed({ "main.py": made + use }, "main.py"), "True True False 2\n");
  });

  it("says that objects can be keys no longer where fields may change", () => {
    const text = "class A:\n    def __init__(self, a):\n        self.a = a\n";
    const plan = planned(ID, { file: { path: "/p/a.py", text }, from: 6, to: 6, others: [] }, {}, parse);
    assert.match(plan.kind === "plan" ? plan.warnings.join() : "", /can no longer be keys/);
  });

  (hasJava ? it : it.skip)("makes objects of Java equal", () => {
    const text =
      "class «A»<T> { final int a; final double b; T c; A(int a, double b, T c) { this.a = a; this.b = b; this.c = c; } }\n";
    const made = after(parse, ID, "/p/Main.java", text);
    const use =
      'public class Main { public static void main(String[] args) { var x = new A<>(1, 0.5, "c"); var y = new A<>(1, 0.5, "c"); System.out.println(x.equals(y) + " " + (x.hashCode() == y.hashCode()) + " " + x.equals(new A<>(1, 0.5, null)) + " " + x.equals(null)); } }\n';
    assert.deepEqual(printedByJava([made + use]), ["true true false false\n"]);
  });
});
