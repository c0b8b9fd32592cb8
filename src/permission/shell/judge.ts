import { absolute } from "../../text/paths.ts";
import { visible } from "../../text/visible.ts";
import {
  type Denied,
  deniable,
  deniesCommand,
  deniesOneOf,
  namesLine,
  textualCommands,
} from "../commands.ts";
import type { Decision, Situation } from "../decide.ts";
import { coversTool, type Rule, touchesTool } from "../rules.ts";
import { demandOf } from "./dangers.ts";
import { borderVerdict, deniedMention, pathVerdict } from "./judge-paths.ts";
import type { Line, SettledPart } from "./line.ts";
import { lossOf } from "./losses.ts";
import { comparable, fits, isExact, patternOf, saidWords } from "./match.ts";
import { offersFor } from "./offers.ts";
import type { PartVerdict } from "./verdict.ts";

/** The name of the tool that runs commands. */
const TOOL = "Bash";

/**
 * May this command line run? Each of its commands is judged by itself, and the strictest verdict is the line's: what
 * rules deny; what they ask about; what is protected; what the mode allows; then each must be covered by a rule or only
 * read. A line that is not understood is judged by its text, and allowed by nothing but its very self.
 */
export function decideCommand(command: string, line: Line, situation: Situation): Decision {
  const decision = decideLine(command, line, situation);
  const isLeaving = situation.sandbox === "left" && situation.mode !== "bypassPermissions";
  if (!isLeaving || decision.decision !== "allow") return decision;
  return { ...decision, decision: "ask", reason: "It asks to run outside the sandbox.", rule: undefined };
}

function decideLine(command: string, line: Line, situation: Situation): Decision {
  if (line.kind === "obscure") return obscure(command, line.why, situation);
  const { parts } = line;
  const all = parts.map((it) => deniedOf(it, command));
  const context: Context = { command, all, situation };
  const judged = parts.map((it, index) => inMode(verdictOn(it, index, context), it, situation));
  const strictest = ["deny", "ask", "allow"].flatMap((it) => judged.filter((one) => one.decision === it))[0];
  if (!strictest)
    return { decision: "allow", reason: "It runs nothing.", rule: undefined, offers: [], parts: [] };
  const { decision, rule } = strictest;
  const found = decision === "ask" ? offersFor(command, parts, judged, mayBe) : [];
  return {
    decision,
    reason: reasonOf(strictest, judged),
    rule,
    offers: found.map((it) => it.rule),
    covers: found.map((it) => it.covers),
    parts: judged,
  };

  function mayBe(rule: Rule, index: number): boolean {
    const part = parts[index];
    const rules = { ...situation.rules, allow: [...situation.rules.allow, rule] };
    const supposed = { ...context, situation: { ...situation, rules } };
    return part !== undefined && verdictOn(part, index, supposed).decision === "allow";
  }
}

/** What plan mode says to everything that does more than read. */
const IN_PLAN = "In plan mode nothing is changed or run. Finish the plan and present it with ExitPlanMode.";

function inMode(verdict: PartVerdict, part: SettledPart, { mode }: Situation): PartVerdict {
  if (mode !== "plan" || verdict.decision === "deny" || isOnlyReading(part)) return verdict;
  return { ...verdict, decision: "deny", rule: undefined, why: IN_PLAN };
}

function isOnlyReading({ isReading, redirects }: SettledPart): boolean {
  return isReading && redirects.every((it) => it.as === "read");
}

function reasonOf(strictest: PartVerdict, judged: readonly PartVerdict[]): string {
  if (judged.length === 1) return strictest.why;
  const others = judged.filter((it) => it !== strictest && it.decision === strictest.decision).length;
  if (strictest.decision === "allow")
    return judged.every((it) => it.why === strictest.why)
      ? strictest.why
      : "Every part of it is allowed by itself.";
  const more =
    others === 0
      ? ""
      : ` (${others} more of its parts ${strictest.decision === "ask" ? "must be asked about" : "are forbidden"}.)`;
  return `${shownCommand(strictest.command)}: ${strictest.why}${more}`;
}

function shownCommand(command: string): string {
  const line = visible(command).replace(/\s+/g, " ").trim();
  return `\`${line.length > 100 ? `${line.slice(0, 99)}…` : line}\``;
}

function obscure(command: string, why: string, situation: Situation): Decision {
  const { deny, ask, allow } = situation.rules;
  const on = (rules: readonly Rule[]) =>
    rules.find((it) => touchesTool(it, TOOL) && deniesCommand(it, command));
  const forbidding = on(deny) ?? deniedMention(command, (it) => absolute(it, situation.folder), situation);
  const said = (decision: Decision["decision"], reason: string, rule?: Rule): Decision => ({
    decision,
    reason,
    rule: rule?.text,
    offers: [],
    parts: [
      { command, from: 0, to: command.length, decision, rule: rule?.text, nearest: undefined, why: reason },
    ],
  });
  if (forbidding) return said("deny", `The rule ${forbidding.text} forbids this.`, forbidding);
  const [hidden] = situation.hidden?.paths ?? [];
  if (hidden) return said("deny", `${hidden[0]} is hidden from every tool by ${hidden[1]}.`);
  if (situation.mode === "plan") return said("deny", IN_PLAN);
  const asking = on(ask);
  if (asking) return said("ask", `The rule ${asking.text} asks about this.`, asking);
  const naming = allow.find((it) => coversTool(it, TOOL) && namesLine(it, command));
  if (naming) return said("allow", `The rule ${naming.text} allows this.`, naming);
  if (situation.mode === "bypassPermissions")
    return said("allow", "The mode bypassPermissions allows commands.");
  const asked = said("ask", `It runs a command that is not analysed: ${why}.`);
  const offers = mayLose(command) ? [] : offersFor(command, [], [], () => true);
  return { ...asked, offers: offers.map((it) => it.rule), covers: offers.map((it) => it.covers) };
}

type Verdict = Pick<PartVerdict, "decision" | "rule" | "why"> & { readonly nearest?: string };

/** What is the same for all parts of a line. */
interface Context {
  readonly command: string;
  /** The parts, for rules that deny and ask. */
  readonly all: readonly Denied[];
  readonly situation: Situation;
}

function verdictOn(part: SettledPart, index: number, context: Context): PartVerdict {
  const { situation } = context;
  const { deny, ask: asks } = situation.rules;
  const { command, from, to } = part;
  const said = (verdict: Verdict): PartVerdict => {
    const { decision, rule, why, nearest } = verdict;
    return { command, from, to, decision, rule, nearest, why };
  };
  const forbidding = touching(deny, index, context);
  if (forbidding)
    return said({
      decision: "deny",
      rule: forbidding.text,
      why: `The rule ${forbidding.text} forbids this.`,
    });
  const paths = pathVerdict(part, situation);
  if (paths?.decision === "deny") return said(paths);
  const asking = touching(asks, index, context);
  if (asking) return said({ ...ask(`The rule ${asking.text} asks about this.`), rule: asking.text });
  return said(paths ?? permitted(part, context.command, situation));
}

function touching(rules: readonly Rule[], index: number, { all }: Context): Rule | undefined {
  return rules.find((it) => touchesTool(it, TOOL) && deniesOneOf(it, all, index));
}

/** Whether a line that is not understood has, as far as its text shows, a command in it that destroys something. */
function mayLose(command: string): boolean {
  return textualCommands(command).some((words) =>
    words.some(
      (word, at) => lossOf([word.replace(/^.*[\\/]|\W+$|^\W+/g, ""), ...words.slice(at + 1)]) !== undefined,
    ),
  );
}

/** A command that runs nothing of its arguments is named by its words; any other may run what stands in it. */
function deniedOf(part: SettledPart, command: string): Denied {
  const words = comparable(part).map((it) => it ?? "");
  const demand = demandOf(part);
  const isKnown = part.isReading || part.isWriting || (words[0] === "git" && demand === undefined);
  const isInert = isKnown && part.caution === undefined;
  if (isInert) return deniable(part.command, words);
  // What is handed to a shell may be anywhere in the line.
  const isGiven = part.isFed && demand?.words === Number.POSITIVE_INFINITY;
  return deniable(isGiven ? command : part.command);
}

function permitted(part: SettledPart, command: string, situation: Situation): Verdict {
  if (situation.mode === "bypassPermissions")
    return { decision: "allow", rule: undefined, why: "The mode bypassPermissions allows commands." };
  const allows = situation.rules.allow.filter((it) => coversTool(it, TOOL));
  const naming = allows.find((it) => namesLine(it, command));
  if (naming) return { decision: "allow", rule: naming.text, why: `The rule ${naming.text} allows this.` };
  const covered = coverage(part, allows, situation);
  if (covered.decision !== "allow") return covered;
  return borderVerdict(part, situation) ?? covered;
}

/** What allows the command itself, its paths left aside. */
function coverage(part: SettledPart, allows: readonly Rule[], situation: Situation): Verdict {
  const words = comparable(part);
  const demand = demandOf(part);
  const exact = demand?.isAboutLine ? undefined : allows.find((it) => namesPart(it, part, words));
  if (exact) return { decision: "allow", rule: exact.text, why: `The rule ${exact.text} allows this.` };
  if (part.caution !== undefined) return ask(`${sentence(part.caution)}`);
  const loss = lossOf(words);
  if (loss !== undefined) return ask(loss);
  const isHarmless = part.assignments.every((it) => it.value !== undefined) && !demand?.isAboutAssignment;
  const isFree = part.words.length === 0 || situation.builtInReads !== false;
  if (part.isReading && isHarmless && isFree)
    return { decision: "allow", rule: undefined, why: "It only reads." };
  if (part.isWriting && isHarmless && situation.mode === "acceptEdits")
    return {
      decision: "allow",
      rule: undefined,
      why: "It only makes files and folders, which the mode acceptEdits allows.",
    };
  if (situation.sandbox === "free")
    return { decision: "allow", rule: undefined, why: "It runs in the sandbox, which keeps it in." };
  const fitting = allows.filter((it) => fits(patternOf(it), words));
  const covering = fitting.find((it) => saidWords(patternOf(it)) >= (demand?.words ?? 0));
  if (covering)
    return { decision: "allow", rule: covering.text, why: `The rule ${covering.text} allows this.` };
  const [wide] = fitting;
  if (wide && demand)
    return { ...ask(`${demand.why} The rule ${wide.text} is too wide for that.`), nearest: wide.text };
  const nearest = nearestOf(allows, words);
  const hint = nearest ? ` The nearest rule is ${nearest.text}.` : "";
  const why = demand?.why ?? `No rule allows it${part.why === "" ? "" : `, and ${part.why}`}.`;
  return { ...ask(`${why}${hint}`), ...(nearest && { nearest: nearest.text }) };
}

/** A rule that says the whole command, assignments and all. */
function namesPart(rule: Rule, part: SettledPart, words: readonly (string | undefined)[]): boolean {
  if (part.caution !== undefined) return false;
  const pattern = patternOf(rule);
  const assigned = part.assignments.map((it) =>
    it.value === undefined ? undefined : `${it.name}=${it.value}`,
  );
  return isExact(pattern) && fits(pattern, [...assigned, ...words]);
}

/** The rule on the same program with the most words in common. */
function nearestOf(rules: readonly Rule[], words: readonly (string | undefined)[]): Rule | undefined {
  const common = (rule: Rule) => {
    const said = patternOf(rule).words;
    const end = said.findIndex((it, index) => it !== words[index]);
    return end === -1 ? said.length : end;
  };
  return rules.filter((it) => common(it) > 0).toSorted((a, b) => common(b) - common(a))[0];
}

function ask(why: string): Verdict {
  return { decision: "ask", rule: undefined, why };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
