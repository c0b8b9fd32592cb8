import { type Decision, decide, type Touch } from "../permission/decide.ts";
import type { Reach } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** What the rules, the mode and the protected paths say to a call of this session now. */
export async function decisionOn(live: Live, tool: string, touch: Touch): Promise<Decision> {
  const { memory, world, policy, results } = live;
  const { state } = memory();
  const { rules, trusted, roots, bypassAllowed } = policy();
  const mode = state.mode === "bypassPermissions" && !bypassAllowed ? "default" : state.mode;
  const [own, kept] = await Promise.all([world.files.resolve(state.folder), world.files.resolve(results)]);
  const { platform, home } = world;
  const readable = [kept];
  return decide(tool, touch, {
    mode,
    rules,
    roots: [own, ...roots],
    readable,
    trusted,
    platform,
    home,
    folder: own,
  });
}

/** What a call would touch, its paths with their links resolved. */
export async function touchOf({ world }: Pick<Live, "world">, reach: Reach): Promise<Touch> {
  if (reach.kind === "command") return reach;
  if (reach.kind !== "read" && reach.kind !== "edit") return { kind: "none" };
  const paths = reach.paths.map(async (asked) => ({ asked, real: await world.files.resolve(asked) }));
  return { kind: reach.kind, paths: await Promise.all(paths) };
}

/** Whether a file may be read without asking. */
export async function mayRead(live: Live, path: string): Promise<boolean> {
  const touch = await touchOf(live, { kind: "read", paths: [path] });
  return (await decisionOn(live, "Read", touch)).decision === "allow";
}
