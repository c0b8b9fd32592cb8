/** A text, and the complexities of its functions in order: McCabe's of each, the cognitive one where it is not 0. */
type Counted = readonly [
  what: string,
  text: string,
  cyclomatic: readonly number[],
  cognitive: readonly number[],
];

/** A text, and the places in it that smell under tight limits, with the numbers measured there. */
type Looked = readonly [smell: string, what: string, text: string, expected: readonly string[]];

/** What is found in texts of one language. */
export interface Cases {
  readonly language: string;
  readonly path: string;
  readonly counted: readonly Counted[];
  readonly looked: readonly Looked[];
}
