import { type Decision, decide, type Situation, type Touch } from "../../src/permission/decide.ts";
import { parsedRules } from "../../src/permission/rules.ts";

/** Rules as texts; what is left out is empty. */
export interface RuleTexts {
  readonly allow?: readonly string[];
  readonly ask?: readonly string[];
  readonly deny?: readonly string[];
}

/** A situation in /w/proj on Linux, but for what is given. */
export function situation(rules: RuleTexts = {}, more: Partial<Situation> = {}): Situation {
  const { rules: parsed, wrong } = parsedRules({ allow: [], ask: [], deny: [], ...rules });
  if (wrong.length > 0) throw new Error(wrong.join());
  return {
    mode: "default",
    rules: parsed,
    roots: ["/w/proj"],
    readable: [],
    trusted: true,
    platform: "linux",
    folder: "/w/proj",
    home: "/home/me",
    ...more,
  };
}

/** How strict a decision is. */
export const STRICTNESS = { allow: 0, ask: 1, deny: 2 } as const;

/** A touch of one path, which is `real` behind its links. */
export function path(kind: "read" | "edit", asked: string, real = asked): Touch {
  return { kind, paths: [{ asked, real }] };
}

/** What is decided about a command line. */
export function onCommand(command: string, rules?: RuleTexts, more?: Partial<Situation>): Decision {
  return decide("Bash", { kind: "command", command }, situation(rules, more));
}

/** What is decided about a path. */
export function onPath(touch: Touch, rules?: RuleTexts, more?: Partial<Situation>): Decision {
  return decide(touch.kind === "edit" ? "Edit" : "Read", touch, situation(rules, more));
}
