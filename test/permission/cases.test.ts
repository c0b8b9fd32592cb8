import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import { malformed } from "../../src/permission/paths.ts";
import { absolute, parentOf } from "../../src/text/paths.ts";
import { type ShellStage, shellStage } from "./shell-stage.ts";
import { onPath, path, type RuleTexts, type STRICTNESS } from "./situation.ts";

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
  readonly shell: string;
  readonly expect: Verdict | "any";
  readonly also_ok: readonly Verdict[];
}
type RuleSets = Readonly<
  Record<
    string,
    Required<RuleTexts> & { readonly readOnlyBuiltins?: boolean; readonly writesInWorkspace?: string }
  >
>;

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

/** What is decided about a case. */
async function decided({ command, ruleset, shell }: CommandCase, sets: RuleSets): Promise<Verdict> {
  const set = sets[ruleset];
  const mode = set?.writesInWorkspace === "allow" ? "acceptEdits" : "default";
  const line = command.replaceAll("/workspace/project", "/w/proj");
  const builtInReads = set?.readOnlyBuiltins ?? true;
  const texts = ours(set ?? { allow: [], ask: [], deny: [] });
  const { decision } = await stage.on(line, texts, { mode, shell, builtInReads });
  return decision;
}

let stage: ShellStage;
before(async () => {
  stage = await shellStage();
});
after(() => stage.close());

describe("the shared cases of commands", () => {
  const sets = cases<RuleSets>("security/rulesets.json");
  const listed = cases<readonly CommandCase[]>("security/shell-commands.json");
  const lines = cases<readonly CommandCase[]>("security/shell-differential.json");

  it("are never allowed where they may not be, and denied where they must", async function () {
    if (!listed || !lines || !sets) return this.skip();
    const wrong: unknown[] = [];
    for (const it of [...listed, ...lines]) {
      const decision = await decided(it, sets);
      const isFit = it.expect === "any" || [it.expect, ...it.also_ok].includes(decision);
      if (!isFit && it.expect !== "allow") wrong.push([it.id, it.command, decision]);
    }
    assert.deepEqual(wrong, []);
  });

  it("that are harmless are seldom asked about", async function () {
    if (!listed || !sets) return this.skip();
    const harmless = listed.filter((it) => it.expect === "allow" && it.also_ok.length === 0);
    const asked: string[] = [];
    for (const it of harmless) if ((await decided(it, sets)) !== "allow") asked.push(it.command);
    const share = (asked.length / harmless.length) * 100;
    assert.ok(share <= 5, `${share.toFixed(1)} % of ${harmless.length} ask: ${JSON.stringify(asked)}`);
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
  readonly auto_approve?: boolean;
  readonly confirm?: boolean;
  readonly blocked?: boolean;
  readonly base_policy?: string;
  readonly expected?: unknown;
}

/** Whether the other agent would not run it unasked. */
function isUnsafe(it: Line): boolean {
  const isRaised = it.base_policy === "allowedWithoutPermission" && it.expected !== it.base_policy;
  return (
    it.auto_approve === false ||
    it.confirm === true ||
    it.blocked === true ||
    it.dangerous === true ||
    isRaised
  );
}

function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function lineOf({ command, argv }: Line): string | undefined {
  return typeof command === "string" ? command : argv?.map(quoted).join(" ");
}

describe("the cases of other agents", () => {
  interface Group {
    readonly group: string;
    readonly cases: readonly Line[];
  }
  const groups = cases<{ readonly groups: readonly Group[] }>("agents/command_permission_cases.json")?.groups;

  it("are not allowed by themselves where another agent asks", async function () {
    if (!groups) return this.skip();
    const wrong: string[] = [];
    for (const it of groups.flatMap((group) => group.cases)) {
      const line = lineOf(it);
      if (line !== undefined && isUnsafe(it) && (await stage.on(line)).decision === "allow") wrong.push(line);
    }
    assert.deepEqual(wrong, []);
  });

  it("that hide a forced rm are denied by a rule on it", async function () {
    const hidden = groups
      ?.find((it) => it.group === "forced_rm_detection")
      ?.cases.filter((it) => it.dangerous);
    if (!hidden) return this.skip();
    const missed: unknown[] = [];
    for (const it of hidden) {
      const { decision } = await stage.on(lineOf(it) ?? "", { deny: ["Bash(rm:*)"] });
      if (decision !== "deny") missed.push(it);
    }
    assert.deepEqual(missed, []);
  });
});

describe("the cases of taking lines apart", () => {
  interface Group {
    readonly group: string;
    readonly cases: readonly { readonly command?: unknown; readonly expected?: unknown }[];
  }
  const all = cases<{ readonly groups: readonly Group[] }>("agents/shell_parse_cases.json")?.groups.find(
    (it) => it.group === "sub_commands_bash",
  );

  it("find every command that will run, or do not understand the line", async function () {
    if (!all) return this.skip();
    const missed: unknown[] = [];
    for (const { command, expected } of all.cases) {
      if (typeof command !== "string" || !Array.isArray(expected)) continue;
      const line = await stage.line(command);
      if (line.kind === "obscure") continue;
      const found = line.parts.map((it) => it.command);
      if (!expected.every((it) => found.includes(it))) missed.push([command, found]);
    }
    assert.deepEqual(missed, []);
  });
});
