import type { Binding, NameSpace } from "../../syntax/bindings.ts";
import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Plan, Refusal } from "../plan.ts";
import type { Options, Place, Source } from "../refactoring.ts";
import type { ToldType } from "../typed.ts";
import type { Early } from "./early.ts";
import type { Flow } from "./flow.ts";
import type { NameRules } from "./has-value.ts";
import type { Part } from "./part.ts";

/** What a language knows of taking a part out of a function. */
export interface ExtractionRules {
  /** What a new function is called when nobody says. */
  readonly defaultName: string;
  /** In which space functions have their names; left out: that of values. */
  readonly space?: NameSpace;
  /** How control leaves the part, or why it cannot be taken out. */
  readonly leaves: (part: Part, source: Source) => Leaving | Refusal;
  /** Where the function goes; `scope`: where somebody wants it, see `Options.scope`. */
  readonly home: (part: Part, leaving: Leaving, source: Source, scope?: Scope) => Home | Refusal;
  readonly names: (home: Home, part: Part, source: Source) => NameRules;
  readonly written: (made: Extraction, source: Source) => Written | Refusal;
  /** Whether a function can be called before the place where it stands; `undefined`: it cannot. */
  readonly isHoisted?: boolean;
  /** Elements as a component of their own; `undefined`: there are none. */
  readonly component?: (place: Place, options: Options) => Plan | Refusal;
  /** The type that is written for what the function is given, `undefined` if it is not known; not there: none is written. */
  readonly typeOf?: (input: Binding, made: Extraction, source: Source) => string | undefined;
}

/** Where a new function is wanted: in the file, in the class, or in the namespace or function around the part, the nearest one or that of the name. */
export interface Scope {
  readonly kind: "file" | "namespace" | "class" | "function";
  readonly name?: string;
}

/** How control leaves a part. */
export interface Leaving {
  /** Whether its function returns with it, whatever happens in it. */
  readonly returns: boolean;
  /** Where it may return, or not. */
  readonly early?: Early;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Whether it is about the object whose method it is in. */
  readonly hasThis: boolean;
}

/** Where the new function goes. */
export interface Home {
  readonly kind: "function" | "method";
  /** What the function stands in: what is declared around that it sees. */
  readonly container: SyntaxNode;
  /** What it is put beside: a statement of the file, a member of the class. */
  readonly beside: SyntaxNode;
}

/** A function to be written. */
export interface Extraction {
  readonly name: string;
  readonly part: Part;
  readonly leaving: Leaving;
  readonly home: Home;
  readonly flow: Flow;
  /** Types of what stands at places of the file, as far as somebody told them. */
  readonly told: readonly ToldType[];
}

/** A function as text, and what stands in the place of the part. */
export interface Written {
  readonly at: number;
  readonly declaration: string;
  readonly call: string;
  /** Where the function's name stands in `call`. */
  readonly nameAt: number;
  readonly warnings: readonly string[];
  /** See `Plan.untold`. */
  readonly untold?: readonly number[];
}
