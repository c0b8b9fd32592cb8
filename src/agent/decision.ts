import { type Decision, decide, type Touch } from "../permission/decide.ts";
import { parsedRules, type Rules } from "../permission/rules.ts";
import { analysed } from "../permission/shell/analyse.ts";
import { onlyReads } from "../permission/shell/only-reads.ts";
import { never } from "../std/abort.ts";
import { hiddenIn } from "./hidden-in.ts";
import type { Reach } from "./tool.ts";
import type { Live, World } from "./wiring.ts";

/** What a call would touch, and what the rules, the mode and the protected paths say to that now. */
export interface Ruled {
  readonly touch: Touch;
  readonly decision: Decision;
  /** Whether it was decided on as a command that the sandbox keeps in: it must run there or not at all. */
  readonly isKeptIn: boolean;
  /** Whether it is a command that is known to change no file. */
  readonly isReading: boolean;
}

/** Decides on a call of this session by what it would touch, its paths with their links resolved; a command is taken apart. */
export async function ruledOn(
  live: Live,
  tool: string,
  reach: Reach,
  signal: AbortSignal = never(),
): Promise<Ruled> {
  const { memory, world, policy, results } = live;
  const { state } = memory();
  const { files, platform, home } = world;
  const [touch, own, roots, sandbox] = await Promise.all([
    touchOf(world, memory().folder, reach, signal),
    files.resolve(state.folder),
    // A folder whose links run in a circle holds nothing.
    Promise.all(policy().roots.map((it) => files.resolve(it).catch(() => it))),
    sandboxFor(live, reach, signal),
  ]);
  const { rules, trusted, bypassAllowed, builtInReads } = policy();
  const mode = state.mode === "bypassPermissions" && !bypassAllowed ? "default" : state.mode;
  const decision = decide(tool, touch, {
    mode,
    rules: withAllowed(rules, memory().allowed),
    roots: [own, ...roots],
    readable: [results],
    trusted,
    platform,
    home,
    folder: own,
    sandbox,
    builtInReads,
    hidden: await hiddenIn(touch, memory().folder, live.veil, files),
  });
  const isReading = touch.kind === "command" && touch.line !== undefined && onlyReads(touch.line);
  return { touch, decision, isKeptIn: sandbox === "free", isReading };
}

/** The rules, and those that allow until the session is closed. */
function withAllowed(rules: Rules, texts: readonly string[]): Rules {
  if (texts.length === 0) return rules;
  return {
    ...rules,
    allow: [...rules.allow, ...parsedRules({ allow: texts, ask: [], deny: [] }).rules.allow],
  };
}

async function sandboxFor(
  { policy, world }: Live,
  reach: Reach,
  signal: AbortSignal,
): Promise<"free" | "left" | undefined> {
  const { sandbox = "off" } = policy();
  if (reach.kind !== "command" || sandbox === "off") return undefined;
  if (reach.sandboxed === false) return "left";
  return sandbox === "auto" && (await world.shell.sandbox(signal)).level === "full" ? "free" : undefined;
}

/** What a call in `folder` would touch: a command taken apart, paths with their links resolved. */
export async function touchOf(
  { files, home, shell, shellParser: parser }: Pick<World, "files" | "home" | "shellParser"> & Named,
  folder: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<Touch> {
  if (reach.kind === "command")
    return {
      ...reach,
      line: await analysed(reach.command, { parser, files, shell: shell.name, folder, home }, signal),
    };
  if (reach.kind !== "read" && reach.kind !== "edit") return { kind: "none" };
  const paths = reach.paths.map(async (asked) => ({ asked, real: await files.resolve(asked) }));
  return { kind: reach.kind, paths: await Promise.all(paths) };
}

interface Named {
  readonly shell: { readonly name: string };
}

/** Whether a file may be read without asking. */
export async function mayRead(live: Live, path: string): Promise<boolean> {
  const { decision } = await ruledOn(live, "Read", { kind: "read", paths: [path] });
  return decision.decision === "allow";
}
