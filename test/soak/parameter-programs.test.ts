import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { type Random, random } from "./random.ts";

/** Programs that are made. */
const AMOUNTS = { ci: 60, soak: 4000 };
const NAMES = ["a", "b", "c", "d"] as const;

let parse: Parse;
before(async () => {
  parse = await parseFor("python", "javascript");
});

/** A program with a function and calls of it, and what is selected: its name, or some of its parameters. */
interface Program {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Each value says when it is evaluated; `isNamed`: arguments may be given by name, and none are left out. */
function programOf(chance: Random, isNamed: boolean): Program {
  const count = 2 + chance.below(3);
  const names = NAMES.slice(0, count);
  const first = chance.below(count + 1);
  let at = 0;
  const value = () => `t(${++at})`;
  const fallback = (index: number) =>
    index > 0 && !isNamed ? chance.pick([value(), `${names[index - 1]}`]) : value();
  const parameters = names.map((it, index) => (index >= first ? `${it}=${fallback(index)}` : it));
  const argument = (deep: number): string =>
    chance.pick([value(), value(), String(chance.below(9)), "x", "a", ...(deep < 2 ? [call(deep + 1)] : [])]);
  const call = (deep: number): string => {
    const least = isNamed ? first : 0;
    const given = names.slice(0, least + chance.below(count - least + 1));
    const placed = isNamed ? chance.below(given.length + 1) : given.length;
    const all = given.map((it, index) => (index < placed ? argument(deep) : `${it}=${argument(deep)}`));
    return `f(${all.join(", ")})`;
  };
  const calls = Array.from({ length: 4 }, () => call(0));
  const list = parameters.join(", ");
  const shown = names.join(", ");
  const text = isNamed
    ? `said = []\ndef t(n):\n    said.append(n)\n    return n\nx, a = "x", "a"\ndef f(${list}):\n    return [${shown}]\n${calls.map((it) => `said.append(${it})`).join("\n")}\n`
    : `const said = [], t = (n) => { said.push(n); return n; }, x = "x", a = "a";\nfunction f(${list}) { return [${shown}]; }\n${calls.map((it) => `said.push(${it});`).join("\n")}\n`;
  const start = text.indexOf(` f(${list})`) + 1;
  if (chance.below(2) === 0) return { text, from: start, to: start };
  const skipped = chance.below(count - 1);
  const end = isNamed ? count : skipped + 2 + chance.below(count - skipped - 1);
  const lengthOf = (all: readonly string[]) => all.join(", ").length;
  const ahead = skipped === 0 ? 0 : lengthOf(parameters.slice(0, skipped)) + 2;
  const from = start + 2 + ahead;
  return { text, from, to: from + lengthOf(parameters.slice(skipped, end)) };
}

function after({ text, from, to }: Program, path: string): string {
  const plan = planned(
    "introduce-parameter-object",
    { file: { path, text }, from, to, others: [] },
    {},
    parse,
  );
  assert.ok(plan.kind === "plan", `${plan.kind === "refused" ? plan.code : ""} for\n${text}`);
  return withChanges(text, plan.files[0]?.changes ?? []);
}

describe("functions with parameters of chance", () => {
  it("say the same when JavaScript gives them as an object", () => {
    const chance = random(seed);
    for (let index = 0; index < amount(AMOUNTS); index++) {
      const program = programOf(chance, false);
      const made = after(program, "/p/a.mjs");
      const [was, is] = [program.text, made].map((it) => runInNewContext(`${it}JSON.stringify(said)`));
      assert.notEqual(made, program.text);
      assert.equal(is, was, `${program.text}\nbecame\n${made}`);
    }
    tally("functions of JavaScript with a parameter object", amount(AMOUNTS));
  });

  it("say the same when Python gives them by name", function () {
    this.timeout(isSoak ? 0 : 60_000);
    const chance = random(seed);
    const all = Array.from({ length: amount(AMOUNTS) }, () => {
      const program = programOf(chance, true);
      return [program.text, after(program, "/p/a.py")] as const;
    });
    const runner =
      "import json, sys\nfor it in json.load(sys.stdin):\n    own = {}\n    exec(it, own)\n    print(json.dumps(own['said']))\n";
    const ran = spawnSync("python3", ["-c", runner], {
      input: JSON.stringify(all.flat()),
      encoding: "utf8",
      maxBuffer: 2 ** 27,
    });
    const said = ran.stdout.trim().split("\n");
    assert.equal(said.length, all.length * 2, ran.stderr);
    for (const [index, [text, made]] of all.entries())
      assert.equal(said[index * 2 + 1], said[index * 2], `${text}\nbecame\n${made}`);
    tally("functions of Python with arguments by name", all.length);
  });
});
