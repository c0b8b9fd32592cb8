import type { Environment } from "../environment.ts";
import type { Room } from "./furniture.ts";
import type { View } from "./view.ts";

/** A program about to be started. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Environment;
  /** Absolute; where it starts. */
  readonly folder: string;
  /** A file that it gets open as descriptor 4. */
  readonly fourth?: string;
}

/** What a system offers to keep a command in. */
export interface Walls {
  /** The same program, inside. `hasHosts`: the way to allowed hosts is open at the room's socket. */
  readonly around: (launch: Launch, view: View, room: Room, hasHosts: boolean) => Launch;
  /** Whether it can let a command reach some hosts and no others. */
  readonly filtersHosts: boolean;
  /** Whether it can only guard what exists. */
  readonly needsPlaceholders: boolean;
  /** What it says when it cannot begin, as a sentence with what would help. */
  readonly failure: (said: string) => string;
  /** A sentence about what it cannot do on this machine though it runs; `undefined`: nothing. */
  readonly lacks: string | undefined;
}

/** What was found: walls, or a sentence that says why there are none and what would help. */
export type FoundWalls =
  | { readonly kind: "walls"; readonly walls: Walls }
  | { readonly kind: "none"; readonly why: string };
