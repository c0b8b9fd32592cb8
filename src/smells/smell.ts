import type { Source } from "../refactor/refactoring.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { Clone } from "./clones.ts";
import type { Fix } from "./finding.ts";
import type { Role, SmellRules } from "./smell-rules.ts";
import type { TokenFile } from "./tokens.ts";

/** A number that may not be exceeded. */
export interface Limit {
  /** Its setting is `smells.` and this. */
  readonly name: string;
  readonly default: number;
  /** Where the default comes from. */
  readonly source: string;
}

/** What may not be exceeded, by the limits' names. */
export type Limits = Readonly<Record<string, number>>;

/** A function of a file with a body, and what it is called. */
export interface FunctionPart {
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  /** As a sentence begins: `Function "paint"`, `This function`. */
  readonly title: string;
  /** What to underline: its name, or its beginning. */
  readonly head: { readonly from: number; readonly to: number };
}

/** A file in which smells are looked for. */
export interface Examined {
  readonly source: Pick<Source, "path" | "text" | "root" | "language">;
  /** The same as refactorings see it, with who is who in it; `undefined` in languages that they do not know. */
  readonly code: Source | undefined;
  /** What a refactoring, by its id, is called there; `undefined`: it is not offered. */
  readonly offeredAt: (id: string, from: number, to: number) => string | undefined;
  readonly rules: SmellRules;
  /** As the rules say, in this text. */
  readonly roleOf: (node: SyntaxNode) => Role | undefined;
  /** Those without a syntax error, in the order in which they begin. */
  readonly functions: readonly FunctionPart[];
  /** From 1. */
  readonly lineAt: (offset: number) => number;
}

/** A smell in the file that is looked at; UTF-16 units. */
export interface Found {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly value?: number;
  readonly limit?: number;
  readonly related?: readonly { readonly from: number; readonly to: number; readonly message: string }[];
  readonly fix?: Fix;
  readonly unlessTaken?: string;
}

/** What people are told of a smell. */
export interface SmellInfo {
  /** "long-function". */
  readonly id: string;
  /** "Long function". */
  readonly title: string;
  /** What it is and why it matters, in one sentence. */
  readonly meaning: string;
  /** "note": a matter of taste more than others. */
  readonly level: "warning" | "note";
  readonly limits: readonly Limit[];
}

/** An entry of the shelf `smells/smells`. */
export interface Smell extends SmellInfo {
  /** Whether enough is known of a language to look for it; `undefined`: it always is. */
  readonly isFor?: (rules: SmellRules) => boolean;
  /** What there is of it in one file. */
  readonly find?: (file: Examined, limits: Limits) => Iterable<Found>;
  /** The refactoring that leaves one of two places in a file, with `replaceAll`. */
  readonly unitedBy?: string;
  /** What there is of it in files together. */
  readonly across?: (files: readonly TokenFile[], limits: Limits) => readonly Clone[];
}
