import type { Outline } from "../world.ts";

/** What the worker is asked. */
export interface OutlineRequest {
  readonly id: number;
  /** Id of a language on the shelf. */
  readonly language: string;
  readonly text: string;
  readonly limitMs: number;
}

/** What it answers. `broken`: its parser trapped, and nothing it says from now on can be trusted. */
export interface OutlineReply {
  readonly id: number;
  readonly outline: Outline;
  readonly broken: boolean;
}
