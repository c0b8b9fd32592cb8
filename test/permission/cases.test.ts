import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { malformed } from "../../src/permission/paths.ts";
import { absolute, parentOf } from "../../src/text/paths.ts";
import { onCommand, onPath, path, type RuleTexts, type STRICTNESS } from "./situation.ts";

/** Cases that are no part of the project lie beside it, where there are any. */
const CASES = new URL("../../../shared/cases/", import.meta.url);

function cases<T>(name: string): T | undefined {
  const file = new URL(name, CASES);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : undefined;
}

type Verdict = keyof typeof STRICTNESS;

interface CommandCase {
  readonly id: string;
  readonly command: string;
  readonly ruleset: string;
  readonly expect: Verdict;
  readonly also_ok: readonly Verdict[];
}
type RuleSets = Readonly<Record<string, Required<RuleTexts>>>;

interface PathCase {
  readonly id: string;
  readonly platform: string;
  readonly roots: readonly [string, ...string[]];
  readonly mode: string;
  readonly op: string;
  readonly requested: string;
  readonly expect: Verdict;
  readonly also_ok: readonly Verdict[];
  readonly fs?: { readonly symlinks?: Readonly<Record<string, string>> };
}

/** The case's rules in our grammar: words of a command line, and whatever follows. */
function ours({ allow, ask, deny }: Required<RuleTexts>): RuleTexts {
  const rules = (texts: readonly string[]) => texts.map((it) => (it === "*" ? "Bash" : `Bash(${it}:*)`));
  return { allow: rules(allow), ask: rules(ask), deny: rules(deny) };
}

/** The path with the links of the case followed, one after the other. */
function real(asked: string, links: Readonly<Record<string, string>>, root: string): string {
  // Where case does not count, what is resolved comes in the disk's spelling.
  if (/^[a-z]:/i.test(root) && asked.toLowerCase().startsWith(root.toLowerCase()))
    return root + asked.slice(root.length);
  for (const [from, to] of Object.entries(links)) {
    const link = absolute(from, root);
    if (asked === link || asked.startsWith(`${link}/`))
      return absolute(to, parentOf(link)) + asked.slice(link.length);
  }
  return asked;
}

describe("the shared cases of commands", () => {
  const all = cases<readonly CommandCase[]>("security/shell-commands.json");
  const sets = cases<RuleSets>("security/rulesets.json");

  it("are never allowed where they may not be", function () {
    if (!all || !sets) return this.skip();
    const wrong = all.filter(({ command, ruleset, expect, also_ok }) => {
      const { decision } = onCommand(command, ours(sets[ruleset] ?? { allow: [], ask: [], deny: [] }));
      return decision === "allow" && ![expect, ...also_ok].includes("allow");
    });
    assert.deepEqual(
      wrong.map((it) => [it.id, it.command]),
      [],
    );
  });

  it("that a rule denies are denied in whatever spelling", function () {
    if (!all || !sets) return this.skip();
    const denied = all.filter(
      (it) => it.expect === "deny" && !it.also_ok.includes("ask") && (sets[it.ruleset]?.deny.length ?? 0) > 0,
    );
    const missed = denied.filter(
      (it) =>
        onCommand(it.command, ours(sets[it.ruleset] ?? { allow: [], ask: [], deny: [] })).decision !== "deny",
    );
    assert.deepEqual(
      missed.map((it) => [it.id, it.command]),
      [],
    );
  });
});

describe("the shared cases of paths", () => {
  const all = cases<readonly PathCase[]>("security/paths.json");

  it("are decided as they say", function () {
    if (!all) return this.skip();
    // No tool of ours removes files.
    const wrong = all
      .filter((it) => it.op !== "delete")
      .flatMap((it) => {
        const [root] = it.roots;
        const asked =
          it.requested.startsWith("//") || it.requested.startsWith("\\")
            ? it.requested
            : absolute(it.requested, root);
        const touch = path(
          it.op === "read" ? "read" : "edit",
          asked,
          real(asked, it.fs?.symlinks ?? {}, root),
        );
        const { decision } = onPath(
          touch,
          {},
          { mode: "acceptEdits", roots: it.roots, folder: root, platform: it.platform },
        );
        return [it.expect, ...it.also_ok].includes(decision)
          ? []
          : [`${it.id} ${it.requested}: ${decision}, not ${it.expect}`];
      });
    assert.deepEqual(wrong, []);
  });

  it("that are safe or not on Windows are told apart", function () {
    const windows = cases<{ readonly cases: readonly { readonly path: string; readonly safe: boolean }[] }>(
      "agents/path_safety_cases.json",
    );
    if (!windows) return this.skip();
    const wrong = windows.cases.filter((it) => (malformed(it.path, "win32") === undefined) !== it.safe);
    assert.deepEqual(wrong, []);
  });
});

/** Some groups have a command line, some its words, some neither. */
interface Line {
  readonly command?: unknown;
  readonly argv?: readonly string[];
  readonly dangerous?: boolean;
}

function lineOf({ command, argv }: Line): string | undefined {
  return typeof command === "string" ? command : argv?.join(" ");
}

describe("the cases of other agents", () => {
  interface Group {
    readonly group: string;
    readonly cases: readonly Line[];
  }
  const groups = cases<{ readonly groups: readonly Group[] }>("agents/command_permission_cases.json")?.groups;

  it("are asked about, whatever patterns are allowed", function () {
    if (!groups) return this.skip();
    const lines = groups.flatMap((it) => it.cases.flatMap((one) => lineOf(one) ?? []));
    const allow = ["Bash", "Bash(*)", "Bash(git:*)", "Bash(ls:*)", "*"];
    assert.deepEqual(
      lines.filter((it) => onCommand(it, { allow }).decision === "allow"),
      [],
    );
  });

  it("that hide a forced rm are denied by a rule on it", function () {
    const hidden = groups
      ?.find((it) => it.group === "forced_rm_detection")
      ?.cases.filter((it) => it.dangerous);
    if (!hidden) return this.skip();
    const missed = hidden.filter(
      (it) => onCommand(lineOf(it) ?? "", { deny: ["Bash(rm:*)"] }).decision !== "deny",
    );
    assert.deepEqual(missed, []);
  });
});
