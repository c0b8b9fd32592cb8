import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { visible, visibleCommand } from "../../src/text/visible.ts";
import { agoOf, countOf, durationOf, moneyOf, shortPath } from "../../webview/format.ts";
import { keptOf } from "../../webview/kept.ts";
import { mentionAt, withMention } from "../../webview/mention.ts";
import { pageOf } from "../../webview/page.ts";
import { patchLines } from "../../webview/patch.ts";
import { recalled } from "../../webview/recall.ts";
import { slashCompletions, slashOf } from "../../webview/slash.ts";

describe("a slash command", () => {
  for (const [what, text, expected] of [
    ["has a name", "/clear", { name: "clear", argument: "" }],
    ["may have an argument", "/model  Claude Opus ", { name: "model", argument: "Claude Opus" }],
    ["is no path", "/etc/hosts is wrong", undefined],
    ["is no unknown word", "/nonsense", undefined],
    ["is no text with one in it", "see /clear", undefined],
    ["is no text of several lines", "/model\nwhat is this?", undefined],
  ] as const) {
    it(what, () => assert.deepEqual(slashOf(text), expected));
  }

  it("is completed from its beginning and no longer once it has an argument", () => {
    assert.deepEqual(
      slashCompletions("/mo").map((it) => it.insert),
      ["/model ", "/mode "],
    );
    assert.deepEqual(slashCompletions("/model "), []);
    assert.deepEqual(slashCompletions("model"), []);
  });
});

describe("a mention", () => {
  for (const [what, text, expected] of [
    ["begins a text", "@src", { from: 0, query: "src" }],
    ["stands in a text", "see @src/a", { from: 4, query: "src/a" }],
    ["may be empty", "(@", { from: 1, query: "" }],
    ["is no address", "me@home.org", undefined],
    ["ends with a blank", "@src/a.ts and", undefined],
  ] as const) {
    it(what, () => assert.deepEqual(mentionAt(text, text.length), expected));
  }

  it("is replaced by what was chosen, with the caret behind it", () => {
    const text = "see @sr please";
    const mention = mentionAt(text, 7);
    assert.ok(mention);
    assert.deepEqual(withMention(text, mention, "src/a.ts"), { text: "see @src/a.ts please", caret: 14 });
    assert.equal(withMention(text, mention, "src/").text, "see @src/ please");
    assert.equal(withMention(text, mention, "my file.ts").text, 'see @"my file.ts" please');
  });
});

describe("visible", () => {
  for (const [what, text, expected] of [
    ["writes out bidirectional overrides", "a\u202eb", "a⟨U+202E⟩b"],
    ["writes out tag characters", "a\u{e0041}", "a⟨U+E0041⟩"],
    ["writes out line separators", "npm test \u2028 rm", "npm test ⟨U+2028⟩ rm"],
    ["writes out escapes of a terminal", "\u001b[6n", "⟨U+001B⟩[6n"],
    ["keeps tabs, newlines, emoji and their joiners", "a\tb\n👩‍💻 ü", "a\tb\n👩‍💻 ü"],
  ] as const) {
    it(what, () => assert.equal(visible(text), expected));
  }

  it("leaves nothing hidden, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) =>
        assert.equal(visible(visible(text)), visible(text)),
      ),
    );
  });

  it("does not let empty lines push the end of a command out of sight", () => {
    assert.equal(visibleCommand(`ls${"\n".repeat(20)}rm -rf /`), "ls\n⋯ 19 empty lines ⋯\nrm -rf /");
    assert.equal(visibleCommand("a\n\nb"), "a\n\nb");
  });
});

describe("numbers for people", () => {
  for (const [got, expected] of [
    [moneyOf(0), "$0.00"],
    [moneyOf(0.003), "<$0.01"],
    [moneyOf(12.345), "$12.35"],
    [countOf(950), "950"],
    [countOf(1234), "1.2k"],
    [countOf(12_345), "12k"],
    [countOf(999_600), "1M"],
    [countOf(1_500_000), "1.5M"],
    [durationOf(420), "0.4 s"],
    [durationOf(12_000), "12 s"],
    [durationOf(185_000), "3 min 5 s"],
    [agoOf(0, 59_000), "now"],
    [agoOf(0, 3_600_000 * 3), "3 h ago"],
    [agoOf(0, 86_400_000), "1 day ago"],
    [shortPath("/a/b/c.ts", "/a"), "b/c.ts"],
    [shortPath("/ab/c.ts", "/a"), "/ab/c.ts"],
  ] as const) {
    it(`are written like ${expected}`, () => assert.equal(got, expected));
  }
});

describe("patchLines", () => {
  it("numbers added lines as in the new file and removed ones as in the old", () => {
    const lines = patchLines("@@ -3,2 +3,3 @@ f\n a\n-b\n+c\n+d\n\\ No newline at end of file");
    assert.deepEqual(
      lines.map((it) => [it.kind, it.line, it.text]),
      [
        ["gap", undefined, "f"],
        ["same", 3, "a"],
        ["removed", 4, "b"],
        ["added", 4, "c"],
        ["added", 5, "d"],
      ],
    );
  });
});

describe("what was kept", () => {
  it("comes back whole", () => {
    const kept = {
      session: "s",
      place: { key: "p1", offset: -4 },
      draft: { text: "t", attachments: [{ kind: "image", name: "n", mediaType: "image/png", data: "AA==" }] },
    };
    assert.deepEqual(keptOf(JSON.parse(JSON.stringify(kept))), kept);
  });

  it("is nothing when it has another shape, and never throws", () => {
    fc.assert(fc.property(fc.anything(), (value) => assert.equal(typeof keptOf(value).draft.text, "string")));
    assert.deepEqual(keptOf({ place: { key: 1 }, draft: { text: 1, attachments: [{ kind: "x" }] } }), {
      session: "",
      place: undefined,
      draft: { text: "", attachments: [] },
    });
  });
});

it("recall goes back through what the person said and forward to the empty box", () => {
  const rows = ["one", "two"].map(
    (text) => ({ kind: "prompt", key: text, text, attachments: [], steering: false, at: 0 }) as const,
  );
  assert.deepEqual(
    [1, 2, 3, 0, -1].map((back) => recalled(rows, back)?.text),
    ["two", "one", undefined, "", undefined],
  );
});

it("the page allows no script but its own and nothing from elsewhere", () => {
  const html = pageOf({ cspSource: "https://x.test", nonce: "abc", scriptUri: 'a".js', styleUri: "b.css" });
  assert.match(
    html,
    /default-src 'none'; script-src 'nonce-abc'; style-src https:\/\/x.test 'unsafe-inline'; img-src https:\/\/x.test data: blob:/,
  );
  assert.match(html, /src="a&quot;.js"/);
  assert.match(html, /<html lang="en">[\s\S]*<title>Wheelhouse<\/title>/);
});
