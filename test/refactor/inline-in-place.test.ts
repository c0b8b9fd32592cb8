// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx");

describe("inline-variable within a template string", () => {
  const { done, table } = marked(parse, "/p/a.mjs");
  table("inline-variable", undefined, [
    ["writes a number", "const «n» = 23;\nf(`I am ${n}`);", "f(`I am 23`);"],
    ["writes a text", "const «n» = 'it\\'s';\nf(`${n} ${n}!`);", "f(`it's it's!`);"],
    ["writes a template", "const «n» = `a ${b}\n`;\nf(`${n}c`);", "f(`a ${b}\nc`);"],
    [
      "writes what would begin a value with a backslash",
      "const «n» = '${a}`';\nf(`${n}`);",
      "f(`\\${a}\\``);",
    ],
    ["keeps a number that is shown in another way", "const «n» = 0x10;\nf(`${n}`);", "f(`${0x10}`);"],
    ["keeps a number with a point", "const «n» = 1.0;\nf(`${n}`);", "f(`${1.0}`);"],
    ["keeps what a tag is given", "const «n» = 'a';\nf(t`b${n}`);", "f(t`b${'a'}`);"],
    ["keeps another value", "const «n» = a + 1;\nf(`${n}`);", "f(`${a + 1}`);"],
    ["keeps a value with a comment", "const «n» = 'a';\nf(`${/* b */ n}`);", "f(`${/* b */ 'a'}`);"],
    ["keeps a part of a value", "const «n» = 'a';\nf(`${n + b}`);", "f(`${'a' + b}`);"],
    ["keeps two signs that would begin a value", "const «n» = '{a}';\nf(`$${n}`);", "f(`$${'{a}'}`);"],
    ["keeps a sign that would begin one", "const «n» = '$';\nf(`${n}{a}`);", "f(`${'$'}{a}`);"],
    ["keeps a digit that would go on a sign", "const «n» = 1;\nf(`\\0${n}`);", "f(`\\0${1}`);"],
  ]);

  it("shows the same, whatever the signs", () => {
    const signs = fc.constantFrom(
      "a",
      "$",
      "{",
      "}",
      "0",
      "1",
      "f",
      "'",
      "\\0",
      "\\n",
      "\\\\",
      "\\'",
      "\\`",
      "\\$",
      "\\x41",
      "\\u{41}",
      "\\u0041",
    );
    const raw = fc.array(signs, { maxLength: 4 }).map((all) => all.join(""));
    const text = raw.map((it) => `'${it.replace(/(?<!\\)((?:\\\\)*)'/g, "$1\\'")}'`);
    const template = raw.map((it) => `\`${it.replace(/(?<!\\)((?:\\\\)*)\$(?=\{)/g, "$1\\$")}\``);
    const shown = (program: string) => {
      try {
        return runInNewContext(program) as unknown;
      } catch {
        return undefined;
      }
    };
    let count = 0;
    fc.assert(
      fc.property(fc.oneof(text, template, fc.nat().map(String)), raw, raw, (value, ahead, behind) => {
        const program = `const «a» = ${value};\n(\`${ahead}\${a}${behind}\`);\n`;
        const before = shown(program.replace(/[«»]/g, ""));
        if (typeof before !== "string") return;
        count++;
        const after = done("inline-variable", program);
        assert.equal(shown(after), before, after);
      }),
      { numRuns: 1_000 },
    );
    assert.ok(count > 300, `${count}`);
  });
});

describe("inline-variable among an element's children", () => {
  marked(parse, "/p/a.jsx").table("inline-variable", undefined, [
    [
      "writes an element without its brackets",
      "const «h» = (\n  <h1>Hello</h1>\n);\nconst p = <div>a {h} b</div>;",
      "const p = <div>a <h1>Hello</h1> b</div>;",
    ],
    ["writes one that closes itself", "const «h» = <br />;\nconst p = <>{h}</>;", "const p = <><br /></>;"],
    ["keeps another value", "const «h» = 'a';\nconst p = <div>{h}</div>;", "const p = <div>{'a'}</div>;"],
    ["keeps an attribute", "const «h» = <br />;\nconst p = <a b={h} />;", "const p = <a b={<br />} />;"],
    [
      "keeps a comment",
      "const «h» = <br />;\nconst p = <div>{/* b */ h}</div>;",
      "const p = <div>{/* b */ <br />}</div>;",
    ],
  ]);
});
