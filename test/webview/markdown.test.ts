import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { marked } from "marked";
import { describe, it } from "mocha";
import { grown, NO_BLOCKS, whole } from "../../webview/blocks.ts";
import { htmlOf, targetOf } from "../../webview/markdown.ts";

const html = (text: string) => whole(text).done.map(htmlOf).join("");

describe("links of the model", () => {
  for (const [href, kind] of [
    ["https://example.com/a", "web"],
    ["mailto:a@b.org", "web"],
    ["src/a.ts", "file"],
    ["./src/a.ts:12", "file"],
    ["a.md#L3", "file"],
    ["javascript:alert(1)", "none"],
    ["JAVASCRIPT:alert(1)", "none"],
    ["java\tscript:1", "none"],
    ["command:quit", "none"],
    ["vscode:mcp/install", "none"],
    ["file:///etc/passwd", "none"],
    ["data:text/html,x", "none"],
    ["../../etc/passwd", "none"],
    ["src/../../x", "none"],
    ["/etc/passwd", "none"],
    ["//evil.invalid/x", "none"],
    ["\\\\evil\\share", "none"],
    ["ms-settings:", "none"],
    ["https://", "none"],
    ["#anchor", "none"],
    ["", "none"],
  ] as const) {
    it(`${JSON.stringify(href)} leads to ${kind}`, () => assert.equal(targetOf(href).kind, kind));
  }

  it("show their host when the label claims another", () => {
    assert.match(
      html("[https://github.com](https://github.com.evil.invalid)"),
      /\(github\.com\.evil\.invalid\)/,
    );
    assert.doesNotMatch(html("[github.com](https://github.com/x)"), /class="target"/);
  });

  it("that lead nowhere show their target as text", () => {
    assert.equal(
      html("[src/a.ts](../../../etc/passwd)"),
      '<p>src/a.ts <span class="target">(../../../etc/passwd)</span></p>\n',
    );
  });

  it("to files carry path and line", () => {
    assert.match(
      html("[x](src/a.ts:12)"),
      /href="#" title="src\/a.ts:12" data-path="src\/a.ts" data-line="12"/,
    );
  });
});

describe("Markdown of the model", () => {
  it("shows pictures as links and never as pictures", () => {
    assert.equal(
      html("![a cat](https://x.invalid/?d=1)"),
      '<p><a href="https://x.invalid/?d=1" title="https://x.invalid/?d=1">Image: a cat</a></p>\n',
    );
    assert.equal(html("![c](attachment:../.env)").includes("<img"), false);
  });

  it("shows raw HTML as text", () => {
    assert.equal(html("<b onclick=x>hi</b>"), "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n");
    assert.equal(html("<script>1</script>"), '<p class="raw">&lt;script&gt;1&lt;/script&gt;</p>');
  });

  it("knows only harmless tags, whatever the text", () => {
    const bits = fc.constantFrom(
      "<img src=x onerror=1>",
      "[a](javascript:1)",
      "```",
      "`",
      "<svg/onload=1>",
      "\n",
      "> ",
      "- ",
      "|a|b|\n|-|-|\n",
      "![x](y)",
      "**",
      "<!--",
      "-->",
      "\"'",
      "x",
      " ",
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 20 }), (all) => {
        const tags = [...html(all.join("")).matchAll(/<\/?([a-z0-9]+)/gi)].map((it) => it[1] ?? "");
        const strange = tags.filter(
          (it) =>
            !/^(a|blockquote|br|code|del|em|h[3-6]|hr|li|ol|p|pre|span|strong|table|tbody|td|th|thead|tr|ul)$/.test(
              it,
            ),
        );
        assert.deepEqual(strange, []);
      }),
    );
  });

  it("is inert for every known payload", function () {
    const file = join(import.meta.dirname, "../../../shared/cases/security/webview-payloads.json");
    if (!existsSync(file)) {
      console.log("    skipped: no cases");
      this.skip();
    }
    for (const { id, payload } of JSON.parse(readFileSync(file, "utf8")) as {
      id: string;
      payload: string;
    }[]) {
      const found = html(payload).match(
        /<(script|img|svg|iframe|video|audio|style|link|math|form|input|object)|<[^>]*\son\w+=|href="(?!https?:|mailto:|#")/i,
      );
      assert.equal(found, null, `${id}: ${html(payload)}`);
    }
  });
});

describe("growing Markdown", () => {
  for (const sign of ["> ", "- ", "1. "])
    it(`is shown as it was written when it is nested too deep: ${sign}`, () => {
      const text = `${sign.repeat(20_000)}a`;
      assert.equal(html(text).includes("<pre>"), true);
      assert.equal(
        grown(NO_BLOCKS, text)
          .open.map((it) => it.raw)
          .join(""),
        text,
      );
    });

  const bits = fc.constantFrom(
    "# Title\n",
    "para graph ",
    "\n\n",
    "\n",
    "- item\n",
    "1. one\n",
    "```ts\ncode\n",
    "```\n",
    "> quote\n",
    "| a | b |\n|---|---|\n",
    "| 1 | 2 |\n",
    "    indented\n",
    "**bold**",
    "---\n",
  );

  it("is cut into blocks that lose nothing, however it comes", () => {
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 25 }), (pieces) => {
        let text = "";
        let blocks = NO_BLOCKS;
        for (const piece of pieces) blocks = grown(blocks, (text += piece));
        assert.equal(blocks.done.map((it) => it.raw).join(""), text.slice(0, blocks.end));
        assert.deepEqual(blocks.open, grown({ ...NO_BLOCKS, end: blocks.end }, text).open);
      }),
    );
  });

  it("ends as the same blocks as if it had come at once", () => {
    const text =
      "# A\n\nSome *text*\nover lines\n\n```ts\nlet a = 1;\n\n\nlet b;\n```\n\n1. one\n2. two\n\n   more\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n\nend";
    let blocks = NO_BLOCKS;
    for (let length = 1; length <= text.length; length++) blocks = grown(blocks, text.slice(0, length));
    assert.deepEqual(
      [...blocks.done, ...blocks.open].map((it) => it.type),
      marked.lexer(text).map((it) => it.type),
    );
  });

  it("reads again only what is open, also in an endless paragraph", () => {
    let blocks = NO_BLOCKS;
    let text = "";
    for (let n = 0; n < 2000; n++) {
      blocks = grown(blocks, (text += `${"word ".repeat(10)}`));
      assert.ok(text.length - blocks.end <= 8300, `${text.length - blocks.end} open`);
    }
    assert.equal(blocks.pieces, true);
  });
});
