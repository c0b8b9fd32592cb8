import { type Decision, decide, type Touch } from "../permission/decide.ts";
import type { Reach } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** What a call would touch, and what the rules, the mode and the protected paths say to that now. */
export interface Ruled {
  readonly touch: Touch;
  readonly decision: Decision;
}

/** Decides on a call of this session by what it would touch, its paths with their links resolved. */
export async function ruledOn(live: Live, tool: string, reach: Reach): Promise<Ruled> {
  const { memory, world, policy, results } = live;
  const { state } = memory();
  const { files, platform, home } = world;
  const [touch, own, kept] = await Promise.all([
    touchOf(live, reach),
    files.resolve(state.folder),
    files.resolve(results),
  ]);
  const { rules, trusted, roots, bypassAllowed } = policy();
  const mode = state.mode === "bypassPermissions" && !bypassAllowed ? "default" : state.mode;
  const decision = decide(tool, touch, {
    mode,
    rules,
    roots: [own, ...roots],
    readable: [kept],
    trusted,
    platform,
    home,
    folder: own,
  });
  return { touch, decision };
}

async function touchOf({ world }: Pick<Live, "world">, reach: Reach): Promise<Touch> {
  if (reach.kind === "command") return reach;
  if (reach.kind !== "read" && reach.kind !== "edit") return { kind: "none" };
  const paths = reach.paths.map(async (asked) => ({ asked, real: await world.files.resolve(asked) }));
  return { kind: reach.kind, paths: await Promise.all(paths) };
}

/** Whether a file may be read without asking. */
export async function mayRead(live: Live, path: string): Promise<boolean> {
  const { decision } = await ruledOn(live, "Read", { kind: "read", paths: [path] });
  return decision.decision === "allow";
}
