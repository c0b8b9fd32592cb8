/** An entry of the shelf `syntax/languages`. */
export interface Language {
  /** As in file names of this shelf: "c-sharp". */
  readonly id: string;
  /** As people write it: "C#". */
  readonly name: string;
  /** Endings of file names, lower case, with their dot. */
  readonly extensions: readonly string[];
  /** Name of the grammar: "c_sharp" for `tree-sitter-c_sharp.wasm`. */
  readonly grammar: string;
  /**
   * Tree-sitter query for declarations: the whole declaration is captured under its kind (see `SymbolEntry`), its
   * name as `@name`. Where several patterns name the same place, the first one counts.
   */
  readonly symbols: string;
}
