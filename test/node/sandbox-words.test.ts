import assert from "node:assert/strict";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { refusalsIn } from "../../src/node/sandbox/refusals.ts";
import { seatbeltProfile } from "../../src/node/sandbox/seatbelt.ts";
import type { View } from "../../src/node/sandbox/view.ts";

const VIEW: View = {
  writable: ["/w"],
  readable: ["/usr", "/etc", "/w/.git", "/w/.npmrc"],
  hidden: [
    { path: "/w/.env", kind: "file" },
    { path: "/etc/shadow", kind: "file" },
  ],
  guarded: [
    { path: "/w/.git", kind: "folder", isSecret: false, identity: "1:1" },
    { path: "/w/.env", kind: "file", isSecret: true, identity: "1:2" },
    { path: "/w/CLAUDE.md", kind: "link", isSecret: false, identity: "1:3" },
  ],
  isWhole: true,
  home: "/home/me",
};

describe("what the sandbox has refused", () => {
  const unseen = realpathSync(mkdtempSync(join(tmpdir(), "wheelhouse-")));
  for (const [line, said] of [
    ["bash: line 1: /etc/x: Read-only file system", /a change at "\/etc\/x"/],
    ["Error: EROFS: read-only file system, open '/opt/a'", /a change at "\/opt\/a"/],
    ["OSError: [Errno 30] Read-only file system: '.git/hooks/x'", /a change at "\/w\/\.git"/],
    ["cat: .env: Permission denied", /access to "\/w\/\.env", which may hold secrets/],
    ["Error: EACCES: permission denied, open '/w/.env'", /access to "\/w\/\.env"/],
    [
      "mv: cannot move '.git' to 'x': Device or resource busy",
      /a change at "\/w\/\.git", which is protected/,
    ],
    ["curl: (6) Could not resolve host: example.org", /no network/],
    ["Error: getaddrinfo EAI_AGAIN registry.example.org", /no network/],
    ["fatal: unable to access 'https://example.org/a.git/': Could not resolve host", /no network/],
    ["dial tcp: lookup proxy.example.org: no such host", /no network/],
    [`cat: ${unseen}: No such file or directory`, /does not show/],
    ["unshare: unshare failed: Operation not permitted", /a system call/],
    ["dial unix /var/run/docker.sock: socket: permission denied", /sockets of the file system/],
  ] as const) {
    it(`is told from ${JSON.stringify(line)}`, () => {
      const sentences = refusalsIn(`before\n${line}\nafter\n`, VIEW, []);
      assert.equal(sentences.length, 1);
      assert.match(sentences[0] ?? "", said);
      assert.match(sentences[0] ?? "", /outside the sandbox/);
    });
  }

  for (const line of [
    "AssertionError: expected 1 to equal 2",
    "cat: nothing.txt: No such file or directory",
    "bash: ./run.sh: Permission denied",
    "src/a.ts(1,2): error TS2304: Cannot find name 'x'",
    "the word .envoy: Permission denied",
  ])
    it(`is not guessed from ${JSON.stringify(line)}`, () => assert.deepEqual(refusalsIn(line, VIEW, []), []));

  it("names the hosts that may be reached, and repeats nothing", () => {
    const output = "Could not resolve host: a\n".repeat(50);
    const sentences = refusalsIn(output, VIEW, ["example.org"]);
    assert.equal(sentences.length, 1);
    assert.match(sentences[0] ?? "", /only these hosts.*example\.org/);
  });

  it("is looked for in any output without a failure, in few sentences", () => {
    const word = fc.constantFrom(
      "/w/.env",
      "EACCES",
      "EROFS",
      "/etc/x",
      "not found",
      "\n",
      " ",
      ":",
      "/",
      "x",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), (words) => {
        assert.ok(refusalsIn(words.join(" "), VIEW, []).length <= 5);
      }),
    );
  });
});

describe("the profile for macOS", () => {
  const profile = seatbeltProfile({ ...VIEW, home: "/Users/me" }, "/private/var/tmp/wh");
  const at = (text: string) => {
    const index = profile.indexOf(text);
    assert.ok(index >= 0, `${text} is missing in\n${profile}`);
    return index;
  };

  it("denies first and allows then, since the last rule that fits decides", () => {
    assert.ok(at("(deny file-write*)") < at('(allow file-write* (subpath "/w")'));
    assert.ok(at("(deny file-read-data") < at("(allow file-read-data"));
  });

  it("takes what is protected back from what may be written, and secrets from what may be read", () => {
    const allowed = at('(allow file-write* (subpath "/w")');
    assert.ok(allowed < at('(deny file-write* (subpath "/w/.git")'));
    assert.ok(allowed < at('(deny file-write* (regex #"^/w/(.*/)?('));
    assert.ok(at("(allow file-read-data") < at('(deny file-read* file-write* (subpath "/w/.env")'));
  });

  it("has no network, and no way to other programs", () => {
    for (const it of [
      "(deny network*)",
      "(deny appleevent-send)",
      "(deny file-write-setugid)",
      "(deny job-creation)",
    ])
      at(it);
  });

  it("names protected files whether they exist or not, at any depth", () => {
    const [, regex = ""] = /\(regex #"(\^\/w\/[^"]*)"\)/.exec(profile) ?? [];
    const fits = new RegExp(regex);
    for (const it of [
      ".vscode/tasks.json",
      "a/b/.git/hooks/x",
      "AGENTS.md",
      "n/.mcp.json",
      ".claude",
      ".VSCode/tasks.json",
    ])
      assert.match(`/w/${it}`, fits);
    for (const it of ["src/a.ts", ".vscodeignore", "AGENTS.md.txt", "agit/x"])
      assert.doesNotMatch(`/w/${it}`, fits);
  });

  it("stays one text whatever a folder is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', "\\", "(", ")", "a", " ", "#", "+") }), (name) => {
        const text = seatbeltProfile({ ...VIEW, writable: [`/${name}`], guarded: [], hidden: [] }, "/t");
        const bare = text.replace(/#"(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.)*"/g, "");
        assert.equal(bare.includes('"'), false);
        assert.equal(bare.split("(").length, bare.split(")").length);
      }),
    );
  });
});
