import { spawnSync } from "node:child_process";
import { createContext, Script } from "node:vm";

/** What is given to `main`, one after the other. */
const GIVEN = [
  [0, 1],
  [1, 0],
  ["x", 27],
  [Number.NaN, null],
] as const;
const LIMIT_MS = 1_000;

/** What a program of JavaScript says and gives back for several inputs, in strict code. */
export function saidByScript(program: string): string {
  const said: string[] = [];
  const shown = (value: unknown) => (typeof value === "function" ? "function" : String(value));
  const t = (number: number, value: unknown) => {
    said.push(`${number}:${shown(value)}`);
    return value;
  };
  for (const [a, b] of GIVEN) {
    try {
      const context = createContext({ t });
      new Script(
        `"use strict";\n${program}\nresult = (a, b, o) => main(a, b, o);`.replace(
          "result =",
          "globalThis.result =",
        ),
      ).runInContext(context, { timeout: LIMIT_MS });
      const o = { p: 1 };
      said.push(`= ${shown(context["result"](a, b, o))} ${shown(o.p)}`);
    } catch (error) {
      said.push(
        `! ${error instanceof Error || (typeof error === "object" && error !== null) ? (error as Error).name : String(error)}`,
      );
    }
  }
  return said.join(" ");
}

const PYTHON = `
import json, sys
NAN = float("nan")
class O:
    def __init__(self): self.p = 1
def shown(v): return "function" if callable(v) else repr(v)
def said(program):
    out = []
    def t(n, v):
        out.append("%s:%s" % (n, shown(v)))
        return v
    for a, b in ((0, 1), (1, 0), ("x", 27), (NAN, None)):
        try:
            space = {"t": t, "NAN": NAN}
            exec(compile(program, "p", "exec", dont_inherit=True), space)
            o = O()
            out.append("= %s %s" % (shown(space["main"](a, b, o)), shown(o.p)))
        except Exception as error:
            out.append("! " + type(error).__name__)
    return " ".join(out)
import warnings
warnings.simplefilter("ignore")
for line in sys.stdin:
    print(json.dumps(said(json.loads(line))))
`;

/** The same for programs of Python; `undefined`: there is no Python. */
export function saidByPython(programs: readonly string[]): readonly string[] | undefined {
  const input = programs.map((it) => JSON.stringify(it)).join("\n");
  const ran = spawnSync("python3", ["-c", PYTHON], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.error) return undefined;
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout
    .trim()
    .split("\n")
    .filter((it) => it !== "")
    .map((it) => JSON.parse(it) as string);
}
