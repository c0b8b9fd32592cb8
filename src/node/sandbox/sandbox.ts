import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { never, untilAborted } from "../../std/abort.ts";
import { isWithin } from "../../text/paths.ts";
import type { CommandEnd, SandboxState } from "../../world.ts";
import type { Environment } from "../environment.ts";
import { reasonOf } from "../system-error.ts";
import { makeRoom, type Room } from "./furniture.ts";
import type { HostGate } from "./host-gate.ts";
import { linuxWalls } from "./linux-walls.ts";
import { placeholders } from "./placeholders.ts";
import type { SandboxPolicy } from "./policy.ts";
import { quarantine } from "./quarantine.ts";
import { refusalsIn } from "./refusals.ts";
import { macWalls } from "./seatbelt.ts";
import { seccompFilter } from "./seccomp.ts";
import { stateOf, type Trial, tryWalls } from "./self-test.ts";
import { isVisible, type View, viewOf } from "./view.ts";
import type { FoundWalls, Launch, Walls } from "./walls.ts";

/** The way of a command: inside, or as before because there are no walls, or nowhere. */
export type Entered =
  | {
      readonly kind: "inside";
      readonly launch: Launch;
      /** To be called when nothing of the command runs any more; adds what was refused. Never rejects. */
      readonly leave: (end: CommandEnd) => Promise<CommandEnd>;
      /** To be called instead when it was never started. */
      readonly abandon: () => void;
    }
  | { readonly kind: "unwalled"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** Keeps commands in, as the policy and this machine allow. */
export interface Sandbox {
  /** What a command run now would be kept in. Tried out once, at the first call. */
  readonly state: (signal: AbortSignal) => Promise<SandboxState>;
  readonly enter: (launch: Launch, signal: AbortSignal) => Promise<Entered>;
}

/** What one sandbox keeps between commands. */
interface Inner {
  readonly policy: () => SandboxPolicy;
  readonly env: Environment;
  readonly hold: ReturnType<typeof placeholders>;
  room: Room | undefined;
  trial: Promise<Trial> | undefined;
  gate: Promise<HostGate> | undefined;
  /** Whether the last look at the workspace saw all of it. */
  isWhole: boolean | undefined;
}

/** A sandbox for commands whose cleaned environment is `env`. Nothing is looked up before it is asked for. */
export function openSandbox(policy: () => SandboxPolicy, env: Environment): Sandbox {
  const inner: Inner = {
    policy,
    env,
    hold: placeholders(),
    room: undefined,
    trial: undefined,
    gate: undefined,
    isWhole: undefined,
  };
  return {
    state: (signal) => stateNow(inner, signal),
    enter: (launch, signal) => enter(inner, launch, signal),
  };
}

async function stateNow(inner: Inner, signal: AbortSignal): Promise<SandboxState> {
  signal.throwIfAborted();
  const policy = inner.policy();
  if (policy.mode === "off")
    return { level: "none", why: "The sandbox is switched off (setting `sandbox.mode`)." };
  const home = homedir();
  const wide = await tooWide(policy, home);
  if (wide !== undefined) return { level: "none", why: wide };
  const found = wallsHere(inner.env, policy.roots);
  if (found.kind === "none") return { level: "none", why: found.why };
  return untilAborted(tried(inner, found.walls, home), signal);
}

async function tried(inner: Inner, walls: Walls, home: string): Promise<SandboxState> {
  const { env, policy } = inner;
  try {
    inner.room ??= makeRoom(filters());
    inner.trial ??= tryWalls(walls, inner.room, env, home);
    const state = stateOf(await inner.trial, walls.lacks);
    if (state.level !== "full") return state;
    inner.isWhole ??= (await viewOf(policy(), env, home, never())).isWhole;
    return inner.isWhole ? withHosts(state, walls, policy()) : { level: "files", why: NOT_WHOLE };
  } catch (error) {
    inner.trial = undefined;
    return { level: "none", why: `There is no sandbox, since it could not be tried: ${reasonOf(error)}.` };
  }
}

const NOT_WHOLE =
  "The sandbox keeps commands in the workspace and off the network, but the workspace holds more than is searched for protected files and secrets: open a smaller folder to have them kept too.";

async function enter(inner: Inner, launch: Launch, signal: AbortSignal): Promise<Entered> {
  const { level, why } = await stateNow(inner, signal);
  const { policy, env, room, hold } = inner;
  const { roots, allowedHosts } = policy();
  const found = wallsHere(env, roots);
  if (level === "none" || room === undefined || found.kind === "none") return { kind: "unwalled", why };
  const { walls } = found;
  const hasHosts = walls.filtersHosts && allowedHosts.length > 0;
  const release = hold(walls.needsPlaceholders ? await real(roots) : []);
  try {
    const folder = await realpath(launch.folder);
    const view = await viewOf(policy(), env, homedir(), signal);
    inner.isWhole = view.isWhole;
    if (!isVisible(view, folder)) throw new Error(`it does not show the folder "${folder}"`);
    const gate = hasHosts ? await openGate(inner, room) : undefined;
    gate?.refused();
    return {
      kind: "inside",
      launch: walls.around({ ...launch, folder }, view, room, hasHosts),
      leave: (end) => leave(end, view, allowedHosts, gate, release),
      abandon: release,
    };
  } catch (error) {
    release();
    signal.throwIfAborted();
    return { kind: "refused", why: `the sandbox could not be set up: ${reasonOf(error)}` };
  }
}

function openGate(inner: Inner, { socket }: Room): Promise<HostGate> {
  const opening = () =>
    import("./host-gate.ts").then((it) => it.openHostGate(socket, () => inner.policy().allowedHosts));
  inner.gate ??= opening().catch((error: unknown) => {
    inner.gate = undefined;
    throw error;
  });
  return inner.gate;
}

async function leave(
  end: CommandEnd,
  view: View,
  allowedHosts: readonly string[],
  gate: HostGate | undefined,
  release: () => void,
): Promise<CommandEnd> {
  // What was left behind is moved aside also when the command was stopped.
  const moved = await quarantine(view.writable, view.guarded, never()).catch((error: unknown) => [
    `What the command left behind could not be looked through: ${reasonOf(error)}.`,
  ]);
  release();
  const hosts = (gate?.refused() ?? []).map(
    (it) =>
      `The sandbox refused to reach ${it}: add it to \`sandbox.allowedHosts\`, or ask to run this outside.`,
  );
  const failed = end.ended === "exit" && end.exitCode !== 0;
  const refused = failed || end.ended === "timeout" ? refusalsIn(end.output, view, allowedHosts) : [];
  const unset = failed && end.folder === undefined ? /^bwrap: (.*)/m.exec(end.output)?.[1] : undefined;
  if (unset !== undefined)
    return {
      ...end,
      ended: "failed",
      exitCode: undefined,
      sandboxed: true,
      reason: `Cannot start the shell: the sandbox could not be set up: ${unset}`,
    };
  const blocked = [...hosts, ...refused, ...moved];
  return { ...end, sandboxed: true, ...(blocked.length > 0 && { blocked }) };
}

function wallsHere(env: Environment, roots: readonly string[]): FoundWalls {
  switch (process.platform) {
    case "linux":
      return linuxWalls(env, roots);
    case "darwin":
      return macWalls();
    default:
      return {
        kind: "none",
        why: `There is no sandbox for commands on ${process.platform === "win32" ? "Windows: work in WSL 2 to have one" : process.platform}.`,
      };
  }
}

function filters(): { readonly strict: Uint8Array; readonly sockets: Uint8Array } {
  const none = new Uint8Array();
  return {
    strict: seccompFilter(process.arch, false) ?? none,
    sockets: seccompFilter(process.arch, true) ?? none,
  };
}

function withHosts(state: SandboxState, walls: Walls, { allowedHosts }: SandboxPolicy): SandboxState {
  if (state.level !== "full" || allowedHosts.length === 0) return state;
  const why = walls.filtersHosts
    ? `Commands in the sandbox write in the workspace only, read no secrets and reach only ${allowedHosts.join(", ")}.`
    : `${state.why} The allowed hosts are not reached either: on this system the network is off as a whole.`;
  return { ...state, why };
}

/** A workspace that holds the person's home, or the system, leaves nothing to be kept out of. */
async function tooWide({ roots, allowWrite }: SandboxPolicy, home: string): Promise<string | undefined> {
  const [realHome = home] = await real([home]);
  const asked = [...roots, ...allowWrite.map((it) => it.replace(/^~(?=\/|$)/, home))];
  const wide = (await real(asked)).find((it) => isWithin(realHome, it) || TOO_WIDE.includes(it));
  if (wide === undefined)
    return roots.length > 0 ? undefined : "There is no sandbox without a workspace to write in.";
  return `There is no sandbox, since commands may write in "${wide}", which holds your home or the system: open a folder below it.`;
}

const TOO_WIDE =
  "/ /bin /boot /dev /etc /home /lib /lib64 /opt /proc /root /run /sbin /srv /sys /usr /usr/bin /usr/lib /usr/local /var".split(
    " ",
  );

async function real(paths: readonly string[]): Promise<readonly string[]> {
  return Promise.all(paths.map((it) => realpath(it).catch(() => it)));
}
