import { recordOf } from "../record.ts";

/**
 * A value among the rules of the settings as one sentence for people, valid or not: when it holds, and where requests
 * go then. What is not known in it stands there as it is written.
 */
export function ruleWords(rule: unknown): string {
  const { when, use } = recordOf(rule);
  const conditions = Object.entries(recordOf(when)).map(([name, value]) => conditionWords(name, value));
  const goal = useWords(use);
  if (conditions.length === 0) return `Always: ${goal}`;
  return `If ${listed(conditions)}: ${goal}`;
}

/** Where a rule sends requests. */
function useWords(use: unknown): string {
  if (typeof use === "string") return `category “${use}”`;
  const { provider, model } = recordOf(use);
  return typeof provider === "string" && typeof model === "string" ? `${provider}/${model}` : "nowhere";
}

const ABOUT_TEXTS: Readonly<Record<string, string>> = {
  model: "the model is",
  client: "the client is",
  user: "the user is",
  project: "the project is",
  tool: "one of its tools is",
};

/** When it is true, and when it is false. */
const ABOUT_FLAGS: Readonly<Record<string, readonly [string, string]>> = {
  thinking: ["thinking is asked for", "no thinking is asked for"],
  search: ["a tool searches the web", "no tool searches the web"],
  images: ["it has images", "it has no images"],
  background: ["the model is one for small work", "the model is none for small work"],
  subagent: ["a subagent asks", "no subagent asks"],
};

const ABOUT_NUMBERS: Readonly<Record<string, string>> = {
  tokensAbove: "more than",
  tokensBelow: "fewer than",
};

function conditionWords(name: string, value: unknown): string {
  const [text, flag, number] = [ABOUT_TEXTS[name], ABOUT_FLAGS[name], ABOUT_NUMBERS[name]];
  if (text !== undefined && typeof value === "string") return `${text} “${value}”`;
  if (flag !== undefined && typeof value === "boolean") return flag[value ? 0 : 1];
  if (number !== undefined && typeof value === "number")
    return `it has ${number} ${value.toLocaleString("en-US")} tokens`;
  return `${name} is ${JSON.stringify(value)}`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
