import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Display } from "../../src/agent/display.ts";
import type { EventBody } from "../../src/agent/events.ts";
import type { OpenQuestion } from "../../src/agent/session.ts";
import { replyOf } from "../../src/terminal/interactive.ts";
import { displayText, paint, plainRow } from "../../src/terminal/render.ts";
import { screen } from "../../src/terminal/screen.ts";
import {
  answered,
  asked,
  called,
  numbered,
  opened,
  requested,
  rested,
  said,
  started,
  streamed,
} from "../agent/events.ts";
import { call } from "../support/scripted-model.ts";

/** What a terminal without colours shows of these events. */
function shown(...bodies: readonly EventBody[]): string {
  let text = "";
  const view = screen(
    (it) => (text += it),
    paint(false),
    () => undefined,
  );
  for (const event of numbered([opened, started, requested, ...bodies])) view.hear(event);
  return text;
}

const diff: Display = {
  kind: "diff",
  files: [
    { path: "/p/a", change: "changed", patch: "@@ -1 +1 @@\n-one\n+two", cut: false, added: 1, removed: 1 },
  ],
};
const command = (text: string): Display => ({ kind: "terminal", command: text, folder: "/p", output: "" });
function questioned(display: Display, rules: readonly string[] = []): EventBody {
  return {
    type: "questioned",
    question: "q",
    call: "c1",
    about: "permission",
    reason: "Why.",
    display,
    rules,
  };
}

describe("the terminal's screen", () => {
  it("shows text as it streams and a line for each call", () => {
    const read = call("Read", { file_path: "a.ts" }, "c1");
    const text = shown(
      streamed(0, "text", "Let me "),
      streamed(0, "text", "look."),
      said([{ type: "text", text: "Let me look." }, read]),
      called("c1"),
      answered("c1"),
    );
    assert.equal(text, "Let me look.\n● Read a.ts done\n");
  });

  it("shows what is asked about, and how to answer", () => {
    const text = shown(called("c1", "Edit"), questioned(diff, ["Edit(/a)"]));
    assert.match(
      text,
      /\/p\/a \+1 -1\n@@ -1 \+1 @@\n-one\n\+two\nAllow\? Why\.\ny = yes {2}a = always \(writes the rule Edit\(\/a\)\)/,
    );
    assert.doesNotMatch(shown(called("c1"), questioned(diff)), /always/);
  });

  it("tells how a turn ended and what it cost", () => {
    assert.match(shown(said("x", "end_turn", 0.5), rested()), /\$0.5000\n$/);
    assert.match(shown(said("x"), rested("failed", "No key.")), /No key\.\ncost partly unknown/);
  });

  it("says how to go on where a turn can be tried again", () => {
    assert.match(shown(rested("closed", "It was closed.")), /It was closed\.\nType \/retry to go on\.\n$/);
    assert.doesNotMatch(shown(rested("stopped", "Stopped.")), /retry/);
  });

  it("writes no escape sequence of anybody but itself", () => {
    const evil = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202egpj.exe\u0008";
    const texts = [
      shown(streamed(0, "text", evil)),
      shown({ type: "warned", text: evil }),
      shown({ type: "ruled", rule: evil, effect: "allow" }),
      shown(called("c1"), { type: "printed", call: "c1", text: evil }),
      shown({ ...called("c1"), title: evil } as EventBody, answered("c1", { display: command(evil) })),
      shown(
        called("c1"),
        questioned({ ...diff, files: diff.files.map((it) => ({ ...it, path: evil, patch: evil })) }, [evil]),
      ),
      plainRow({ kind: "text", key: "", text: evil, open: false, interrupted: false }),
      plainRow({ kind: "prompt", key: "", text: evil, attachments: [], steering: false, at: 0 }),
      displayText({ kind: "plan", markdown: evil }, paint(false), 9),
    ];
    for (const [at, text] of texts.entries())
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/, `${at}`);
  });

  for (const [what, pieces, expected] of [
    ["a line end", ["one\r", "\ntwo"], "one\ntwo"],
    ["a character of two units", ["\ud83d", "\ude00"], "\ud83d\ude00"],
    ["a hidden character of two units", ["a\udb40", "\udc41b"], "a⟨U+E0041⟩b"],
  ] as const) {
    it(`shows ${what} that came in two pieces as one that came in one`, () => {
      const text = shown(...pieces.map((it) => streamed(0, "text", it)));
      assert.equal(text, expected);
      assert.equal(shown(...pieces.map((it) => streamed(0, "thinking", it))), expected);
    });
  }

  it("shows a carriage return that no line feed follows, also at the end", () => {
    assert.equal(shown(streamed(0, "text", "a\r"), streamed(0, "text", "b")), "a⟨U+000D⟩b");
    assert.equal(shown(streamed(0, "text", "a\r"), said("a\r")), "a⟨U+000D⟩\n");
    assert.equal(shown(streamed(0, "thinking", "a\r"), streamed(1, "text", "\nb")), "a⟨U+000D⟩\nb");
  });

  it("never shows another command than the one that would run", () => {
    const text = shown(called("c1", "Bash"), questioned(command("rm -rf ~\rnpm test        ")));
    assert.match(text, /\$ rm -rf ~.+npm test/);
  });
});

describe("a typed reply", () => {
  const base: OpenQuestion = {
    question: "q",
    call: "c",
    tool: "Bash",
    title: "",
    about: "permission",
    reason: "",
    display: command("x"),
    rules: [],
  };
  const ask = (it: Partial<OpenQuestion>, line: string) => replyOf({ ...base, ...it }, line);
  const options = [
    { label: "A", description: "" },
    { label: "B", description: "" },
  ];
  const choice = (count: number): Partial<OpenQuestion> => ({
    about: "choice",
    display: {
      kind: "questions",
      questions: Array.from({ length: count }, () => ({
        question: "Which?",
        header: "",
        options,
        multiSelect: false,
      })),
    },
  });

  for (const [what, question, line, reply] of [
    ["y allows", {}, "y", { kind: "allow" }],
    ["yes allows", {}, "YES", { kind: "allow" }],
    ["n denies", {}, "n", { kind: "deny" }],
    ["a writes the rule that was shown", { rules: ["Bash(x)"] }, "a", { kind: "always", rule: "Bash(x)" }],
    ["s gives it for this session", { rules: ["Bash(x)"] }, "s", { kind: "session", rule: "Bash(x)" }],
    ["a accepts a plan and its edits", { about: "plan" }, "a", { kind: "always", rule: "" }],
    ["other words deny and are told", {}, "yes, but later", { kind: "deny", words: "yes, but later" }],
    ["a number chooses", choice(1), "2", { kind: "answers", answers: ["B"] }],
    ["own words answer", choice(1), "neither", { kind: "answers", answers: ["neither"] }],
    ["several questions are answered at once", choice(2), "1; 9", { kind: "answers", answers: ["A", "9"] }],
  ] as const) {
    it(what, () => assert.deepEqual(ask(question as Partial<OpenQuestion>, line), reply));
  }

  for (const [what, question, line] of [
    ["an empty line", {}, ""],
    ["always without a rule", {}, "a"],
    ["fewer answers than questions", choice(2), "1"],
  ] as const) {
    it(`asks again after ${what}`, () =>
      assert.equal(typeof ask(question as Partial<OpenQuestion>, line), "string"));
  }
});

describe("the prompt row", () => {
  it("of several lines is quoted line by line", () => {
    const text = plainRow({ kind: "prompt", key: "", text: "a\nb", attachments: [], steering: false, at: 0 });
    assert.equal(text, "\n> a\n> b\n");
    assert.match(shown(asked("a")), /^$/);
  });
});
