import { type Trap, trapContract } from "./c-sharp-trap.ts";
import { withParser } from "./marked.ts";

const parse = withParser("c-sharp");

/** A class with a method `G` of that result, which `Main` calls and prints; what else stands in the class. */
function method(result: string, body: string, members = ""): string {
  return `using System;\nusing System.Collections.Generic;\npublic class Program {\n  static ${result} G(int a) {\n${body}\n  }\n  ${members}\n  public static void Main() {\n    for (int i = -1; i < 3; i++) try { Console.WriteLine(G(i)); } catch (Exception it) { Console.WriteLine(it.Message); }\n  }\n}\n`;
}

const EXTRACTED: readonly Trap[] = [
  [
    "extract-function X",
    "a loop without end",
    method("int", '    int b = 0;\n    «while (true) { if (b++ > a) throw new Exception("c" + b); }»'),
    "extract-function.endless",
  ],
  [
    "extract-function X",
    "a loop that is left",
    method("int", "    int b = 0;\n    «while (true) { if (b++ > a) break; }»\n    return b;"),
  ],
  ["extract-function X", "one value behind it", "int a = 1; «int b = a + 1; a = b * 2;» P(a);"],
  [
    "extract-function X",
    "two values behind it",
    "int a = 1; «int b = a + 1; a = b * 2;» P(a + b);",
    "extract-function.outputs",
  ],
  ["extract-function X", "a value only perhaps given", "int a = 1; «if (Next() == 1) a = 2;» P(a);"],
  ["extract-function X", "a value given anew", "int a; «a = Next(); P(a);» P(a);"],
  ["extract-function X", "in a loop", "int a = 0; for (int i = 0; i < 3; i++) { «a += i; P(i);» } P(a);"],
  [
    "extract-function X",
    "in a loop over all",
    "int a = 0; foreach (int i in new[] { 1, 2 }) { «a += i; P(i);» } P(a);",
  ],
  [
    "extract-function X",
    "a loop that is gone on with",
    "for (int i = 0; i < 3; i++) { «if (i == 1) continue;» P(i); }",
    "extract-function.jump",
  ],
  [
    "extract-function X",
    "a loop over all that is ended",
    "foreach (int i in new[] { 1, 2 }) { «if (i == 1) break;» P(i); }",
    "extract-function.jump",
  ],
  [
    "extract-function X",
    "a loop over all of its own",
    "«foreach (int i in new[] { 1, 2 }) { if (i == 1) continue; P(i); }»",
  ],
  [
    "extract-function X",
    "a switch of its own",
    "int a = 1; «switch (a) { case 1: P(1); break; default: P(2); break; }»",
  ],
  [
    "extract-function X",
    "a switch around it",
    "int a = 1; switch (a) { case 1: { «P(1); break;» } default: P(2); break; }",
    "extract-function.jump",
  ],
  [
    "extract-function X",
    "a jump to another case",
    "int a = 1; switch (a) { case 1: { «P(1); goto case 2;» } case 2: P(2); break; }",
    "extract-function.bound",
  ],
  [
    "extract-function X",
    "where a label is",
    "int i = 0; again: P(i); «i++;» if (i < 3) goto again;",
    "extract-function.jump",
  ],
  ["extract-function X", "a return, or not", "«if (Next() == 2) return;» P(1);", "extract-function.return"],
  [
    "extract-function X",
    "a return in all cases",
    method("int", "    «if (a == 0) return 1; else return 2;»"),
  ],
  [
    "extract-function X",
    "what always fails",
    method("int", '    if (a > 0) { «throw new Exception("a" + a);» }\n    return a;'),
  ],
  [
    "extract-function X",
    "what is thrown again",
    method(
      "int",
      '    try { throw new Exception("b"); } catch (Exception) { «Console.WriteLine(1); throw;» }',
    ),
    "extract-function.bound",
  ],
  [
    "extract-function X",
    "what is caught and thrown again in it",
    method(
      "int",
      '    «try { throw new Exception("b"); } catch (Exception) { Console.WriteLine(1); throw; }»',
    ),
    "extract-function.endless",
  ],
  [
    "extract-function X",
    "a value that is lost by failing",
    'int a = 1; try { «a = 2; int.Parse("x");» } catch (FormatException) { P(a); }',
    "extract-function.try",
  ],
  ["extract-function X", "in a lambda", "int a = 1; Action f = () => { «P(a); P(2);» }; f();"],
  [
    "extract-function X",
    "in a lambda, of what changes",
    "int a = 1; Action f = () => { «P(a); P(2);» }; a = 3; f();",
    "extract-function.shared",
  ],
  [
    "extract-function X",
    "a lambda that is made of what changes",
    "int a = 1; «Action f = () => P(a);» a = 3; f();",
    "extract-function.shared",
  ],
  [
    "extract-function X",
    "a lambda that is made of a loop's variable",
    "var l = new List<Action>(); for (int i = 0; i < 3; i++) { «Action f = () => P(i); f();» l.Add(f); } foreach (Action g in l) g();",
    "extract-function.shared",
  ],
  [
    "extract-function X",
    "a lambda that changes a variable",
    "int a = 1; «Action f = () => a++;» f(); P(a);",
    "extract-function.shared",
  ],
  [
    "extract-function X",
    "in a query",
    "var q = from x in new[] { 1, 2 } select «x + 1»; foreach (int x in q) P(x);",
    "extract-function.home",
  ],
  ["extract-function X", "an expression", "int a = 3; P(«a + 1» > 2);"],
  [
    "extract-function X",
    "an expression of a type that is not written",
    "var a = new[] { 3 }.Select(x => x); P(«a.Count()»);",
    "extract-function.type",
  ],
  ["extract-function X", "a constant", "P(«2 * 3»);", "extract-function.constant"],
  [
    "extract-function X",
    "what uses a constant",
    "const int a = 5; «byte b = a; P(b);»",
    "extract-function.constant",
  ],
  [
    "extract-function X",
    "a struct that changes",
    "S s = new S(); «s.Up();» P(s.A);",
    "extract-function.struct",
  ],
  [
    "extract-function X",
    "a struct whose member is given",
    "S s = new S(); «s.A = 4;» P(s.A);",
    "extract-function.struct",
  ],
  [
    "extract-function X",
    "a struct that changes in a loop",
    "S s = new S(); for (int i = 0; i < 2; i++) { «s.Up(); P(s.A);» }",
    "extract-function.struct",
  ],
  ["extract-function X", "a struct that is used no more", "S s = new S(); «s.Up(); P(s.A);»"],
  ["extract-function X", "an object that changes", "C s = new C(); «s.Up(); s.B.Up();» P(s.A + s.B.A);"],
  ["extract-function X", "what is handed on itself", "int a = 1; «R(ref a);» P(a);"],
  [
    "extract-function X",
    "a variable of who calls",
    "int x = 1; Y(ref x); P(x);\n  }\n  static void Y(ref int a) {\n    «a = 2; P(a);» ",
    "extract-function.ref",
  ],
  [
    "extract-function X",
    "what an argument names and is used behind",
    '«int.TryParse("3", out int a);» P(a);',
    "extract-function.unset",
  ],
  [
    "extract-function X",
    "what a pattern names and is used behind",
    "object o = 3; «if (!(o is int i)) throw new Exception();» P(i);",
    "extract-function.unset",
  ],
  ["extract-function X", "what a pattern names in it", "object o = 3; «if (o is int i) P(i);» P(2);"],
  [
    "extract-function X",
    "what is counted",
    "int a = int.MaxValue; try { checked { «a++; P(a);» } } catch (OverflowException) { P(2); }",
    "extract-function.checked",
  ],
  [
    "extract-function X",
    "what is counted in it",
    "int a = int.MaxValue; try { «checked { a++; P(a); }» } catch (OverflowException) { P(2); }",
    "extract-function.try",
  ],
  [
    "extract-function X",
    "what yields",
    "foreach (int x in Y()) P(x);\n  }\n  static IEnumerable<int> Y() {\n    «yield return 1;» ",
    "extract-function.bound",
  ],
  [
    "extract-function X",
    "beside what yields",
    "foreach (int x in Y()) P(x);\n  }\n  static IEnumerable<int> Y() {\n    «P(7); P(8);» yield return 1; ",
  ],
  [
    "extract-function X",
    "what fails beside what yields",
    "try { foreach (int x in Y()) P(x); } catch (Exception) { P(3); }\n  }\n  static IEnumerable<int> Y() {\n    yield return 1; if (Next() > 0) { «throw new Exception();» } ",
    "extract-function.return",
  ],
  [
    "extract-function X",
    "a type parameter",
    "P(Y<int>(3));\n  }\n  static T Y<T>(T a) {\n    «T b = a;» return b; ",
    "extract-function.type",
  ],
  [
    "extract-function X",
    "a field in a constructor",
    "P(new E().A);\n  }\n  class E { public readonly int A; public E() {\n    «A = 3;» } ",
    "extract-function.constructor",
  ],
  [
    "extract-function X",
    "beside a field in a constructor",
    "P(new E().A);\n  }\n  class E { public readonly int A; public E() {\n    «int b = Next(); P(b);» A = 3; } ",
  ],
  [
    "extract-function X",
    "in a struct's constructor",
    "P(new E(1).A);\n  }\n  struct E { public int A; public E(int a) {\n    «P(a); P(2);» A = 3; } ",
    "extract-function.constructor",
  ],
  [
    "extract-function X",
    "of a struct itself",
    "E e = new E(); e.F(); P(e.A);\n  }\n  struct E { public int A; public void F() {\n    «A = 3; A++;» P(A); } ",
  ],
  [
    "extract-function X",
    "in a property",
    "P(B);\n  }\n  static int B { get { «P(1); P(2);» return 3; } } static void Z() { ",
    "extract-function.home",
  ],
  [
    "extract-function X",
    "what is unsafe",
    "int a = 3; unsafe { int* p = &a; «*p = 4;» } P(a);",
    "extract-function.unsafe",
  ],
  [
    "extract-function X",
    "between directives",
    "int a = 3;\n#if true\n    «P(a);»\n#endif\n",
    "extract-function.directive",
  ],
  ["extract-function P", "beside one of its name", "int a = 1; «Next(); Next();» P(a);", "name.taken"],
  ["extract-function X", "a text of its own", 'string s = "a"; «s += "b"; P(s.Length);» P(s);'],
];

trapContract("methods are extracted", EXTRACTED, parse);
