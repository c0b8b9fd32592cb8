import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import { type SyntaxNode, walk } from "../../src/syntax/tree.ts";
import { withChanges } from "../../src/text/changes.ts";
import { rendered } from "../refactor/rendered.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { type Random, random } from "./random.ts";

/** Programs that are made. */
const AMOUNTS = { ci: 20, soak: 4000 };

const GAPS = ["", " ", "\n   ", "  ", "\n\n      "];
const TEXTS = ["text", "a &amp; b", "x  y", "z;", "{/* c */}", "{' '}"];
const VALUES = ["a", "b", "c", "props.a", "f()", "w", "`x\n  y`", "'q'", "a + 1", "deep.x.y"];
const TAGS = ["p", "b", "div", "i", "", "Local", "Tag"];

let parse: Parse;
before(async () => {
  parse = await parseFor("javascript");
});

/** A component with elements of all kinds in each other, and what shows it twice. */
function programOf(chance: Random): string {
  let count = 0;
  const children = Array.from({ length: 2 }, () => chance.pick(GAPS) + child(0, VALUES));
  return [
    "const deep = { x: { y: 4 } }, w = 'w';",
    "function Local({ children, ...rest }) { return <u {...rest}>{children}</u>; }",
    "function App(props) {",
    "  const { a, b, all, as: Tag, ...more } = props;",
    "  let c = 3;",
    "  const f = () => a * 2;",
    "  return (",
    `    <main>${children.join("")}</main>`,
    "  );",
    "}",
    "say(show(<App a={1} b={0} all={[{ x: 1 }, {}]} as='s' m='1' />));",
    "say(show(<App a={0} b={2} all={['k']} as={Local} />));",
    "",
  ].join("\n");

  function attributes(names: readonly string[]): string {
    const name = chance.pick(names);
    const some = [` t={${name}}`, " on={() => f() + a}", "\n  t='a\n   b'", " {...more}", ` key={${name}}`];
    return chance.pick(["", "", " t='x'", " s={{ a, [b]: c }}", ...some]);
  }

  function child(deep: number, names: readonly string[]): string {
    const kind = chance.below(9);
    if (kind === 0 || deep > 4) return chance.pick(TEXTS);
    if (kind <= 2) return `{${chance.pick(names)}}`;
    const inner = (more: readonly string[] = []) => element(deep + 1, [...names, ...more]);
    const [value, index] = [`v${++count}`, `i${count}`];
    switch (kind) {
      case 3:
        return `{a && ${inner()}}`;
      case 4:
        return `{b ? ${inner()} : ${chance.pick(["null", `(${inner()})`])}}`;
      case 5:
        return `{all.map((${value}, ${index}) => ${inner([value, index])})}`;
      case 6:
        return `{all.map(({ x: ${value} = a }) => {\n const ${index} = ${value} + 1;\n return (\n${inner([value, index])});\n})}`;
      default:
        return inner();
    }
  }

  function element(deep: number, names: readonly string[]): string {
    const tag = chance.pick(TAGS);
    const head = tag === "" ? "" : tag + attributes(names);
    if (tag !== "" && chance.below(4) === 0) return `<${head} />`;
    const all = Array.from({ length: chance.below(4) }, () => chance.pick(GAPS) + child(deep, names));
    return `<${head}>${all.join("")}${chance.pick(GAPS)}</${tag}>`;
  }
}

/** An element, or it and some of those beside it. */
function selection(node: SyntaxNode, chance: Random): { readonly from: number; readonly to: number } {
  const row = node.parent?.type === "jsx_element" ? node.parent.children.slice(1, -1) : [];
  const at = row.indexOf(node);
  const [first, last] = [row[at - chance.below(2)], row[at + chance.below(3)]];
  return first && last ? { from: first.from, to: last.to } : node;
}

describe("elements of chance", () => {
  it("show the same in a component of their own", function () {
    this.timeout(isSoak ? 0 : 60_000);
    const chance = random(seed);
    let done = 0;
    for (let index = 0; index < amount(AMOUNTS); index++) {
      const text = programOf(chance);
      const root = parse("javascript", text);
      assert.ok(root && !root.hasError, text);
      const was = rendered(text);
      assert.doesNotMatch(was, /Error/, text);
      for (const node of walk(root)) {
        if (!/^jsx_(element|self_closing_element)$/.test(node.type)) continue;
        const request = { file: { path: "/p/a.jsx", text }, others: [] };
        const { from, to } = selection(node, chance);
        const plan = planned("extract-component", { ...request, from, to }, {}, parse);
        if (plan.kind === "refused") continue;
        done++;
        const made = withChanges(text, plan.files[0]?.changes ?? []);
        assert.equal(rendered(made), was, `${text}\nbecame\n${made}`);
      }
    }
    tally("components of elements", done);
    assert.ok(done > amount(AMOUNTS), `only ${done} could be done`);
  });
});
