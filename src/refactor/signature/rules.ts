import type { SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Effect } from "../code-rules.ts";
import type { Call } from "../inlining/rules.ts";
import type { Refusal } from "../plan.ts";
import type { AddedParameter, Place, Source } from "../refactoring.ts";

/** What a language knows of changing the parameters of a function. */
export interface SignatureRules {
  /** The function that a declared name stands for, or why its parameters are left. */
  readonly signatureOf: (name: SyntaxNode, source: Source) => Signature | Refusal;
  /** Why calls may not be given their arguments in other places; `undefined`: they may. */
  readonly cannotMove: (signature: Signature, source: Source) => Refusal | undefined;
  /** The call of what the node stands for; `undefined`: it is not called there in a way that is followed. */
  readonly callOf: (callee: SyntaxNode, source: Source) => Call | undefined;
  /** What is written for an argument that is left out; `undefined`: arguments can be given by name. */
  readonly filler?: string;
  /** The name by which a use in a list of exports exports it; "default": by none that is followed. `undefined`: it is no such use. */
  readonly exportedAs: (use: SyntaxNode, source: Source) => string | undefined;
  /** What in a file may be, or replace, what another one exports by a name, though it imports nothing; `undefined`: nothing. */
  readonly reachedBy?: (other: Source, exporting: Source, name: string) => SyntaxNode | undefined;
  /** Whether evaluating it does nothing and cannot fail, apart from its names. */
  readonly isIdle: (node: SyntaxNode, source: Source) => boolean;
  /** Whether the language itself gives the name a value. */
  readonly isBuiltIn: (name: string) => boolean;
  /** The text of a new parameter among the others. */
  readonly written: (
    added: AddedParameter,
    order: readonly Slot[],
    signature: Signature,
    place: Place,
  ) => string | Refusal;
  /** What else must be written so that the parameters can stand in that order; or why they cannot. */
  readonly fitted: (order: readonly Slot[], source: Source) => readonly TextChange[] | Refusal;
  /** Changes to what is said of the parameters elsewhere: `undefined`, nothing is followed. */
  readonly documented?: (
    { made }: Signature,
    change: { readonly removed: readonly string[]; readonly renamed: ReadonlyMap<string, string> },
    source: Source,
  ) => readonly TextChange[];
  /** How several parameters become one; `undefined`: they do not. */
  readonly objects?: ObjectRules;
}

/** A call, and the file it stands in. */
export interface Use {
  readonly source: Source;
  readonly call: Call;
}

/** What a language knows of parameters that are given by name: as an object, taken apart in the head, or without one. */
export interface ObjectRules {
  /** For menus. */
  readonly title: string;
  /** The changes to the head that make one of some parameters; or why not. */
  readonly head: (
    run: Run,
    signature: Signature,
    calls: readonly Use[],
    source: Source,
  ) => readonly TextChange[] | Refusal;
  /** The changes to a call, in whichever file, that give it as one; or why it cannot. */
  readonly given: (
    call: Call,
    run: Run,
    signature: Signature,
    source: Source,
  ) => readonly TextChange[] | Refusal;
}

/** Parameters that stand beside each other. */
export interface Run {
  readonly parameters: readonly Parameter[];
  readonly names: readonly string[];
  /** The index of the first. */
  readonly start: number;
}

/** A function and its parameters. */
export interface Signature {
  readonly made: SyntaxNode;
  /** With its parentheses; or a single parameter that has none. */
  readonly list: SyntaxNode;
  readonly parameters: readonly Parameter[];
  /** Signs that stand among them: behind those that are given by place only, before those by name only. */
  readonly signs?: {
    readonly behindPlaced: SyntaxNode | undefined;
    readonly beforeNamed: SyntaxNode | undefined;
  };
}

/** How an argument is given: by its place only, either way, all that are left, by its name only, all other names. */
export type ParameterKind = "placed" | "either" | "rest" | "named" | "names";

/** A parameter as it stands. */
export interface Parameter {
  readonly node: SyntaxNode;
  /** `undefined`: a pattern. */
  readonly name: SyntaxNode | undefined;
  readonly kind: ParameterKind;
  /** Whether calls may leave it out: it has a default, or a mark. */
  readonly isOptional: boolean;
  /** What it is where nothing is given. */
  readonly fallback: SyntaxNode | undefined;
  /** What evaluating its default, or taking its pattern apart, does. */
  readonly effect: Effect;
  /** Whether nothing that other parameters do changes what that gives. */
  readonly isSteady: boolean;
}

/** A place in the new list: a parameter that was there, or a new one. */
export type Slot =
  | { readonly parameter: Parameter; readonly kind: ParameterKind }
  | { readonly added: AddedParameter; readonly kind: ParameterKind };
