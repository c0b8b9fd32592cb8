import { isWithin, relativeTo } from "../text/paths.ts";
import { visible } from "../text/visible.ts";
import type { Hidden } from "./hidden.ts";
import { malformed, slashed } from "./paths.ts";
import { isProtected, isSecret } from "./protect.ts";
import { type Anchors, coversPath, coversTool, type Rule, type Rules, touchesTool } from "./rules.ts";
import { decideCommand } from "./shell/judge.ts";
import type { Line } from "./shell/line.ts";
import type { PartVerdict } from "./shell/verdict.ts";

/** What a call would touch. `real` is the path with its links resolved. */
export type Touch =
  | { readonly kind: "none" }
  | {
      readonly kind: "read" | "edit";
      readonly paths: readonly { readonly asked: string; readonly real: string }[];
    }
  /** `line`: what its analysis says; without it the command counts as not understood. */
  | { readonly kind: "command"; readonly command: string; readonly line?: Line };

/** What a decision depends on beside the call. */
export interface Situation extends Anchors {
  readonly mode: "default" | "acceptEdits" | "plan" | "bypassPermissions";
  readonly rules: Rules;
  /** Folders of the workspace, links resolved. */
  readonly roots: readonly string[];
  /** Folders outside it that may be read, such as kept results of this session. */
  readonly readable: readonly string[];
  readonly trusted: boolean;
  /** As Node names it: "linux", "darwin", "win32". */
  readonly platform: string;
  /** "free": a command that is allowed runs in a sandbox that keeps it in, and need not be asked about; "left": it asks to leave it. */
  readonly sandbox?: "free" | "left" | undefined;
  /** Whether commands that only read are allowed by themselves; undefined: they are. */
  readonly builtInReads?: boolean | undefined;
  /** What ignore files hide of the call's paths; undefined: nothing. */
  readonly hidden?: Hidden | undefined;
}

/** `reason` is a sentence for the person and, on deny, for the model; `rule` the one that decided. */
export interface Decision {
  readonly decision: "allow" | "ask" | "deny";
  readonly reason: string;
  readonly rule: string | undefined;
  /** Rules that "Allow always" may write. */
  readonly offers: readonly string[];
  /** What each of the offers would cover, a sentence each; without it, just what was asked. */
  readonly covers?: readonly string[];
  /** Of a command line: what is decided about each of its commands. */
  readonly parts?: readonly PartVerdict[];
}

/**
 * May this call run? Deny beats ask beats allow; then what is protected asks in every mode; then the mode decides.
 * Pure: the same question has the same answer on every host.
 */
export function decide(tool: string, touch: Touch, situation: Situation): Decision {
  const limit = hardLimit(touch, situation);
  if (limit) return limit;
  if (touch.kind !== "command") return ruled(tool, touch, situation) ?? byMode(touch, situation);
  const { command, line = { kind: "obscure", why: "this host has no parser for it" } } = touch;
  return decideCommand(command, line, situation);
}

type OnPaths = Exclude<Touch, { readonly kind: "command" }>;

function hardLimit(touch: Touch, { mode, trusted, platform, hidden }: Situation): Decision | undefined {
  for (const { asked, real } of pathsOf(touch)) {
    const why = malformed(asked, platform) ?? malformed(real, platform);
    if (why) return deny(`The path ${JSON.stringify(asked)} is not used: ${why}.`);
    const by = hidden?.paths.get(asked) ?? hidden?.paths.get(real);
    if (by !== undefined) return deny(`${asked} is hidden from every tool by ${by}.`);
  }
  if (touch.kind === "command" && !trusted)
    return deny("This folder is not trusted, so nothing is run in it. Trust it first.");
  if (mode !== "plan" || touch.kind !== "edit") return undefined;
  return deny("In plan mode nothing is changed or run. Finish the plan and present it with ExitPlanMode.");
}

function ruled(tool: string, touch: OnPaths, situation: Situation): Decision | undefined {
  const { deny: denied, ask: asks, allow: allows } = situation.rules;
  const forbidding = denied.find((it) => touches(it, tool, touch, situation));
  if (forbidding)
    return {
      decision: "deny",
      reason: `The rule ${forbidding.text} forbids this.`,
      rule: forbidding.text,
      offers: [],
    };
  const asking = asks.find((it) => touches(it, tool, touch, situation));
  if (asking)
    return {
      decision: "ask",
      reason: `The rule ${asking.text} asks about this.${linksOf(touch, situation)}`,
      rule: asking.text,
      offers: [],
    };
  const special = protectedAsk(touch, situation);
  if (special) return special;
  const allowing = allows.find((it) => coversAll(it, tool, touch, situation));
  return (
    allowing && {
      decision: "allow",
      reason: `The rule ${allowing.text} allows this.`,
      rule: allowing.text,
      offers: [],
    }
  );
}

/** For deny and ask: one path, in either spelling, is enough. */
function touches(rule: Rule, tool: string, touch: OnPaths, anchors: Anchors): boolean {
  if (!touchesTool(rule, tool)) return false;
  if (touch.kind === "none") return rule.spec === undefined;
  return (
    rule.spec === undefined ||
    touch.paths.some((it) => coversPath(rule, it.asked, anchors) || coversPath(rule, it.real, anchors))
  );
}

/** For allow: all of it must be covered, where it really is. */
function coversAll(rule: Rule, tool: string, touch: OnPaths, anchors: Anchors): boolean {
  if (!coversTool(rule, tool)) return false;
  if (touch.kind === "none") return true;
  return touch.paths.every((it) => coversPath(rule, it.real, anchors));
}

function protectedAsk(touch: Touch, situation: Situation): Decision | undefined {
  for (const path of pathsOf(touch)) {
    const both = [path.asked, path.real];
    const shown = shownPath(path, situation);
    if (both.some((it) => visible(it) !== it)) return ask(`${shown} holds characters that cannot be seen.`);
    if (touch.kind === "read" && both.some(isSecret) && !isReadable(path.real, situation))
      return ask(`${shown} may hold secrets.`);
    if (touch.kind !== "edit") continue;
    if (both.some((it) => isProtected(it, situation.roots)))
      return ask(`${shown} is protected: it decides what runs, or holds secrets.`);
    if (!isInWorkspace(path.real, situation)) return ask(`${shown} lies outside the workspace.`);
  }
  if (touch.kind === "edit" && !situation.trusted)
    return ask(`This folder is not trusted, so every change is asked about.${linksOf(touch, situation)}`);
  return undefined;
}

function byMode(touch: OnPaths, situation: Situation): Decision {
  switch (touch.kind) {
    case "none":
      return allow("It changes nothing.");
    case "read": {
      const beyond = touch.paths.filter(
        (it) => !isInWorkspace(it.real, situation) && !isReadable(it.real, situation),
      );
      if (beyond.length === 0 || situation.mode === "bypassPermissions")
        return allow("Reading in the workspace is free.");
      return ask(
        `${beyond.map((it) => shownPath(it, situation)).join(", ")} lies outside the workspace.`,
        beyond.flatMap((it) => pathRule("Read", it.real)),
      );
    }
    case "edit":
      if (situation.mode !== "default")
        return allow(`The mode ${situation.mode} allows edits in the workspace.`);
      return ask(
        `It changes files.${linksOf(touch, situation)}`,
        touch.paths.flatMap((it) => pathRule("Edit", it.real)),
      );
  }
}

type TouchedPath = ReturnType<typeof pathsOf>[number];

/** The path as the model gave it, and where it really leads. */
function shownPath({ asked, real }: TouchedPath, situation: Situation): string {
  return leadsElsewhere({ asked, real }, situation) ? `${asked} (which is ${real})` : asked;
}

/** A sentence for each path that is a link, or goes through one. */
function linksOf(touch: Touch, situation: Situation): string {
  return pathsOf(touch)
    .filter((it) => leadsElsewhere(it, situation))
    .map(({ asked, real }) => ` ${asked} is a link: it leads to ${real}.`)
    .join("");
}

/** A workspace that is itself reached through a link is no news: the rest of the path is the same. */
function leadsElsewhere({ asked, real }: TouchedPath, { roots }: Situation): boolean {
  if (asked === real) return false;
  const inside = roots.some((it) => isWithin(asked, it))
    ? []
    : roots.flatMap((it) => relativeTo(real, it) ?? []);
  return !inside.some((it) => it !== "" && slashed(asked).endsWith(`/${it}`));
}

function isInWorkspace(path: string, { roots }: Situation): boolean {
  return roots.some((it) => isWithin(path, it));
}

function isReadable(path: string, { readable }: Situation): boolean {
  return readable.some((it) => isWithin(path, it));
}

function pathsOf(touch: Touch): readonly { readonly asked: string; readonly real: string }[] {
  return touch.kind === "read" || touch.kind === "edit" ? touch.paths : [];
}

/**
 * A rule for just this path, by its absolute name, for it goes into settings that hold in every folder; none when a sign
 * in it means more than itself in a rule, or cannot be seen.
 */
function pathRule(tool: string, path: string): string[] {
  const plain = /^[A-Za-z]:/.test(path) ? slashed(path) : path;
  const isPlain = !/[()|+@!{}[\]*?\\]/.test(plain) && plain.trim() === plain && visible(plain) === plain;
  return isPlain ? [`${tool}(/${plain})`] : [];
}

function allow(reason: string): Decision {
  return { decision: "allow", reason, rule: undefined, offers: [] };
}
function ask(reason: string, offers: readonly string[] = []): Decision {
  return { decision: "ask", reason, rule: undefined, offers };
}
function deny(reason: string): Decision {
  return { decision: "deny", reason, rule: undefined, offers: [] };
}
