import { absolute, isWithin } from "../../text/paths.ts";
import { visible } from "../../text/visible.ts";
import type { Situation } from "../decide.ts";
import { malformed } from "../paths.ts";
import { isProtected, isSecret } from "../protect.ts";
import { coversPath, coversTool, type Rule, touchesTool } from "../rules.ts";
import type { FileUse, SettledPart } from "./line.ts";

/** What is to be said about the paths of a command. */
export interface PathVerdict {
  readonly decision: "ask" | "deny";
  readonly rule: string | undefined;
  readonly why: string;
}

/** What rules, secrets and protected files say to the paths of a command in every mode; `undefined`: nothing. */
export function pathVerdict({ uses }: SettledPart, situation: Situation): PathVerdict | undefined {
  const veils = uses.flatMap((it) => veilVerdict(it, situation) ?? []);
  const hidden = veils.find((it) => it.decision === "deny") ?? veils[0];
  if (hidden?.decision === "deny") return hidden;
  // What git keeps lies in no place that rules or borders could be about.
  const placed = uses.filter((it) => it.as !== "history");
  return (
    first(placed, (it) => ruled(it, situation)) ?? hidden ?? first(placed, (it) => protecting(it, situation))
  );
}

/** What the mode and the workspace's borders say to them beside; not asked when the mode allows everything. */
export function borderVerdict(part: SettledPart, situation: Situation): PathVerdict | undefined {
  const isRelative = part.uses.some((it) => it.as !== "mention");
  if (part.folders === undefined && isRelative) return ask("The folder in which it would run is not known.");
  return first(part.uses, (it) => within(it, situation));
}

/** The paths that a line names without its being understood, as far as its text shows them: only rules that deny count. */
export function deniedMention(
  command: string,
  absolute: (word: string) => string,
  situation: Situation,
): Rule | undefined {
  const paths = wordsOf(command).map(absolute);
  return situation.rules.deny.find(
    (rule) =>
      rule.spec !== undefined &&
      isAbout(rule, ["Read", "Edit"]) &&
      paths.some((it) => coversPath(rule, it, situation)),
  );
}

/** What may be paths in a line that is not understood, each once. */
export function wordsOf(command: string): readonly string[] {
  const words = command.split(/[\s"'`$(){};&|<>=,]+/).filter((it) => it !== "" && it.length < 1_000);
  // `HEAD:src/a.ts` is a file, too.
  return [
    ...new Set(
      words.flatMap((it) => [
        it,
        ...it
          .split(":")
          .slice(1)
          .filter((path) => path !== ""),
      ]),
    ),
  ];
}

/** What ignore files say: what is hidden is not used, and what reads all below a folder may come upon it. */
function veilVerdict({ as, asked, real }: FileUse, { hidden }: Situation): PathVerdict | undefined {
  const by = hidden?.paths.get(asked) ?? hidden?.paths.get(real);
  if (by !== undefined)
    return { decision: "deny", rule: undefined, why: `${asked} is hidden from every tool by ${by}.` };
  const within = as === "tree" || as === "history" ? hidden?.within.get(real) : undefined;
  return within === undefined ? undefined : ask(`It may read what ${within} hides.`);
}

function first<T>(uses: readonly FileUse[], find: (use: FileUse) => T | undefined): T | undefined {
  for (const it of uses) {
    const found = find(it);
    if (found !== undefined) return found;
  }
  return undefined;
}

const TOOLS: Readonly<Record<FileUse["as"], "Read" | "Edit">> = {
  read: "Read",
  tree: "Read",
  history: "Read",
  list: "Read",
  mention: "Read",
  edit: "Edit",
  append: "Edit",
  create: "Edit",
};

function ruled(use: FileUse, situation: Situation): PathVerdict | undefined {
  const { deny, ask: asking } = situation.rules;
  const forbidding = deny.find((it) => touches(it, use, situation));
  if (forbidding)
    return {
      decision: "deny",
      rule: forbidding.text,
      why: `The rule ${forbidding.text} forbids it to use ${use.asked}.`,
    };
  const about = asking.find((it) => touches(it, use, situation));
  if (about)
    return { decision: "ask", rule: about.text, why: `The rule ${about.text} asks about ${use.asked}.` };
  const hidden = [...deny, ...asking].find(
    (it) =>
      maySee(it, use, situation) ||
      (use.as === "mention" && it.spec !== undefined && isAbout(it, ["Edit"]) && covers(it, use, situation)),
  );
  return (
    hidden && { decision: "ask", rule: hidden.text, why: `It may use what the rule ${hidden.text} is about.` }
  );
}

function isAbout(rule: Rule, tools: readonly string[]): boolean {
  return tools.some((it) => touchesTool(rule, it));
}

function touches(rule: Rule, use: FileUse, situation: Situation): boolean {
  if (!touchesTool(rule, TOOLS[use.as]) || rule.tool === "*") return false;
  // Every word may be a name; a rule without a path would be about all of them.
  if (use.as === "mention" && rule.spec === undefined) return false;
  return covers(rule, use, situation);
}

function covers(rule: Rule, { asked, real }: FileUse, situation: Situation): boolean {
  return coversPath(rule, asked, situation) || (asked !== real && coversPath(rule, real, situation));
}

/** What reads all below a folder may come upon what a rule keeps from it. */
function maySee(rule: Rule, { as, real }: FileUse, situation: Situation): boolean {
  if (as !== "tree" || rule.spec === undefined || !touchesTool(rule, "Read")) return false;
  const spec = rule.spec.trim().replace(/^\.\//, "");
  if (!spec.includes("/")) return true;
  const plain = spec.slice(0, spec.search(/[*?[{]|$/)).replace(/[^/]*$/, "");
  const base = spec.startsWith("~/")
    ? absolute(plain.slice(2), situation.home)
    : absolute(spec.startsWith("//") ? plain.slice(1) : plain.replace(/^\//, "") || ".", situation.folder);
  return isWithin(base, real) || isWithin(real, base);
}

function protecting(use: FileUse, situation: Situation): PathVerdict | undefined {
  const both = use.asked === use.real ? [use.asked] : [use.asked, use.real];
  const name = shown(use);
  const odd = both.map((it) => malformed(it, situation.platform)).find((it) => it !== undefined);
  if (odd !== undefined)
    return use.as === "mention" ? undefined : ask(`${JSON.stringify(use.asked)} is not used: ${odd}.`);
  if (both.some((it) => visible(it) !== it))
    return use.as === "mention" ? undefined : ask(`${visible(name)} holds characters that cannot be seen.`);
  if (use.as === "list" || isReadable(use.real, situation)) return undefined;
  const isChanging = TOOLS[use.as] === "Edit";
  // Whoever reads a whole folder reads what makes others like it secret.
  if (use.as === "tree" && both.some((it) => isSecret(`${it}/config`)))
    return ask(`${name} may hold secrets.`);
  if (!isChanging && both.some(isSecret)) return ask(`${name} may hold secrets.`);
  const roots = use.as === "mention" ? [] : situation.roots;
  if ((isChanging || use.as === "mention") && both.some((it) => isProtected(it, roots)))
    return ask(`${name} is protected: it decides what runs, or holds secrets.`);
  return undefined;
}

function within(use: FileUse, situation: Situation): PathVerdict | undefined {
  if (use.as === "mention" || use.as === "history" || DEVICES.test(use.real)) return undefined;
  const isInside = situation.roots.some((it) => isWithin(use.real, it));
  const isAllowed = situation.rules.allow.some(
    (it) => coversTool(it, TOOLS[use.as]) && it.tool !== "*" && coversPath(it, use.real, situation),
  );
  if (TOOLS[use.as] === "Read")
    return isInside || isAllowed || isReadable(use.real, situation)
      ? undefined
      : ask(`${shown(use)} lies outside the workspace.`);
  if (use.as === "edit" && use.exists)
    return ask(`It would overwrite ${shown(use)}: what is in it now is lost.`);
  if (!isInside) return ask(`${shown(use)} lies outside the workspace.`);
  return isAllowed || situation.mode === "acceptEdits" ? undefined : ask(`It writes ${shown(use)}.`);
}

const DEVICES = /^\/dev\/(null|zero|stdin|stdout|stderr|tty)$/;

function isReadable(path: string, { readable }: Situation): boolean {
  return readable.some((it) => isWithin(path, it));
}

function shown({ asked, real }: FileUse): string {
  return asked === real ? asked : `${asked} (which is ${real})`;
}

function ask(why: string): PathVerdict {
  return { decision: "ask", rule: undefined, why };
}
