import type { Sweeps } from "../journal/sweep.ts";
import type { Models } from "../model/router.ts";
import type { Rules } from "../permission/rules.ts";
import type { Locks } from "../std/locks.ts";
import type { Outside } from "../text/outside.ts";
import type { KnownSecret } from "../text/secrets.ts";
import type { Blobs, FileChange, ShellParser } from "../world.ts";
import type { EditedProposal, Reply, SessionEvent } from "./events.ts";
import type { SessionLog } from "./log.ts";
import type { Memory } from "./memory.ts";
import type { Ports } from "./ports.ts";
import type { Record } from "./recorder.ts";
import type { Tool } from "./tool.ts";
import type { Veil } from "./veil.ts";

/** The outside, as one host offers it to all its sessions. */
export interface World extends Ports {
  readonly shellParser: ShellParser;
  /** Finds out what commands change; without it, what they do cannot be taken back. */
  readonly sweeps?: Sweeps;
  /** One writer a path, over all sessions of this process. */
  readonly locks: Locks;
  /** As Node names it. */
  readonly platform: string;
  readonly home: string;
}

/** What the person has set, asked for anew at every decision so that a change holds at once. */
export interface Policy {
  readonly rules: Rules;
  readonly trusted: boolean;
  /** Folders of the workspace, links resolved; the session's own is added. */
  readonly roots: readonly string[];
  readonly bypassAllowed: boolean;
  /** Whether commands that only read run without asking; absent: they do. */
  readonly builtInReads?: boolean;
  /** Whether commands run in the sandbox; "auto": and are not asked about while it keeps them in. */
  readonly sandbox?: "off" | "on" | "auto";
  /** Model calls in one turn after which the person is asked; 0: no limit. */
  readonly maxRequests: number;
  /** Dollars for the whole session; `undefined`: no limit. */
  readonly maxCost: number | undefined;
}

/** What one session is made with. */
export interface Wiring {
  readonly world: World;
  readonly log: SessionLog;
  readonly blobs: Blobs;
  /** Folder of kept results, its links resolved: the model may read there. */
  readonly results: string;
  readonly router: Models;
  readonly tools: readonly Tool[];
  readonly policy: () => Policy;
  /** Values that no model, log or screen may see, as they are now: of the workspace's `.env` files, and our own keys. */
  readonly secrets?: () => Promise<readonly KnownSecret[]>;
  /** Text for the system prompt from instruction files of the project; "" when there is none or it is not trusted. */
  readonly instructions: () => Promise<string>;
  readonly appendedPrompt: string;
  /** Adds an allow rule to the person's settings. */
  readonly writeRule: (rule: string) => Promise<void>;
  /** Whether somebody is there to answer questions. */
  readonly attended: boolean;
  /** Called with every event after it is written. */
  readonly emit: (event: SessionEvent) => void;
  /** Called with a sentence when the session cannot go on and cannot record that. */
  readonly complain: (sentence: string) => void;
  readonly host: string;
  readonly version: string;
}

/** A reply as it is given, with what the person made of a proposal. */
export interface Given {
  readonly reply: Reply;
  readonly edited: readonly EditedProposal[];
}

/** A session at work: what it knows now and how it adds to that. */
export interface Live extends Wiring {
  readonly memory: () => Memory;
  readonly record: Record;
  /** Resolves with the person's reply to a question; rejects with the signal's reason. */
  readonly replyTo: (question: string, signal: AbortSignal) => Promise<Given>;
  /** Changes about which the person is being asked, by call. */
  readonly proposals: Map<string, readonly FileChange[]>;
  /** How text from outside is told, and what it means in an edit. */
  readonly outside: Outside;
  /** What ignore files hide. */
  readonly veil: Veil;
  /** Learns which values are secret now. */
  readonly freshen: () => Promise<void>;
}
