import type { Command } from "../src/agent/events.ts";
import type { FromScreen } from "../src/agent/screen.ts";
import type { Row } from "../src/agent/session.ts";

/** What the parts of the page may use. */
export interface Desk {
  readonly post: (message: FromScreen) => void;
  readonly command: (command: Command) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Says something to screen readers, once. */
  readonly announce: (text: string) => void;
  /** The session's folder, for paths as they are shown. */
  readonly folder: () => string;
  /** Calls back with a picture's address once the host has sent its bytes; `undefined`: a kind that is not shown. */
  readonly picture: (hash: string, mediaType: string, take: (url: string) => void) => void;
  /** Asks how to go back to just before a message. */
  readonly rewind: (row: Extract<Row, { kind: "prompt" }>) => void;
  /** How many blocks of a growing answer have been announced, by the key of its row. */
  readonly heard: Map<string, number>;
  /** Keys of what the person has folded open; it stays so while rows leave the page and come back. */
  readonly unfolded: Set<string>;
}
