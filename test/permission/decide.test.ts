import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { decide, type Situation, type Touch } from "../../src/permission/decide.ts";
import { parseRule } from "../../src/permission/rules.ts";
import { onCommand, onPath, path, type RuleTexts, STRICTNESS, situation } from "./situation.ts";

const MODES = ["default", "acceptEdits", "plan", "bypassPermissions"] as const;

describe("modes", () => {
  const inside = "/w/proj/src/a.ts";
  for (const [what, touch, expected] of [
    ["reading in the workspace", path("read", inside), ["allow", "allow", "allow", "allow"]],
    ["reading outside of it", path("read", "/etc/hosts"), ["ask", "ask", "ask", "allow"]],
    ["reading a secret", path("read", "/w/proj/.env"), ["ask", "ask", "ask", "ask"]],
    ["editing in the workspace", path("edit", inside), ["ask", "allow", "deny", "allow"]],
    ["editing outside of it", path("edit", "/etc/hosts"), ["ask", "ask", "deny", "ask"]],
    ["editing what is protected", path("edit", "/w/proj/.git/config"), ["ask", "ask", "deny", "ask"]],
    [
      "editing through a link that leads out",
      path("edit", inside, "/etc/hosts"),
      ["ask", "ask", "deny", "ask"],
    ],
    [
      "editing through a link to what is protected",
      path("edit", inside, "/w/proj/.git/config"),
      ["ask", "ask", "deny", "ask"],
    ],
    ["a command", { kind: "command", command: "ls" }, ["ask", "ask", "deny", "allow"]],
    ["what touches nothing", { kind: "none" }, ["allow", "allow", "allow", "allow"]],
  ] as const) {
    it(`decide about ${what}`, () => {
      const decisions = MODES.map((mode) => decide("Tool", touch as Touch, situation({}, { mode })).decision);
      assert.deepEqual(decisions, expected);
    });
  }

  it("run nothing in a folder that is not trusted", () => {
    for (const mode of MODES) {
      const { decision } = onCommand("ls", { allow: ["Bash(ls)"] }, { mode, trusted: false });
      assert.equal(decision, "deny");
    }
  });

  it("know a sibling folder from the workspace, and a way out from a way in", () => {
    for (const it of ["/w/proj-evil/a", "/w/proj/../other/a", "/w/pro", "/w"]) {
      assert.equal(onPath(path("edit", it, it), {}, { mode: "acceptEdits" }).decision, "ask", it);
    }
  });
});

describe("rules", () => {
  const at = (touch: Touch, rules: RuleTexts, more?: Partial<Situation>) =>
    onPath(touch, rules, more).decision;

  it("deny before they ask, and ask before they allow", () => {
    const all = { deny: ["Bash(ls)"], ask: ["Bash(ls)"], allow: ["Bash(ls)"] };
    assert.equal(onCommand("ls", all).decision, "deny");
    assert.equal(onCommand("ls", { ...all, deny: [] }).decision, "ask");
    assert.equal(onCommand("ls", { ...all, deny: [], ask: [] }).decision, "allow");
  });

  it("deny and ask in every mode, also where everything else is allowed", () => {
    const bypass = { mode: "bypassPermissions" } as const;
    assert.equal(onCommand("git push", { deny: ["Bash(git push:*)"] }, bypass).decision, "deny");
    assert.equal(onCommand("git push", { ask: ["Bash(git push:*)"] }, bypass).decision, "ask");
    assert.equal(at(path("edit", "/w/proj/a"), { deny: ["Edit(a)"] }, bypass), "deny");
  });

  for (const [rule, matching, other] of [
    ["Edit(src/**)", "/w/proj/src/deep/a.ts", "/w/proj/test/a.ts"],
    ["Edit(/src/*.ts)", "/w/proj/src/a.ts", "/w/proj/src/deep/a.ts"],
    ["Edit(*.md)", "/w/proj/deep/in/a.md", "/w/proj/a.ts"],
    ["Edit(//etc/hosts)", "/etc/hosts", "/etc/passwd"],
    ["Edit(~/notes/**)", "/home/me/notes/a", "/home/you/notes/a"],
    ["Edit", "/anything/at/all", ""],
  ] as const) {
    it(`${rule} denies ${matching} and not its neighbour`, () => {
      assert.equal(at(path("edit", matching), { deny: [rule] }), "deny");
      if (other !== "") assert.notEqual(at(path("edit", other), { deny: [rule] }), "deny");
    });
  }

  it("deny a path in either spelling, and allow it where it really is", () => {
    const link = path("edit", "/w/proj/link", "/w/proj/src/a.ts");
    assert.equal(at(link, { deny: ["Edit(link)"] }), "deny");
    assert.equal(at(link, { deny: ["Edit(src/**)"] }), "deny");
    assert.equal(at(link, { allow: ["Edit(link)"] }), "ask");
    assert.equal(at(link, { allow: ["Edit(src/**)"] }), "allow");
  });

  it("on Edit cover every tool that writes, on Read every tool that reads", () => {
    for (const tool of ["Edit", "MultiEdit", "Write", "NotebookEdit", "Refactor"])
      assert.equal(
        decide(tool, path("edit", "/w/proj/a"), situation({ deny: ["Edit(a)"] })).decision,
        "deny",
      );
    for (const tool of ["Read", "Glob", "Grep", "Symbols"])
      assert.equal(
        decide(tool, path("read", "/w/proj/a"), situation({ deny: ["Read(a)"] })).decision,
        "deny",
      );
  });

  it("never allow what is protected or lies outside", () => {
    for (const it of [
      "/w/proj/.git/hooks/pre-commit",
      "/w/proj/.vscode/tasks.json",
      "/w/proj/.env",
      "/etc/hosts",
    ]) {
      assert.equal(at(path("edit", it), { allow: ["Edit", "Edit(**)", `Edit(/${it})`] }), "ask", it);
    }
  });

  it("on Bash allow the literal line only", () => {
    const rules = { allow: ["Bash(npm test)", "Bash(npm:*)", "Bash(*)", "Bash", "*"] };
    assert.equal(onCommand("npm test", rules).decision, "allow");
    for (const it of [
      "npm test; rm x",
      "npm test && rm x",
      "npm  test",
      "npm test\nrm x",
      "npm testx",
      "npm run x",
      "rm x",
    ])
      assert.equal(onCommand(it, rules).decision, "ask", it);
  });

  for (const text of ["", "(x)", "Bash()", "Bash( )", "Edit(a", "Edit a)", "7up"]) {
    it(`say what is wrong with "${text}"`, () => assert.equal(typeof parseRule(text), "string"));
  }

  it("are refused when they stand for more than can be looked at", () => {
    const wide = ["{a,b,c,d,e,f}".repeat(8), "{1..99999}", "a".repeat(70_000)];
    for (const it of wide) assert.match(String(parseRule(`Read(${it})`)), /too much/);
    assert.equal(typeof parseRule("Read(src/{a,b}/{1..9}/*.{ts,js})"), "object");
  });
});

describe("what Allow always would write", () => {
  const next = (touch: Touch, offers: readonly string[], tool = "Edit") =>
    decide(tool, touch, situation({ allow: offers }));

  it("allows the same call and nothing else", () => {
    const touch = path("edit", "/w/proj/src/a.ts");
    const { offers } = decide("Edit", touch, situation());
    assert.equal(offers.length, 1);
    assert.equal(next(touch, offers).decision, "allow");
    assert.equal(next(path("edit", "/w/proj/src/b.ts"), offers).decision, "ask");
  });

  it("holds in no other project, for it goes into the person's own settings", () => {
    const { offers } = decide("Edit", path("edit", "/w/proj/src/a.ts"), situation());
    const elsewhere = { roots: ["/w/other"], folder: "/w/other" };
    const there = decide("Edit", path("edit", "/w/other/src/a.ts"), situation({ allow: offers }, elsewhere));
    assert.equal(there.decision, "ask");
  });

  it("is offered for a command only as the line it is", () => {
    const { offers } = onCommand("npm test -- --grep a");
    assert.deepEqual(offers, ["Bash(npm test -- --grep a)"]);
    assert.deepEqual(onCommand("a\nb").offers, []);
  });

  it("is not offered where the answer must be given each time", () => {
    for (const touch of [
      path("edit", "/w/proj/.git/config"),
      path("edit", "/etc/hosts"),
      path("read", "/w/proj/.env"),
    ])
      assert.deepEqual(decide("Edit", touch, situation()).offers, []);
  });

  it("covers just what was asked about, whatever the names hold", () => {
    const name = fc
      .stringMatching(/^[ -~]{1,12}$/)
      .filter((it) => !/[/\\]/.test(it) && it !== "." && it !== "..");
    fc.assert(
      fc.property(name, name, fc.constantFrom("read" as const, "edit" as const), (one, other, kind) => {
        const folder = kind === "read" ? "/elsewhere" : "/w/proj/sub";
        const [asked, else_] = [path(kind, `${folder}/${one}`), path(kind, `${folder}/${other}`)];
        const { offers, decision } = decide(kind === "edit" ? "Edit" : "Read", asked, situation());
        for (const rule of offers) {
          assert.notEqual(typeof parseRule(rule), "string", rule);
          assert.equal(next(asked, [rule], kind === "edit" ? "Edit" : "Read").decision, "allow", rule);
          if (one !== other && decision === "ask")
            assert.notEqual(
              next(else_, [rule], kind === "edit" ? "Edit" : "Read").rule,
              rule,
              `${rule} covers ${other}`,
            );
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a deny rule", () => {
  for (const line of [
    "rm x",
    "sudo rm x",
    "env A=1 rm x",
    "A=1 rm x",
    "/bin/rm x",
    "./rm x",
    "r\\m x",
    "'rm' x",
    '"rm" x',
    "rm\tx",
    "true;rm x",
    "true && rm x",
    "true | rm x",
    "(rm x)",
    "{ rm x; }",
    "$(rm x)",
    "`rm x`",
    "bash -c 'rm x'",
    "xargs rm",
    "find . -exec rm {} +",
    "timeout 5 rm x",
    "nice rm x",
    "if true; then rm x; fi",
    "echo a\nrm x",
    "r\\\nm x",
    "command rm x",
    "\\rm x",
    "! rm x",
    ">out rm x",
  ]) {
    it(`on rm holds for ${JSON.stringify(line)}`, () => {
      for (const rule of ["Bash(rm)", "Bash(rm:*)", "Bash(rm *)"])
        assert.equal(onCommand(line, { deny: [rule], allow: [`Bash(${line})`] }).decision, "deny", rule);
    });
  }

  it("on rm leaves other programs alone", () => {
    for (const line of ["npm run format", "farm x", "rmdir-like", "echo form"])
      assert.equal(onCommand(line, { deny: ["Bash(rm:*)"] }).decision, "ask", line);
  });

  const touch: fc.Arbitrary<Touch> = fc.oneof(
    fc.constant<Touch>({ kind: "none" }),
    fc
      .constantFrom("ls", "rm x", "git push", "npm test")
      .map((command): Touch => ({ kind: "command", command })),
    fc
      .tuple(
        fc.constantFrom("read" as const, "edit" as const),
        fc.constantFrom("/w/proj/a", "/w/proj/.env", "/etc/hosts", "/w/proj/src/b.ts"),
      )
      .map(([kind, it]) => path(kind, it)),
  );
  const rule = fc.constantFrom(
    "Bash",
    "Bash(ls)",
    "Bash(rm:*)",
    "Edit",
    "Edit(a)",
    "Read(**)",
    "Read(//etc/**)",
    "*",
    "Edit(src/**)",
    "Bash(git push)",
  );
  const rules = fc.array(rule, { maxLength: 4 });

  it("never makes a decision less strict, and neither does an ask rule that replaces an allow rule", () => {
    fc.assert(
      fc.property(
        touch,
        rules,
        rules,
        rules,
        rule,
        fc.constantFrom(...MODES),
        (what, allow, ask, deny, more, mode) => {
          const tool = what.kind === "command" ? "Bash" : what.kind === "edit" ? "Edit" : "Read";
          const decision = (texts: RuleTexts) =>
            STRICTNESS[decide(tool, what, situation(texts, { mode })).decision];
          const before = decision({ allow, ask, deny });
          assert.ok(decision({ allow, ask, deny: [...deny, more] }) >= before);
          assert.ok(decision({ allow, ask: [...ask, more], deny }) >= before);
          assert.ok(decision({ allow: [...allow, more], ask, deny }) <= before);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
