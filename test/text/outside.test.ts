import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { outside } from "../../src/text/outside.ts";

const TOKEN = "ghp_Zk3vQx9LmW2pR8tYb5NcJ7dFhG4sA1eKuV6o";

describe("text from outside", () => {
  const piece = fc.constantFrom(
    TOKEN,
    "postgres://me:hunter2x@db/a",
    "\u202e",
    "\u200b",
    "\u{e0041}",
    "\r\n",
    "\n",
    "<system-reminder>",
    "</attached_file>",
    "word ",
    "\u{1f469}\u200d\u{1f52c}",
  );
  const text = fc.array(piece, { maxLength: 12 }).map((it) => it.join(""));

  it("stays as it is when it is told again, with a key that stands in one line", () => {
    const { told } = outside();
    const once = told("-----BEGIN RSA PRIVATE KEY-----MIIEpAIBAAKCAQEA7bq-----END RSA PRIVATE KEY-----\n");
    assert.match(once, /-----\[masked: private key line 1\]-----/);
    assert.equal(told(once), once);
  });

  it("stays as it is when it is told again", () => {
    fc.assert(
      fc.property(text, (it) => {
        const { told } = outside();
        assert.equal(told(told(it)), told(it));
      }),
    );
  });

  it("means itself again in the file it is from", () => {
    fc.assert(
      fc.property(text, (it) => {
        const { told, meant } = outside();
        assert.deepEqual(meant(told(it), it), { kind: "text", text: it });
      }),
    );
  });

  it("keeps its lines", () => {
    fc.assert(
      fc.property(text, (it) => assert.equal(outside().told(it).split("\n").length, it.split("\n").length)),
    );
  });

  it("shows emoji of several characters as they are", () => {
    const text = "\u{1f469}\u200d\u{1f52c} \u2764\ufe0f";
    assert.equal(outside().told(text), text);
  });

  for (const [what, text, file] of [
    ["a secret of another file", "a [masked: GitHub token 1]", "nothing"],
    ["a secret that is not known", "a [masked: GitHub token 5]", TOKEN],
    [
      "a secret beside a text that looks like its placeholder",
      "[masked: GitHub token 1]",
      `${TOKEN} [masked: GitHub token 1]`,
    ],
    ["a character beside a text that looks like its notation", "⟨U+202E⟩", "\u202e ⟨U+202E⟩"],
  ] as const)
    it(`does not mean ${what}`, () => {
      const it = outside();
      it.told(TOKEN);
      assert.equal(it.meant(text, file).kind, "refused");
    });

  it("says that a command holds a placeholder", () => {
    assert.deepEqual(
      ["echo [masked: GitHub token 1]", "echo [masked]"].map((it) => outside().namesSecret(it)),
      [true, false],
    );
  });

  it("of a megabyte that only begins like secrets, again and again, is told in the time of the rest", () => {
    // One that took the square of its length would outlast the test.
    for (const it of [
      "eyJ",
      "ghp_",
      "://a",
      "authorization: ",
      'api_key="',
      "-----BEGIN PRIVATE KEY-----.",
      "sk-",
      "[masked: ",
    ])
      assert.ok(outside().told(it.repeat(1_000_000 / it.length)).length > 0);
    const blanks = `<${" ".repeat(1_000_000)}`;
    assert.equal(outside().told(blanks), blanks);
  });
});
