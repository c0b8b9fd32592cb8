import type { Outline, ShellTree } from "../world.ts";

/** What the worker is asked: the declarations of a text. */
export interface OutlineRequest {
  readonly id: number;
  /** Id of a language on the shelf. */
  readonly language: string;
  readonly text: string;
  readonly limitMs: number;
}

/** What the worker is asked: a command line as a tree. */
export interface ShellRequest {
  readonly id: number;
  readonly command: string;
}

/** What it answers, according to what was asked. `broken`: its parser trapped, and nothing it says from now on can be trusted. */
export interface SyntaxReply {
  readonly id: number;
  readonly answer: Outline | ShellTree;
  readonly broken: boolean;
}
