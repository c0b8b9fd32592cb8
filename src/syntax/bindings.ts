import type { SyntaxNode } from "./tree.ts";

/** What a name may stand for: in most languages all names share "value"; TypeScript's types and labels have their own, and so have Java's methods. */
export type NameSpace = "value" | "type" | "label" | "method";

/** A stretch of a text in which names are declared. */
export interface Scope {
  /** "module": the whole file; "function": parameters and body; "block": a block or a loop; "class": its body. */
  readonly kind: "module" | "function" | "block" | "class" | "comprehension" | "type";
  readonly node: SyntaxNode;
  readonly parent: Scope | undefined;
  readonly children: readonly Scope[];
  /** By `${space} ${name}`. */
  readonly bindings: ReadonlyMap<string, Binding>;
}

/** A thing that has a name: a variable, parameter, function, class, import, type, label. */
export interface Binding {
  readonly name: string;
  readonly kind:
    | "variable"
    | "constant"
    | "parameter"
    | "function"
    | "class"
    | "import"
    | "type"
    | "enum"
    | "module"
    | "label";
  /** A class of TypeScript is both a value and a type. */
  readonly spaces: readonly NameSpace[];
  readonly scope: Scope;
  /** The nodes of its name where it is declared, in order: several for `var` twice, overloads, assignments in Python. */
  readonly declarations: readonly SyntaxNode[];
  /** Every use, in order, declarations left out. */
  readonly references: readonly Reference[];
  /** Whether it can be seen from other files. */
  readonly isExported: boolean;
}

/** A name that is used. */
export interface Reference {
  readonly node: SyntaxNode;
  readonly space: NameSpace;
  /** "update" reads and writes: `a += 1`. */
  readonly access: "read" | "write" | "update";
  readonly scope: Scope;
  /** `undefined`: declared nowhere in this file. */
  readonly binding: Binding | undefined;
  readonly shape: NameShape;
}

/** How a name stands at a place, and so what has to be written there when it changes. */
export type NameShape =
  /** Just the name. */
  | "plain"
  /** A key and a value in one, `{ a }`: the key stays. */
  | "shorthand-value"
  /** A key and a variable in one, in a pattern. */
  | "shorthand-pattern"
  /** `export { a }`: what others see stays. */
  | "export-specifier"
  /** `import { a }`: what is imported stays. */
  | "import-specifier"
  /** Within a text, as in `__all__` of Python. */
  | "text";

/** Who is who in a file. */
export interface Bindings {
  readonly root: Scope;
  /** All bindings, in the order of their first declaration. */
  readonly all: readonly Binding[];
  /** All references, those that nothing declares too, in order. */
  readonly references: readonly Reference[];
  /** The binding whose name stands at this node, declared or used. */
  readonly at: (node: SyntaxNode) => Binding | undefined;
  /** How a declared name stands there. */
  readonly shapeOf: (node: SyntaxNode) => NameShape;
  /** The innermost scope around an offset. */
  readonly scopeAt: (offset: number) => Scope;
  /** What a name used at an offset would stand for; `undefined`: nothing in this file. */
  readonly resolve: (name: string, space: NameSpace, offset: number) => Binding | undefined;
  readonly opaque: readonly Opaque[];
}

/**
 * A place at which names are used that nobody can see (`eval`, `with`, `exec`, `locals()`): what stands in its scope is
 * not certain. `names`: only of these, as of the members of an enumeration; `undefined`: of any.
 */
export interface Opaque {
  readonly node: SyntaxNode;
  readonly why: string;
  readonly names?: ReadonlySet<string>;
}
