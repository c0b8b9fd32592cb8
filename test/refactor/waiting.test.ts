import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript");
const [TO, BACK] = ["convert-promise-to-async", "convert-async-to-promise"];
const P = "const p = async (a) => { if (a < 0) throw new Error('less'); return a; };\n";

/** Functions that hand on functions, and the same that wait. */
const BOTH: readonly (readonly [string, string, string, string])[] = [
  [
    "one step",
    "js",
    `${P}«»function f(a) {\n  return p(a).then((x) => x + 1);\n}\n`,
    `${P}«»async function f(a) {\n  const x = await p(a);\n  return x + 1;\n}\n`,
  ],
  [
    "several steps and a failure",
    "js",
    `${P}«»function f(a) {\n  return p(a)\n    .then((x) => p(x + 1))\n    .then((y) => {\n      if (y > 3) return 3;\n      return y;\n    });\n}\n`,
    `${P}«»async function f(a) {\n  const x = await p(a);\n  const y = await p(x + 1);\n  if (y > 3) return 3;\n  return y;\n}\n`,
  ],
  [
    "what is caught",
    "js",
    `${P}«»function f(a) {\n  return p(a)\n    .then((x) => p(x))\n    .catch((e) => {\n      console.log(e.message);\n      return 0;\n    });\n}\n`,
    `${P}«»async function f(a) {\n  try {\n    const x = await p(a);\n    return await p(x);\n  } catch (e) {\n    console.log(e.message);\n    return 0;\n  }\n}\n`,
  ],
  [
    "nothing that is given",
    "ts",
    "const f = «»(): Promise<void> => {\n  const at = 1;\n  return fetch('/a', { at }).then(() => {\n    done();\n  });\n};\n",
    "const f = «»async (): Promise<void> => {\n  const at = 1;\n  await fetch('/a', { at });\n  done();\n};\n",
  ],
  [
    "a method, and a pattern",
    "ts",
    "class A {\n  static «»f(a: Promise<P>): Promise<P> {\n    return a.then(({ b, c }: P) => g(b, c));\n  }\n}\n",
    "class A {\n  static async «»f(a: Promise<P>): Promise<P> {\n    const { b, c }: P = await a;\n    return g(b, c);\n  }\n}\n",
  ],
];

const ALSO: readonly Row[] = [
  [
    "a value alone",
    "js",
    `${P}const f = «»(a) => p(a).then((x) => x * 2);\n`,
    `${P}const f = async (a) => {\n  const x = await p(a);\n  return x * 2;\n};\n`,
  ],
  [
    "a failure alone",
    "js",
    `${P}const f = «»(a) => p(a).catch(() => {});\n`,
    `${P}const f = async (a) => {\n  try {\n    return await p(a);\n  } catch {}\n};\n`,
  ],
  [
    "a type for what is caught",
    "ts",
    "const f = «»() => fetch('a').catch((e) => e.message);\n",
    "const f = async () => {\n  try {\n    return await fetch('a');\n  } catch (e: " +
      "any) {\n    return e.message;\n  }\n};\n",
  ],
  [
    "a method in an object",
    "js",
    `${P}const o = {\n  «»f(a) {\n    return p(a).then((x) => x);\n  },\n};\n`,
    `${P}const o = {\n  async f(a) {\n    const x = await p(a);\n    return x;\n  },\n};\n`,
  ],
  [
    "a sum to wait for",
    "js",
    `${P}const f = «»(a) => p(a).then((x) => x + 1).then((y) => y);\n`,
    `${P}const f = async (a) => {\n  const x = await p(a);\n  const y = await (x + 1);\n  return y;\n};\n`,
  ],
];

const REFUSED: readonly Row[] = [
  ["what is no promise for certain", "js", "const f = «»(a) => g(a).then((x) => x);\n", `${TO}.promise`],
  ["a method's promise", "js", "const f = «»(a) => a.g().then((x) => x);\n", `${TO}.promise`],
  [
    "a function of the file that may fail first",
    "ts",
    "function g(): Promise<P> {\n  check();\n  return q;\n}\nconst f = «»() => g().then((x) => x);\n",
    `${TO}.promise`,
  ],
  [
    "arguments that may fail first",
    "js",
    `${P}const f = «»(a) => p(g(a)).then((x) => x);\n`,
    `${TO}.promise`,
  ],
  [
    "an own Promise",
    "js",
    "class Promise {}\nconst f = «»(a) => Promise.resolve(a).then((x) => x);\n",
    `${TO}.promise`,
  ],
  ["two functions", "js", `${P}const f = «»(a) => p(a).then((x) => x, (e) => 0);\n`, `${TO}.chain`],
  ["finally", "js", `${P}const f = «»(a) => p(a).then((x) => x).finally(() => g());\n`, `${TO}.chain`],
  [
    "what goes on after a failure",
    "js",
    `${P}const f = «»(a) => p(a).catch(() => 1).then((x) => x);\n`,
    `${TO}.chain`,
  ],
  ["a function by name", "js", `${P}const f = «»(a) => p(a).then(g);\n`, `${TO}.chain`],
  [
    "a check before",
    "js",
    `${P}function f«»(a) {\n  if (!a) throw new Error('none');\n  return p(a).then((x) => x);\n}\n`,
    `${TO}.before`,
  ],
  [
    "a parameter that may fail",
    "js",
    `${P}function f«»({ a }) {\n  return p(a).then((x) => x);\n}\n`,
    `${TO}.parameters`,
  ],
  [
    "a default that may fail",
    "js",
    `${P}function f«»(a = g()) {\n  return p(a).then((x) => x);\n}\n`,
    `${TO}.parameters`,
  ],
  [
    "a type of another kind",
    "ts",
    "function f«»(a: Promise<P>): PromiseLike<P> {\n  return a.then((x) => x);\n}\n",
    `${TO}.type`,
  ],
  [
    "a this of its own",
    "js",
    `${P}function f«»(a) {\n  return p(a).then(function (x) { return this; });\n}\n`,
    `${TO}.this`,
  ],
  ["a name that is taken", "js", `${P}const f = «»(x) => p(x).then((x) => x);\n`, `${TO}.taken`],
  ["a name from outside", "js", `${P}let y = 2;\nconst f = «»(a) => p(y).then((y) => y);\n`, `${TO}.taken`],
  [
    "several ends where failures are caught",
    "js",
    `${P}const f = «»(a) => p(a).then((x) => {\n  if (x) return 1;\n  return p(-1);\n}).catch(() => 0);\n`,
    `${TO}.returns`,
  ],
  [
    "what gives back nothing",
    "js",
    `${P}const f = «»(a) => p(a).then((x) => {\n  g(x);\n}).then((y) => y);\n`,
    `${TO}.value`,
  ],
  ["a comment", "js", `${P}const f = «»(a) => p(a)\n  // then\n  .then((x) => x);\n`, `${TO}.comment`],
  [
    "a getter",
    "js",
    `${P}class A {\n  get «»f() {\n    return p(1).then((x) => x);\n  }\n}\n`,
    `${TO}.place`,
  ],
  [
    "a type that cannot be caught",
    "ts",
    "const f = «»() => fetch('a').catch((e: Error) => e.message);\n",
    `${TO}.type`,
  ],
];

const REFUSED_BACK: readonly Row[] = [
  [
    "what is no promise for certain",
    "js",
    "async function f«»(a) {\n  const x = await a;\n  return x;\n}\n",
    `${BACK}.promise`,
  ],
  [
    "a value that is used further on",
    "js",
    `${P}async function f«»(a) {\n  const x = await p(a);\n  const y = await p(1);\n  return x + y;\n}\n`,
    `${BACK}.further`,
  ],
  [
    "waiting in a branch",
    "js",
    `${P}async function f«»(a) {\n  const x = await p(a);\n  if (x) await p(2);\n  return x;\n}\n`,
    `${BACK}.waits`,
  ],
  [
    "waiting in a loop",
    "js",
    `${P}async function f«»(a) {\n  const x = await p(a);\n  for await (const y of x) g(y);\n}\n`,
    `${BACK}.waits`,
  ],
  [
    "something before",
    "js",
    `${P}async function f«»(a) {\n  g();\n  const x = await p(a);\n  return x;\n}\n`,
    `${BACK}.place`,
  ],
  [
    "a promise that try does not wait for",
    "js",
    `${P}async function f«»(a) {\n  try {\n    const x = await p(a);\n    return p(x);\n  } catch {\n    return 0;\n  }\n}\n`,
    `${BACK}.late`,
  ],
  [
    "finally",
    "js",
    `${P}async function f«»(a) {\n  try {\n    await p(a);\n  } finally {\n    g();\n  }\n}\n`,
    `${BACK}.place`,
  ],
  [
    "something behind try",
    "js",
    `${P}async function f«»(a) {\n  try {\n    await p(a);\n  } catch {}\n  return 1;\n}\n`,
    `${BACK}.place`,
  ],
  [
    "a function that is declared at the end",
    "js",
    `${P}async function f«»(a) {\n  const x = await p(g);\n  return x;\n  function g() {}\n}\n`,
    `${BACK}.further`,
  ],
  [
    "a generator",
    "js",
    `${P}async function* f«»(a) {\n  const x = await p(a);\n  yield x;\n}\n`,
    `${BACK}.place`,
  ],
];

/** What is done with `f`, and what it says. */
const TRIED =
  "const say = (a) => f(a).then((x) => console.log('gave', x), (e) => console.log('failed', e.message));\nsay(1).then(() => say(-1)).then(() => say(7)).then(() => console.log(f.length));\n";

const PROGRAMS: readonly Program[] = [
  [
    "js",
    "steps",
    `${P}«»function f(a) {\n  return p(a).then((x) => p(x - 3)).then((y) => ({ y }));\n}\n${TRIED}`,
  ],
  [
    "js",
    "failures in steps",
    `${P}const f = «»(a) => p(a).then((x) => {\n  console.log(x);\n  if (x > 5) throw new Error('more');\n  return p(-x);\n}).then(([y]) => y);\n${TRIED}`,
  ],
  [
    "js",
    "failures that are caught",
    `${P}«»function f(a) {\n  return p(a).then((x) => p(x - 3)).catch((e) => {\n    console.log('caught', e.message);\n    if (a < 0) throw e;\n  });\n}\n${TRIED}`,
  ],
  [
    "js",
    "a variable that functions see",
    `${P}let n = 0;\n«»function f(a) {\n  return p(a).then((x) => {\n    n += x;\n    const g = () => n++;\n    return [g(), n];\n  });\n}\n${TRIED}`,
  ],
  [
    "js",
    "a parameter that is written",
    `${P}«»function f(a) {\n  return p(a).then((x) => {\n    x += 1;\n    return x;\n  });\n}\n${TRIED}`,
  ],
];
const PROGRAMS_BACK: readonly Program[] = [
  [
    "js",
    "steps",
    `${P}«»async function f(a) {\n  const x = await p(a);\n  await p(x - 3);\n  if (a > 8) return 1;\n  return await p(a);\n}\n${TRIED}`,
  ],
  [
    "js",
    "failures that are caught",
    `${P}«»async function f(a) {\n  try {\n    const x = await p(a);\n    return await p(x - 3);\n  } catch ({ message }) {\n    if (a < 0) throw new Error(message + '!');\n    return p(2);\n  }\n}\n${TRIED}`,
  ],
  [
    "js",
    "this and arguments",
    `${P}async function g«»(a) {\n  const x = await p(a);\n  return [x, this.q, arguments.length];\n}\nconst f = (a) => g.call({ q: 1 }, a, 2);\n${TRIED}`,
  ],
];

describe("functions that wait", () => {
  const plain = (it: string) => it.replace(/[«»]/g, "");
  for (const [what, extension, promise, waiting] of BOTH) {
    const path = `/p/a.${extension}`;
    it(`wait: ${what}`, () => assert.equal(after(parse, TO, path, promise), plain(waiting)));
    it(`hand on functions: ${what}`, () => assert.equal(after(parse, BACK, path, waiting), plain(promise)));
  }
  rewritten(parse, TO, ALSO);
  rewritten(parse, TO, REFUSED);
  rewritten(parse, BACK, REFUSED_BACK);
  reran(parse, TO, PROGRAMS);
  reran(parse, BACK, PROGRAMS_BACK);
});
