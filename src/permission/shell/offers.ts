import { visible } from "../../text/visible.ts";
import { parseRule, type Rule } from "../rules.ts";
import { demandOf } from "./dangers.ts";
import type { SettledPart } from "./line.ts";
import { lossOf } from "./losses.ts";
import { comparable } from "./match.ts";
import type { PartVerdict } from "./verdict.ts";

/** A rule that "Allow always" may write, and what it would cover, in words. */
export interface Offer {
  readonly rule: string;
  readonly covers: string;
}

const MOST = 3;

/**
 * Rules that would cover what is asked about: for each part a general one, of the program and its sub-command, where
 * that is harmless to say; then the line as it is. None where the answer must be given each time. `mayBe` tells whether
 * a rule would really allow that part.
 */
export function offersFor(
  command: string,
  parts: readonly SettledPart[],
  judged: readonly PartVerdict[],
  mayBe: (rule: Rule, index: number) => boolean,
): readonly Offer[] {
  const open = parts.flatMap((part, index) => (judged[index]?.decision === "ask" ? [{ part, index }] : []));
  // A rule for one part is of no use while another part asks each time.
  const isFixed = open.some(
    ({ part }) => part.caution !== undefined || lossOf(comparable(part)) !== undefined,
  );
  const general = (isFixed ? [] : open).flatMap(({ part, index }) => {
    const rule = generalRule(part);
    const parsed = rule === undefined ? "" : parseRule(rule.rule);
    return rule && typeof parsed !== "string" && mayBe(parsed, index) ? [rule] : [];
  });
  const literal = literalRule(command);
  const isLost = open.some(({ part }) => lossOf(comparable(part)) !== undefined);
  const parsed = literal === undefined || isLost ? "" : parseRule(literal);
  const isWhole = typeof parsed !== "string" && open.every(({ index }) => mayBe(parsed, index));
  const exact = literal !== undefined && isWhole ? [{ rule: literal, covers: "Only this very line." }] : [];
  const all = [...general.slice(0, exact.length > 0 ? MOST - 1 : MOST), ...exact];
  return all.filter((it, index) => all.findIndex((other) => other.rule === it.rule) === index);
}

/** A sub-command of a sub-command. */
const DEEP =
  /^(npm|pnpm|yarn|bun|deno) (run|run-script|task)$|^(docker|podman) (compose|image|container|network)$|^(gh|aws|gcloud|az|go mod|dotnet) ?/;

function generalRule(part: SettledPart): Offer | undefined {
  const words = comparable(part);
  const [program] = words;
  if (program === undefined || !/^[\w+-]+(\.[\w+-]+)*$/.test(program)) return undefined;
  if (part.caution !== undefined || demandOf(part) !== undefined || lossOf(words) !== undefined)
    return undefined;
  const isVerb = (word: string | undefined) => word !== undefined && /^[a-z][\w:-]*$/i.test(word);
  let length = 1;
  if (isVerb(words[1])) length = DEEP.test(`${program} ${words[1]}`) && isVerb(words[2]) ? 3 : 2;
  // Of a program of which we know nothing, all there is to say is which of its commands it was.
  else if (words.length > 1 && HAS_COMMANDS.test(program)) return undefined;
  const said = words.slice(0, length).join(" ");
  return { rule: `Bash(${said}:*)`, covers: `Every command that begins with "${said}".` };
}

/** Programs that do nothing without a sub-command, and much with one. */
const HAS_COMMANDS =
  /^(git|npm|pnpm|yarn|bun|cargo|go|docker|podman|kubectl|helm|terraform|gh|aws|gcloud|az|pip|pip3|uv|poetry|dotnet|mvn|gradle|brew|apt|apt-get|systemctl)$/;

/** A rule for just this line; none when it holds what a rule takes for a pattern, or what cannot be seen. */
function literalRule(command: string): string | undefined {
  const line = command.trim();
  const isPlain = line !== "" && line.length <= 300 && !/[\r\n*]/.test(line) && visible(line) === line;
  return isPlain && typeof parseRule(`Bash(${line})`) !== "string" ? `Bash(${line})` : undefined;
}
