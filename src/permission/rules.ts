import { minimatch } from "minimatch";
import { relativeTo } from "../text/paths.ts";
import { slashed } from "./paths.ts";
import { demandOf, partOf } from "./shell/dangers.ts";
import { lossOf } from "./shell/losses.ts";
import { isExact, patternOf, saidWords } from "./shell/match.ts";

/** `Tool` or `Tool(spec)`, as users of Claude Code write them. */
export interface Rule {
  /** As written. */
  readonly text: string;
  /** Tool name; `*` stands for any run of characters. */
  readonly tool: string;
  /** `undefined`: every use of the tool. */
  readonly spec: string | undefined;
}

/** The three lists; deny beats ask beats allow. */
export interface Rules {
  readonly deny: readonly Rule[];
  readonly ask: readonly Rule[];
  readonly allow: readonly Rule[];
}

/** No rules at all. */
export const NO_RULES: Rules = { deny: [], ask: [], allow: [] };

/** The rule, or a sentence saying what is wrong with it. */
export function parseRule(text: string): Rule | string {
  const match = /^\s*([A-Za-z_*][\w*-]*)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text);
  if (!match?.[1])
    return `"${text}" is no rule: write Tool or Tool(what), for example Read(src/**) or Bash(npm test)`;
  const spec = match[2];
  if (spec?.trim() === "")
    return `"${text}" has nothing between its parentheses: leave them out to mean every use`;
  if (spec !== undefined && match[1] !== "Bash" && isTooMuch(spec))
    return `"${text.slice(0, 80)}…" says too much at once: write several shorter rules`;
  return { text: text.trim(), tool: match[1], spec };
}

/** Beyond these, looking at one path takes long, and alternatives would silently be left out. */
const LONGEST_PATTERN = 4_000;
const MOST_ALTERNATIVES = 1_000;

function isTooMuch(spec: string): boolean {
  return spec.length > LONGEST_PATTERN || alternativesOf(spec) > MOST_ALTERNATIVES;
}

/** At least as many as braces in the pattern stand for. */
function alternativesOf(spec: string): number {
  const [, ...groups] = spec.split("{");
  const counts = groups.map((it) => {
    const range = /^(-?\d+)\.\.(-?\d+)/.exec(it);
    if (range) return Math.abs(Number(range[1]) - Number(range[2])) + 1;
    // A range of letters has no more members than there are letters between "A" and "z".
    return /^[a-z]\.\./i.test(it) ? 58 : it.split(",").length;
  });
  return counts.reduce((all, it) => all * it, 1);
}

/** The rules of three lists of texts; `wrong` has a sentence for each that is none. */
export function parsedRules(texts: { readonly [Effect in keyof Rules]: readonly string[] }): {
  readonly rules: Rules;
  readonly wrong: readonly string[];
} {
  const parsed = {
    allow: texts.allow.map(parseRule),
    ask: texts.ask.map(parseRule),
    deny: texts.deny.map(parseRule),
  };
  const good = (list: readonly (Rule | string)[]) => list.filter((it) => typeof it !== "string");
  const wrong = Object.values(parsed).flatMap((list) => list.filter((it) => typeof it === "string"));
  return { rules: { allow: good(parsed.allow), ask: good(parsed.ask), deny: good(parsed.deny) }, wrong };
}

/** The groups of tools a rule on one of them covers, since they do the same thing to a file. */
const KIN: Readonly<Record<string, readonly string[]>> = {
  Edit: ["Edit", "MultiEdit", "Write", "NotebookEdit", "Refactor"],
  Read: ["Read", "Glob", "Grep", "Symbols", "References", "RepoMap", "Diagnostics"],
};

/** Whether an allow rule is about this tool, or one of its kin. */
export function coversTool(rule: Rule, tool: string): boolean {
  return fitsName(rule.tool, tool) || (KIN[rule.tool]?.includes(tool) ?? false);
}

/** Whether a deny or ask rule is: as above, and however the name is written, for a slip must not open the door. */
export function touchesTool({ tool: named, ...rule }: Rule, tool: string): boolean {
  const kin = Object.keys(KIN).find((it) => it.toLowerCase() === named.toLowerCase());
  return (
    coversTool({ ...rule, tool: kin ?? named }, tool) || fitsName(named.toLowerCase(), tool.toLowerCase())
  );
}

function fitsName(pattern: string, tool: string): boolean {
  return minimatch(tool, pattern, { nocomment: true, nonegate: true, noext: true });
}

/**
 * A sentence for each rule that reads well and does not do what it seems to: it names none of `tools`, or it allows by a
 * pattern what only a rule of the whole command allows.
 */
export function doubts({ deny, ask, allow }: Rules, tools: readonly string[]): readonly string[] {
  const unknown = [
    ...[...deny, ...ask].filter((it) => !tools.some((tool) => touchesTool(it, tool))),
    ...allow.filter((it) => !tools.some((tool) => coversTool(it, tool))),
  ];
  return [
    ...unknown.map((it) => `The rule ${it.text} does nothing: there is no tool "${it.tool}" here`),
    ...allow.filter((it) => it.tool === "Bash").flatMap(emptyPattern),
  ];
}

/** Why a pattern allows none of the commands it seems to. */
function emptyPattern(rule: Rule): readonly string[] {
  const pattern = patternOf(rule);
  if (pattern.words.length === 0 || isExact(pattern)) return [];
  const loss = lossOf(pattern.words);
  const demand = demandOf(partOf([...pattern.words, "x"]));
  if (loss !== undefined)
    return [`The rule ${rule.text} allows nothing: it must be the whole command. ${loss}`];
  const isTooWide = demand !== undefined && demand.words > saidWords(pattern);
  return isTooWide
    ? [`The rule ${rule.text} allows nothing: it must say more of the command. ${demand.why}`]
    : [];
}

/** Where the paths of a rule begin: the workspace folder and the person's home. */
export interface Anchors {
  readonly folder: string;
  readonly home: string;
}

/** Whether the rule's path pattern takes in `path` (absolute): `//abs`, `~/x`, `/x` and `x` from the workspace folder, in .gitignore's manner. */
export function coversPath(rule: Rule, path: string, { folder, home }: Anchors): boolean {
  const spec = rule.spec?.trim();
  if (spec === undefined) return true;
  if (spec.startsWith("//")) return fits(slashed(path), spec.slice(1));
  const base = spec.startsWith("~/") ? home : folder;
  const relative = relativeTo(path, base);
  const pattern = spec.replace(/^(~\/|\.?\/)/, "");
  if (relative === undefined) return false;
  // A pattern without a slash matches at any depth, as in .gitignore.
  return fits(relative, pattern) || (!spec.includes("/") && fits(relative, `**/${pattern}`));
}

/** Without extended globs: "(", "|" and "@" are common in names, and a name must not stand for others. */
function fits(path: string, pattern: string): boolean {
  const options = { dot: true, nocomment: true, nonegate: true, noext: true } as const;
  const folder = pattern.replace(/\/$/, "");
  return minimatch(path, folder, options) || minimatch(path, `${folder}/**`, options);
}

const ASK_ALL = parsedRules({ allow: [], ask: ["Edit", "Bash"], deny: [] }).rules.ask;

/** The rules of somebody whose protection is broken: what it forbade is not known, so all that is no reading is asked about. */
export function carefulRules({ deny, ask }: Rules): Rules {
  return { deny, ask: [...ask, ...ASK_ALL], allow: [] };
}
