// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, seed, tally } from "./figure.ts";
import { type Random, random } from "./random.ts";

/** Programs that are made. */
const AMOUNTS = { ci: 150, soak: 20_000 };

const FIELDS = ["b = 1;", "b;", "b = [1];", "b = undefined;", "b = g?.();"];
const MEMBERS = [
  "c = 2;",
  "d = () => this.b;",
  "e = this.b;",
  "f = (() => this.b)();",
  "up() { this.b = 5; return this; }",
  "me() { return this; }",
  "own() { return { ...this }; }",
  "keys() { return Object.keys(this); }",
  "get seen() { return this.b; }",
  "get self() { return this; }",
  "set all(o) { o.b = 6; }",
  "static of() { return new A(); }",
  "static make() { return new this(); }",
  "is(o) { return o.b === this.b; }",
  "fill(o) { o.b = 7; }",
  "give(o) { return o; }",
  "gone() { return delete this.b; }",
  "has() { return 'b' in this; }",
  "hold() { const s = this; return () => s.b; }",
  "held() { const s = this; return () => s; }",
  "each() { for (const k in this) say(k); }",
  "async later() { return this; }",
  "*some() { yield this; }",
  "static { say(new this().b); }",
  "constructor(x) { this.b = x; }",
  "constructor(x) { this.z = x; }",
  "constructor(x) { if (typeof x === 'function') this.m = x; }",
  "constructor() { return new Proxy(this, {}); }",
];
const FUNCTIONS = [
  "const same = (it) => it;",
  "function get(o) { return o.b; }",
  "function make() { return new A(); }",
  "const made = () => make();",
  "function list(o) { return Object.keys(o); }",
  "const pass = (o) => get(o);",
  "function set(o, v = 8) { o.b = v; }",
  "function all(...os) { return os.map((it) => it.b); }",
  "function dump() { return JSON.stringify(this); }",
  "function plain() { return this.b; }",
  "function first() { return Object.keys(arguments[0]); }",
  "function late(o = new A()) { return Object.keys(o); }",
  "function pick({ b, ...rest }) { return rest; }",
  "function take({ b }) { return b; }",
];
const OBJECTS = ["a", "a", "a", "c", "new A()", "make()", "made()", "same(a)", "a.me()", "a.up()", "A.of()"];
const MORE = ["A.make()", "(a ?? c)", "(a && c)", "(1 ? a : c)", "a.self", "a.give(c)", "a.held()()"];
const USES = [
  ...["say(E.b);", "E.b = 3;", "say(E.b++, E.b);", "const { b } = E; say(b);", "const x = E; say(x.b);"],
  ...["say(get(E));", "set(E);", "say(pass(E));", "say(E.is?.(c));", "say(`${E}`);", "say(typeof E, !!E);"],
  ...[
    "say(E?.b, E['b']);",
    "let y; y = E; y.b = 9;",
    "say('b' in E);",
    "say((() => E)().b);",
    "say(take(E));",
  ],
  ...[
    "const h = E.hold?.(); say(h?.());",
    "say(E.d?.(), E.seen, E.e);",
    "say(E instanceof A);",
    "E.all = a;",
  ],
  ...["say(E.up?.().b);", "E.fill?.(a);", "say(E.has?.());", "E.m = plain; say(E.m());", "say(E.gone?.());"],
];
const TELLING = [
  ...["say(Object.keys(E));", "say({ ...E });", "delete E.b;", "const { b, ...r } = E; say(r);", "say(E);"],
  ...["for (const k in E) say(k);", "say(list(E));", "E.m = dump; say(E.m());", "say([E]);", "say(pick(E));"],
  ...[
    "say(E.hasOwnProperty('b'));",
    "say(new Proxy(E, {}).b);",
    "Object.freeze(E);",
    "say(first(E), late());",
  ],
  ...["say(all(E));", "say(Object.keys(E.me?.() ?? {}));", "const k = E; say({ k });", "say(A.prototype.b);"],
  ...[
    "say([...(E.some?.() ?? [])].map(Object.keys));",
    "E['m'] = (o) => say(Object.keys(o)); E.m(c);",
    "say(E.own?.());",
  ],
];

let parse: Parse;
before(async () => {
  parse = await parseFor("javascript");
});

function some<T>(all: readonly T[], most: number, chance: Random): readonly T[] {
  return [...new Set(Array.from({ length: chance.below(most + 1) }, () => chance.pick(all)))];
}

/** A class whose field `b` is to be private, and what is done with its objects; what fails says so. */
function programOf(chance: Random): string {
  const members = some(MEMBERS, 4, chance);
  const [maker] = members.filter((it) => it.startsWith("constructor"));
  const others = members.filter((it) => it === maker || !it.startsWith("constructor"));
  const at = chance.below(others.length + 1);
  const body = [...others.slice(0, at), chance.pick(FIELDS), ...others.slice(at)].join("\n  ");
  const objects = chance.below(3) === 0 ? MORE : OBJECTS;
  const uses = [...some(USES, 4, chance), ...(chance.below(3) === 0 ? some(TELLING, 1, chance) : [])];
  const done = uses.map(
    (it) => `try { ${it.replaceAll("E", chance.pick(objects))} } catch (e) { say(e.name); }`,
  );
  const [before, behind] = [some(FUNCTIONS, 4, chance), some(FUNCTIONS, 3, chance)];
  const later = behind.filter((it) => !before.includes(it));
  return [
    "const said = [];",
    "function say(...all) { said.push(JSON.stringify(all)); }",
    "const g = undefined;",
    ...before,
    `class A {\n  ${body}\n}`,
    ...later,
    "const a = new A(1), c = new A(2);",
    ...done,
    "",
  ].join("\n");
}

function saidBy(text: string): string {
  try {
    return String(runInNewContext(`${text};said.join("\\n")`));
  } catch (error) {
    return `failed: ${error}`;
  }
}

describe("classes with a field of chance", () => {
  it("say the same when it is private, or it stays", () => {
    const chance = random(seed);
    let done = 0;
    for (let index = 0; index < amount(AMOUNTS); index++) {
      const text = programOf(chance);
      const from = text.indexOf("b", text.search(/^ {2}b( =|;)/m));
      const request = { file: { path: "/p/a.js", text }, from, to: from, others: [] };
      const plan = planned("encapsulate-field", request, {}, parse);
      if (plan.kind === "refused") continue;
      done++;
      const made = withChanges(text, plan.files[0]?.changes ?? []);
      assert.equal(saidBy(made), saidBy(text), `${text}\nbecame\n${made}`);
    }
    tally("private fields", done);
    assert.ok(done * 12 > amount(AMOUNTS), `only ${done} could be done`);
  });
});
