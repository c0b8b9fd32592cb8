/** What a screen shows of a call: generic kinds, so that no screen needs to know a tool. */
export type Display =
  | { readonly kind: "text"; readonly text: string; readonly language?: string }
  | { readonly kind: "diff"; readonly files: readonly FileDiff[] }
  | {
      readonly kind: "terminal";
      readonly command: string;
      readonly folder: string;
      readonly output: string;
      readonly exitCode?: number;
    }
  | { readonly kind: "todos"; readonly todos: readonly Todo[] }
  | { readonly kind: "image"; readonly mediaType: string; readonly blob: string; readonly name: string }
  | {
      readonly kind: "questions";
      readonly questions: readonly Question[];
      readonly answers?: readonly string[];
    }
  | { readonly kind: "plan"; readonly markdown: string };

/** How one file changes. */
export interface FileDiff {
  /** Absolute path. */
  readonly path: string;
  readonly change: "added" | "changed" | "removed";
  /** Unified diff without file headers, three lines of context; cut when very long, and then `cut` is true. */
  readonly patch: string;
  readonly cut: boolean;
  readonly added: number;
  readonly removed: number;
}

/** One item of the to-do list; `activeForm` is what is shown while it is in progress. */
export interface Todo {
  readonly content: string;
  readonly status: "pending" | "in_progress" | "completed";
  readonly activeForm: string;
}

/** A question of the model to the person. The person may always answer in words of their own. */
export interface Question {
  readonly question: string;
  readonly header: string;
  readonly options: readonly { readonly label: string; readonly description: string }[];
  readonly multiSelect: boolean;
}
