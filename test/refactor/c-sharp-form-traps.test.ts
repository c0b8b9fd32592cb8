import { type Trap, trapContract } from "./c-sharp-trap.ts";
import { withParser } from "./marked.ts";

const parse = withParser("c-sharp");

/** A class with a method `G` of that result and body, which `Main` calls and prints. */
function method(result: string, body: string): string {
  return `using System;\nusing System.Collections.Generic;\npublic class Program {\n  static ${result} G(int a) {\n${body}\n  }\n  public static void Main() {\n    for (int i = -1; i < 3; i++) Console.WriteLine(G(i));\n  }\n}\n`;
}

const BRANCHES: readonly Trap[] = [
  ["invert-if", "both cases", "int a = Next();\n«if» (a > 1) {\n  P(1);\n} else {\n  P(2);\n}"],
  [
    "invert-if",
    "a number that is none",
    "double a = 0.0 / (Next() - 1);\n«if» (a < 1) {\n  P(1);\n} else {\n  P(2);\n}",
  ],
  [
    "invert-if",
    "a number that is not there",
    "int? a = null;\n«if» (a < 1) {\n  P(1);\n} else {\n  P(2);\n}",
  ],
  [
    "invert-if",
    "what a pattern finds",
    "object o = 1;\n«if» (o is int i) {\n  P(i);\n} else {\n  P(2);\n}",
    "invert-if.place",
  ],
  [
    "invert-if",
    "what is filled",
    'int n;\n«if» (Next() > 0 && int.TryParse("3", out n)) {\n  P(n);\n} else {\n  P(2);\n}',
  ],
  [
    "invert-if",
    "what is filled and named there",
    '«if» (int.TryParse("3", out int n)) {\n  P(n);\n} else {\n  P(2);\n}\nP(n);',
    "invert-if.place",
  ],
  [
    "invert-if",
    "short circuits",
    "string s = null;\n«if» (s == null || s.Length == 0 && Next() > 0) {\n  P(1);\n} else {\n  P(calls);\n}",
  ],
  [
    "invert-if",
    "a chain",
    "int a = 1;\n«if» (a > 1) {\n  P(1);\n} else if (a > 0) {\n  P(2);\n}",
    "invert-if.chain",
  ],
  ["invert-if", "an else without braces", "int a = 1;\n«if» (a > 1) P(1); else P(2);"],
  [
    "invert-if",
    "an else that would be another's",
    "int a = 1;\n«if» (a > 1) { if (a > 2) P(1); } else P(2);",
  ],
  [
    "invert-if",
    "a type that is asked for",
    'object o = "a";\n«if» (o is string) {\n  P(1);\n} else {\n  P(2);\n}',
  ],
  [
    "invert-if",
    "nothing that is asked for",
    "object o = null;\n«if» (!(o == null)) {\n  P(1);\n} else {\n  P(2);\n}",
  ],
  [
    "invert-if",
    "with the rest",
    method(
      "int",
      "    «if» (a > 1) {\n      a++;\n      return a;\n    }\n    int b = a * 2;\n    return b;",
    ),
  ],
  [
    "invert-if",
    "beside a directive",
    "int a = Next();\n«if» (a > 1) {\n  P(1);\n} else {\n#if X\n  P(3);\n#endif\n  P(2);\n}",
    "invert-if.place",
  ],
  ["convert-if-to-guard", "the end of a method", "int a = Next();\n«if» (a > 1) {\n  P(1);\n  P(2);\n}"],
  [
    "convert-if-to-guard",
    "the end of a method with a value",
    method(
      "int",
      "    if (a > 1) {\n      return 1;\n    }\n    «if» (a < 1) {\n      a++;\n    }\n    return a;",
    ),
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "the end of what yields",
    "foreach (int x in Y()) P(x);\n  }\n  static IEnumerable<int> Y() {\n    «if» (Next() > 0) {\n      yield return 1;\n    }",
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "an else that leaves",
    method("int", "    «if» (a > 1) {\n      a++;\n    } else {\n      return 1;\n    }\n    return a;"),
  ],
  [
    "convert-if-to-guard",
    "the end of a lambda",
    "Action r = () => {\n  «if» (Next() > 0) {\n    P(1);\n  }\n};\nr();",
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "the end of a loop",
    "for (int i = 0; i < 3; i++) {\n  «if» (i != 1) {\n    P(i);\n  }\n}",
  ],
  [
    "convert-if-to-guard",
    "the end of a loop over all",
    "foreach (int i in new[] { 1, 2 }) {\n  «if» (i != 1) {\n    P(i);\n  }\n}",
  ],
  [
    "convert-if-to-guard",
    "the end of a loop with its condition behind",
    "int i = 0;\ndo {\n  «if» (i != 1) {\n    P(i);\n  }\n} while (i++ < 3);",
  ],
  [
    "convert-if-to-guard",
    "the end of a setter",
    "new E { A = 3 }.ToString();\n  }\n  class E { int b; public int A { get { return b; } set {\n    «if» (value > 1) {\n      b = value;\n      P(b);\n    }\n  } } ",
  ],
  [
    "convert-if-to-guard",
    "a name that is declared on",
    method(
      "int",
      "    «if» (a > 1) {\n      int b = 2;\n      a += b;\n    } else {\n      return 1;\n    }\n    { int b = 3;\n    return a + b; }",
    ),
    "convert-if-to-guard.names",
  ],
  [
    "convert-if-to-guard",
    "a name that a lambda has behind",
    method(
      "int",
      "    «if» (a > 1) {\n      int b = 2;\n      a += b;\n    } else {\n      return 1;\n    }\n    Func<int, int> f = b => b + 1;\n    return f(a);",
    ),
    "convert-if-to-guard.names",
  ],
  [
    "convert-if-to-guard",
    "a name that a pattern gives",
    method(
      "int",
      "    object o = a;\n    «if» (a > 1) {\n      if (!(o is int b)) return 7;\n      a += b;\n    } else {\n      return 1;\n    }\n    { int b = 3;\n    return a + b; }",
    ),
    "convert-if-to-guard.names",
  ],
  [
    "convert-if-to-ternary",
    "two values",
    method("int", "    «if» (a > 1) {\n      return 1;\n    } else {\n      return a;\n    }"),
  ],
  [
    "convert-if-to-ternary",
    "a type that is asked for",
    method(
      "int",
      "    object o = a;\n    «if» (o is int) {\n      return 1;\n    } else {\n      return a;\n    }",
    ),
  ],
  [
    "convert-if-to-ternary",
    "numbers of two types",
    method("object", "    «if» (a > 1) {\n      return 1;\n    } else {\n      return 2.0;\n    }"),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "constants of a small type",
    method("byte", "    «if» (a > 1) {\n      return 1;\n    } else {\n      return 2;\n    }"),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "a number that may not be there",
    method("int?", "    «if» (a > 1) {\n      return 1;\n    } else {\n      return null;\n    }"),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "a text or nothing",
    method("string", '    «if» (a > 1) {\n      return "a";\n    } else {\n      return null;\n    }'),
  ],
  [
    "convert-if-to-ternary",
    "what is added to a small number",
    "byte b = 1;\n«if» (Next() > 0) {\n  b += 1;\n} else {\n  b += 2;\n}\nP(b);",
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "what may be another type",
    method(
      "object",
      "    «if» (a > 1) {\n      return new List<int>();\n    } else {\n      return new List<long>();\n    }",
    ),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "an element whose place changes",
    "int[] a = { 0, 0 };\nint i = 0;\n«if» (i++ == 0) {\n  a[i] = 1;\n} else {\n  a[i] = 2;\n}\nP(a[0] + a[1] * 10);",
    "convert-if-to-ternary.order",
  ],
  [
    "convert-if-to-ternary",
    "something is thrown",
    method(
      "int",
      "    «if» (a > 1) {\n      return 1;\n    } else {\n      throw new Exception();\n    }",
    ).replace("i < 3", "i < -1"),
    "convert-if-to-ternary.values",
  ],
  ["convert-ternary-to-if", "two numbers", "int a = Next();\nint b = «a > 0 ? 1 : 2»;\nP(b);"],
  [
    "convert-ternary-to-if",
    "numbers of two types",
    "object b = «Next() > 0 ? 1 : 2.0»;\nP(b);",
    "convert-ternary-to-if.type",
  ],
  [
    "convert-ternary-to-if",
    "a constant",
    "const int b = «true ? 1 : 2»;\nbyte c = b;\nP(c);",
    "convert-ternary-to-if.place",
  ],
  ["convert-ternary-to-if", "var", "var b = «Next() > 0 ? 1 : 2»;\nP(b);", "convert-ternary-to-if.place"],
  [
    "convert-ternary-to-if",
    "what a pattern finds",
    "object o = 1;\nint b = «o is int i ? i : 2»;\nP(b);",
    "convert-ternary-to-if.place",
  ],
  [
    "convert-ternary-to-if",
    "what may be thrown",
    "int b = «Next() > 0 ? 1 : throw new Exception()»;\nP(b);",
    "convert-ternary-to-if.place",
  ],
  [
    "convert-ternary-to-if",
    "what is given if nothing is there",
    "int? b = null;\nb ??= «Next() > 0 ? 1 : 2»;\nP(b);".replace("??=", "="),
    "convert-ternary-to-if.type",
  ],
];

const OTHERS: readonly Trap[] = [
  ["split-declaration", "of a method", "int «a» = Next(), c = a + 1;\nP(a + c);"],
  ["split-declaration", "of a class", "P(new E().C);\n  }\n  class E { public int «A» = 1, C = 2; "],
  [
    "split-declaration",
    "of a loop",
    "for (int «i» = 0, j = 1; i < 2; i++) P(i + j);",
    "split-declaration.place",
  ],
  ["split-declaration", "constants", "const byte «a» = 1, b = a;\nP(a + b);"],
  ["merge-declarations", "one that uses another", "«int a = Next();\nint b = a + 1;»\nP(a + b);"],
  [
    "merge-declarations",
    "of two types",
    "«int a = Next();\nlong b = a + 1;»\nP(a + b);",
    "merge-declarations.kind",
  ],
  ["merge-declarations", "var", "«var a = Next();\nvar b = a + 1;»\nP(a + b);", "merge-declarations.place"],
  [
    "merge-declarations",
    "with attributes",
    "P(new E().C);\n  }\n  class E { «[NonSerialized] public int A = 1;\n public int C = 2;» ",
    "merge-declarations.place",
  ],
  ["remove-unused", "a pure value", "int «a» = 1 + 2;\nP(1);"],
  ["remove-unused", "what does something", "int «a» = Next();\nP(calls);", "remove-unused.effect"],
  ["remove-unused", "what fails", "int b = 0;\nint «a» = 1 / b;\nP(1);", "remove-unused.effect"],
  [
    "remove-unused",
    "what may overflow",
    "int b = int.MaxValue;\ntry { checked {\nint «a» = b + 1;\nP(1);\n} } catch (OverflowException) { P(2); }",
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "a member of nothing",
    "string s = null;\ntry {\nint «a» = s.Length;\nP(1);\n} catch (NullReferenceException) { P(2); }",
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "what is unwrapped",
    "int? s = null;\ntry {\nint «a» = (int)s;\nP(1);\n} catch (InvalidOperationException) { P(2); }",
    "remove-unused.effect",
  ],
  ["remove-unused", "what is only written", "int «a»;\na = Next();\nP(calls);", "remove-unused.place"],
  [
    "remove-unused",
    "what is closed",
    'using (var «a» = new System.IO.StringReader("a")) P(1);',
    "remove-unused.form",
  ],
  ["remove-unused", "what is filled", 'int.TryParse("1", out var «a»);\nP(1);', "remove-unused.form"],
  ["remove-unused", "one of several", "int «a» = 1, b = 2;\nP(b);"],
  ["remove-unused", "a field", "P(new E());\n  }\n  class E { int «a» = 1; ", "remove-unused.form"],
  [
    "sort-imports",
    "of all kinds",
    'using static System.Math;\n«»using D = System.Double;\nusing System.Collections.Generic;\nusing System;\npublic class Program {\n  public static void Main() {\n    Console.WriteLine(Max(1, 2) + new List<int>().Count + D.Parse("1"));\n  }\n}',
  ],
  [
    "sort-imports",
    "of a namespace",
    "namespace N {\nusing System.Linq;\n«»using System;\nclass X { }\n}\npublic class Program {\n  public static void Main() {\n    System.Console.WriteLine(1);\n  }\n}",
  ],
  ["wrap-with-try", "what may be thrown", '«P(int.Parse("1"));\nP(1);»'],
  ["wrap-with-try", "what is thrown", '«P(int.Parse("a"));»\nP(1);'],
  ["wrap-with-try", "a value that is given", "int a;\n«a = Next();»\nP(a);"],
  ["wrap-with-try", "what is used behind it", "«int a = Next();»\nP(a);", "wrap-with-try.names"],
  [
    "wrap-with-try",
    "what is filled and used behind it",
    '«int.TryParse("1", out var a);»\nP(a);',
    "wrap-with-try.names",
  ],
  ["wrap-with-try", "a return", method("int", "    «if (a > 1) {\n      return 1;\n    }\n    return a;»")],
  [
    "wrap-with-try",
    "a yield",
    "foreach (int x in Y()) P(x);\n  }\n  static IEnumerable<int> Y() {\n    «yield return 1;»",
    "wrap-with-try.statement",
  ],
  [
    "wrap-with-try",
    "without using System",
    "public class Program {\n  public static void Main() {\n    «System.Console.WriteLine(1);»\n  }\n}",
  ],
  [
    "wrap-with-try",
    "a label that is jumped to",
    "int i = 0;\n«again: i++;»\nif (i < 3) goto again;\nP(i);",
    "wrap-with-try.names",
  ],
];

trapContract("branches change places", BRANCHES, parse);
trapContract("forms are changed", OTHERS, parse);
