import { createInterface } from "node:readline";
import type { Decision } from "../permission/decide.ts";
import { never } from "../std/abort.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import {
  type Oracle,
  type PermissionRequest,
  permissionOracle,
  permissionRequest,
} from "./permission-request.ts";
import { PERMISSIONS_USAGE } from "./usage.ts";

/** `wheelhouse permissions why …`: says what would be decided about a command or a call, and why. Resolves with the exit code. */
export async function permissionsCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env, cwd } = console;
  const [verb, ...rest] = argv;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${PERMISSIONS_USAGE}\n`);
    return EXIT.success;
  }
  const asked = verb === "why" ? askedFor(rest) : PERMISSIONS_USAGE;
  if (typeof asked === "string") {
    stderr.write(`${asked === PERMISSIONS_USAGE ? "" : "wheelhouse: "}${asked}\n`);
    return EXIT.usage;
  }
  const oracle = permissionOracle(env, cwd);
  try {
    if (asked.isBatch) return await answerAll(oracle, asked.request, console);
    return await answerOne(oracle, asked.request, asked.isJson, console);
  } finally {
    await oracle.close();
  }
}

interface Asked {
  readonly request: PermissionRequest;
  readonly isBatch: boolean;
  readonly isJson: boolean;
}

const VALUES = ["shell", "mode", "settings", "cwd", "tool", "input"];

/** The command line read, or a sentence saying what is wrong with it. */
function askedFor(argv: readonly string[]): Asked | string {
  const given: Record<string, unknown> = {};
  const words: string[] = [];
  const switches = new Set<string>();
  const rest = [...argv];
  for (let it = rest.shift(); it !== undefined; it = rest.shift()) {
    const [, name = "", value] = /^--([a-z]+)(?:=([\s\S]*))?$/.exec(it) ?? [];
    if (it === "--") words.push(...rest.splice(0));
    else if (VALUES.includes(name)) {
      const next = value ?? rest.shift();
      if (next === undefined) return `--${name} needs a value.`;
      given[name] = next;
    } else if (name === "json" || name === "batch") switches.add(name);
    else if (it.startsWith("--")) return `There is no flag ${it} here. See wheelhouse permissions --help.`;
    else words.push(it);
  }
  const isBatch = switches.has("batch");
  if (words.length > 1) return "Put the whole command line between quotes: it must be one argument.";
  const input = given["input"] === undefined ? undefined : jsonOf(String(given["input"]));
  if (given["input"] !== undefined && input === undefined) return "--input must be JSON.";
  const value = {
    ...given,
    ...(input !== undefined && { input }),
    ...(words.length > 0 && { command: words[0] }),
  };
  const request = permissionRequest(isBatch ? { command: "", ...value } : value);
  if (typeof request === "string")
    return words.length + Object.keys(given).length === 0
      ? PERMISSIONS_USAGE
      : `Cannot tell what to decide about: ${request}.`;
  return { request, isBatch, isJson: switches.has("json") };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerOne(
  oracle: Oracle,
  request: PermissionRequest,
  isJson: boolean,
  { stdout, stderr }: Console,
): Promise<number> {
  const answer = await oracle.ask(request, never());
  if (typeof answer === "string") {
    stderr.write(`wheelhouse: ${answer}\n`);
    return EXIT.usage;
  }
  stdout.write(isJson ? `${JSON.stringify(answerOf(answer))}\n` : visible(readable(answer)));
  return EXIT.success;
}

/** One answer a line, in order; a request that cannot be read is answered as denied, with the reason. */
async function answerAll(
  oracle: Oracle,
  common: PermissionRequest,
  { stdin, stdout }: Console,
): Promise<number> {
  const { signal } = new AbortController();
  let hasFailed = false;
  const { command: _, ...shared } = common;
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const parsed = jsonOf(line);
    const request = permissionRequest(parsed);
    const answer =
      typeof request === "string" ? request : await oracle.ask({ ...shared, ...request }, signal);
    if (typeof answer === "string") hasFailed = true;
    const said =
      typeof answer === "string" ? unread(parsed === undefined ? "it is no JSON" : answer) : answerOf(answer);
    stdout.write(`${JSON.stringify(said)}\n`);
  }
  return hasFailed ? EXIT.failed : EXIT.success;
}

/** The answer in the shape that programs read. */
interface Answer {
  readonly decision: Decision["decision"];
  readonly reason: string;
  readonly parts: readonly {
    readonly command: string;
    readonly decision: Decision["decision"];
    readonly rule: string | null;
    readonly why: string;
  }[];
}

function unread(why: string): Answer {
  return { decision: "deny", reason: `This request cannot be answered: ${why}.`, parts: [] };
}

function answerOf({ decision, reason, parts = [] }: Decision): Answer {
  const all = parts.map((it) => ({
    command: it.command,
    decision: it.decision,
    rule: it.rule ?? null,
    why: it.why,
  }));
  return { decision, reason, parts: all };
}

function readable({ decision, reason, parts = [], offers, covers = [] }: Decision): string {
  const lines = [`${decision}: ${reason}`];
  if (parts.length > 1)
    for (const it of parts)
      lines.push(`  ${it.decision.padEnd(5)} ${it.command.replace(/\s+/g, " ")}\n        ${it.why}`);
  if (offers.length > 0) lines.push('"Allow always" would write one of:');
  for (const [index, rule] of offers.entries())
    lines.push(`  ${rule}\n        ${covers[index] ?? "Just what was asked."}`);
  return `${lines.join("\n")}\n`;
}
