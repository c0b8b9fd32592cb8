import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { jsonLines, type Place, place } from "./wheelhouse.ts";

let here: Place;
before(async () => {
  here = await place({ "a.txt": "one\n", ".env": "A=1\n" });
  await mkdir(join(here.project, "sub"));
  await symlink("/etc", join(here.project, "out"));
  await writeFile(join(here.project, "rules.json"), '{"permissions":{"deny":["Bash(ls:*)"]}}');
});
after(() => here.remove());

async function why(...given: readonly string[]) {
  const { code, out, err } = await here.run(["permissions", "why", ...given, "--json"]);
  assert.equal(code, 0, err);
  return JSON.parse(out) as {
    readonly decision: string;
    readonly reason: string;
    readonly parts: readonly object[];
  };
}

describe("wheelhouse permissions why", () => {
  it("prints the decision with its parts as JSON", async () => {
    assert.deepEqual(
      await why("ls && npm test", "--settings", '{"permissions":{"allow":["Bash(npm test:*)"]}}'),
      {
        decision: "allow",
        reason: "Every part of it is allowed by itself.",
        parts: [
          { command: "ls", decision: "allow", rule: null, why: "It only reads." },
          {
            command: "npm test",
            decision: "allow",
            rule: "Bash(npm test:*)",
            why: "The rule Bash(npm test:*) allows this.",
          },
        ],
      },
    );
  });

  it("tells which ignore file hides a path, from a call and from a command", async () => {
    await writeFile(join(here.project, "sub", ".wheelhouseignore"), "*.key\n");
    await writeFile(join(here.project, "sub", "a.key"), "x");
    const answers = [
      await why("cat sub/a.key"),
      await why("echo x > sub/new.key", "--mode", "acceptEdits"),
      await why("cd sub && sort < a.key"),
      await why("some-tool ./sub/a.key"),
      await why("--tool", "Read", "--input", '{"file_path":"sub/a.key"}'),
    ];
    for (const { decision, reason } of answers) {
      assert.equal(decision, "deny");
      assert.match(reason, /hidden from every tool by .*sub\/\.wheelhouseignore, line 1/);
    }
    assert.equal((await why("grep -r x sub")).decision, "ask");
  });

  it("asks about commands that only read where the person has switched that off", async () => {
    const settings = '{"permissions":{"builtInReads":false,"allow":["Bash(cat:*)"]}}';
    const decisions = [
      await why("ls", "--settings", settings),
      await why("cat a.txt", "--settings", settings),
    ];
    assert.deepEqual(
      decisions.map((it) => it.decision),
      ["ask", "allow"],
    );
  });

  for (const [what, given, decision] of [
    ["a file through a link that leads out", ["cat out/hosts"], "ask"],
    ["a secret", ["cat .env"], "ask"],
    ["a new file where edits are accepted", ["echo x > n.txt", "--mode", "acceptEdits"], "allow"],
    ["an old file where edits are accepted", ["echo x > a.txt", "--mode", "acceptEdits"], "ask"],
    ["anything in plan mode", ["npm test", "--mode=plan"], "deny"],
    ["another folder", ["ls ..", "--cwd", "sub"], "ask"],
    ["another shell", ["ls", "--shell", "powershell"], "ask"],
    ["a settings file", ["ls", "--settings", "rules.json"], "deny"],
    ["a call that reads", ["--tool", "Read", "--input", '{"file_path":"a.txt"}'], "allow"],
    ["a call that edits", ["--tool", "Edit", "--input", '{"file_path":"a.txt"}'], "ask"],
    ["a command as a call", ["--tool", "Bash", "--input", '{"command":"ls"}'], "allow"],
    ["a call without what it needs", ["--tool", "Read", "--input", "{}"], "deny"],
    ["a tool that is not there", ["--tool", "Nothing", "--input", "{}"], "ask"],
  ] as const) {
    it(`decides about ${what}`, async () => {
      const { decision: found, reason } = await why(...given);
      assert.equal(found, decision, reason);
    });
  }

  it("says it in words, with what could be allowed always", async () => {
    const { out } = await here.run(["permissions", "why", "ls && npm run build"]);
    assert.match(out, /^ask: `npm run build`: No rule allows it/);
    assert.match(out, /allow ls\n/);
    assert.match(out, /Bash\(npm run build:\*\)\n +Every command that begins with "npm run build"\./);
  });

  it("answers a batch line by line, and refuses what it cannot read", async () => {
    const requests = [
      '{"command":"ls"}',
      '{"command":"ls","settings":{"permissions":{"ask":["Bash(ls)"]}}}',
      '{"command":"npm test","mode":"plan"}',
      "nonsense",
      '{"tool":"Read","input":{"file_path":"/etc/hosts"}}',
      '{"command":"ls","settings":"rules.json"}',
    ];
    const { code, out } = await here.run(["permissions", "why", "--batch"], { stdin: requests.join("\n") });
    const decisions = jsonLines(out).map((it) => it["decision"]);
    assert.deepEqual([code, decisions], [1, ["allow", "ask", "deny", "deny", "ask", "deny"]]);
  });

  for (const given of [
    ["why"],
    ["why", "ls", "-la"],
    ["what", "ls"],
    ["why", "--mode", "wild", "ls"],
    ["why", "--nothing"],
    ["why", "ls", "--tool", "Read"],
  ]) {
    it(`ends with 2 for ${given.join(" ")}`, async () => {
      const { code, out, err } = await here.run(["permissions", ...given]);
      assert.deepEqual([code, out], [2, ""]);
      assert.notEqual(err, "");
    });
  }
});
