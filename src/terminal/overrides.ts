/** What the command line sets for this run; it goes before every settings file. */
export interface Overrides {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** A settings file or JSON text. */
  readonly settings: string | undefined;
  readonly maxRequests: number | undefined;
  readonly maxCost: number | undefined;
  /** Absolute. */
  readonly addedFolders: readonly string[];
  readonly appendedPrompt: string;
}

/** A command line that sets nothing. */
export const NO_OVERRIDES: Overrides = {
  allow: [],
  deny: [],
  settings: undefined,
  maxRequests: undefined,
  maxCost: undefined,
  addedFolders: [],
  appendedPrompt: "",
};
