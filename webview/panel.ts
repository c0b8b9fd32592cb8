import type {
  Completion,
  EditorContext,
  RewindPreview,
  SessionSummary,
  ToScreen,
} from "../src/agent/screen.ts";
import { NO_SESSION, type SessionState } from "../src/agent/session.ts";
import { step } from "../src/agent/step.ts";
import type { ModelInfo } from "../src/model/provider.ts";

/** Everything the page shows that the host has told it. */
export interface Panel {
  /** Whether the host has sent a session yet. */
  readonly ready: boolean;
  readonly session: SessionState;
  /** Why nothing can be sent; `undefined`: it can. */
  readonly readOnly: string | undefined;
  readonly models: readonly ModelInfo[];
  /** What is known of providers' keys that are not well, by the provider's name. */
  readonly health: Readonly<Record<string, string>>;
  readonly bypassAllowed: boolean;
  readonly sessions: readonly SessionSummary[];
  readonly completions: { readonly request: number; readonly items: readonly Completion[] };
  readonly context: EditorContext | undefined;
  /** What the last rewind that was asked about would do. */
  readonly rewind: RewindPreview | undefined;
  /** Why the last command was refused, until the next is sent. */
  readonly refused: string | undefined;
}

/** The panel before the host has spoken. */
export const NO_PANEL: Panel = {
  ready: false,
  session: NO_SESSION,
  readOnly: undefined,
  models: [],
  health: {},
  bypassAllowed: false,
  sessions: [],
  completions: { request: 0, items: [] },
  context: undefined,
  rewind: undefined,
  refused: undefined,
};

/** The panel after a message of the host. Pure; messages that are no state (drafts, focus, pictures) change nothing. */
export function received(panel: Panel, message: ToScreen): Panel {
  switch (message.type) {
    case "snapshot":
      return {
        ...panel,
        ready: true,
        session: message.state,
        readOnly: message.readOnly,
        refused: undefined,
      };
    case "events":
      // What a snapshot already holds may arrive once more behind it.
      return {
        ...panel,
        session: message.events.filter((it) => it.n > panel.session.n).reduce(step, panel.session),
      };
    case "rows":
      return { ...panel, session: withEarlier(panel.session, message.from, message.rows) };
    case "models":
      return { ...panel, models: message.models, bypassAllowed: message.bypassAllowed };
    case "health":
      return { ...panel, health: message.health };
    case "sessions":
      return { ...panel, sessions: message.sessions };
    case "completions":
      return { ...panel, completions: { request: message.request, items: message.items } };
    case "context":
      return { ...panel, context: message.context };
    case "rewindPreview":
      return { ...panel, rewind: message.preview };
    case "refused":
      return { ...panel, refused: message.reason };
    case "draft":
    case "focus":
    case "blob":
      return panel;
  }
}

/** Puts rows before those already there; an answer that does not reach them (asked for an earlier session) is dropped. */
function withEarlier(session: SessionState, from: number, rows: SessionState["rows"]): SessionState {
  const missing = session.firstRow - from;
  if (missing <= 0 || rows.length < missing) return session;
  return { ...session, firstRow: from, rows: [...rows.slice(0, missing), ...session.rows] };
}
