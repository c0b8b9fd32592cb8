import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Piece, textCalls } from "../../src/model/openai-chat/text-calls.ts";

/** The pieces of a text that comes in these parts, words joined. */
function read(parts: readonly string[], tools: readonly string[] = ["look", "run"]): readonly unknown[] {
  const finder = textCalls(new Set(tools));
  const pieces = [...parts.flatMap((it) => finder.take(it)), ...finder.end()];
  return pieces.reduce<unknown[]>((seen, it) => joined(seen, it), []);
}

function joined(seen: unknown[], piece: Piece): unknown[] {
  const last = seen.at(-1);
  if (piece.kind === "call") return [...seen, [piece.name, piece.input]];
  return typeof last === "string" ? [...seen.slice(0, -1), last + piece.text] : [...seen, piece.text];
}

const CALL = '{"name": "look", "arguments": {"at": "`<a>`"}}';
const MEANT = ["look", { at: "`<a>`" }];

const FOUND = [
  ["Hermes' mark", `I look.\n<tool_call>\n${CALL}\n</tool_call>`, ["I look.\n", MEANT]],
  [
    "two of Hermes' marks",
    `<tool_call>${CALL}</tool_call>\n<tool_call>${CALL}</tool_call>`,
    [MEANT, "\n", MEANT],
  ],
  ["Hermes' mark that nothing closes", `<tool_call>${CALL}`, [MEANT]],
  [
    "Hermes' mark around parameters",
    "<tool_call>\n<function=run>\n<parameter=n>\n5\n</parameter>\n<parameter=c>\na\nb\n</parameter>\n</function>\n</tool_call>",
    [["run", { n: 5, c: "a\nb" }]],
  ],
  ["a function's mark", `ok <function=look>{"at": 1}</function> done`, ["ok ", ["look", { at: 1 }], " done"]],
  ["a fence", `Here:\n\`\`\`json\n${CALL}\n\`\`\`\n`, ["Here:\n", MEANT, "\n"]],
  ["two fences", `\`\`\`json\n${CALL}\n\`\`\`\n\`\`\`json\n${CALL}\n\`\`\``, [MEANT, "\n", MEANT]],
  ["a fence that nothing closes", `\`\`\`\n${CALL}`, [MEANT]],
  [
    "Llama's mark",
    '<|python_tag|>{"name": "run", "parameters": {"n": 1}}; {"name": "look", "parameters": {}}<|eom_id|>',
    [
      ["run", { n: 1 }],
      ["look", {}],
    ],
  ],
  ["Mistral's mark", `[TOOL_CALLS][${CALL}]`, [MEANT]],
  ["a bare object", ` ${CALL}\n`, [" ", MEANT]],
  ["a function within an object", `{"type": "function", "function": ${CALL}}`, [MEANT]],
  ["arguments that are a text", '{"name": "look", "arguments": "{\\"a\\": 1}"}', [["look", { a: 1 }]]],
] as const;

const LEFT = [
  ["a tool that is not there", '<tool_call>{"name": "other", "arguments": {}}</tool_call>'],
  ["a fence of code", '```json\n{"name": "look", "version": 1}\n```'],
  ["a fence that is spoken about", `\`\`\`json\n${CALL}\n\`\`\`\nis an example`],
  ["a fence of another language", '```ts\nconst a = {"name": "look"};\n```\n'],
  ["a mark in a sentence", "Write <tool_call> before it, and [TOOL_CALLS] or <function= too."],
  ["an object in a sentence", `The call is ${CALL}`],
  ["an object with something behind it", `${CALL} is a call`],
  ["an object that is an answer", '{"answer": 1}'],
  ["what looks like a mark to its end", "a <tool_ca"],
  ["broken JSON in a mark", "<tool_call>{oops}</tool_call>"],
  ["nothing in a mark", "<tool_call></tool_call>"],
] as const;

describe("a call in a text", () => {
  for (const [what, text, expected] of FOUND) {
    it(`is found in ${what}`, () => assert.deepEqual(read([text]), expected));
  }

  for (const [what, text] of LEFT) {
    it(`is not found in ${what}, which stays as it is`, () => assert.deepEqual(read([text]), [text]));
  }

  it("is not looked for without tools", () => assert.deepEqual(read([CALL], []), [CALL]));

  it("is the same however the text is cut", () => {
    const texts = [...FOUND, ...LEFT].map(([, text]) => text);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(fc.nat(120), { maxLength: 8 }), (text, cuts) => {
        const at = [0, ...cuts.map((it) => it % (text.length + 1)).toSorted((a, b) => a - b), text.length];
        const parts = at.slice(1).map((end, index) => text.slice(at[index], end));
        assert.deepEqual(read(parts), read([text]));
      }),
    );
  });

  it("holds back no words that cannot begin one", () => {
    const finder = textCalls(new Set(["look"]));
    for (const words of ["a < b and [1] ", "```ts\nconst a", " = 1;\n``` x"]) {
      assert.deepEqual(
        finder
          .take(words)
          .map((it) => it.kind === "text" && it.text)
          .join(""),
        words,
      );
    }
  });
});
