import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { pageOf } from "../../webview/page.ts";
import type { SessionEvent } from "../agent/events.ts";
import type { FromScreen, ToScreen } from "../agent/screen.ts";
import type { SessionState } from "../agent/session.ts";

/** Rows a screen gets to begin with; earlier ones it asks for. */
const FIRST_ROWS = 48;
/** How long events are gathered before they are posted, in milliseconds: thirty posts a second at most. */
const GATHER_MS = 33;

/** The panel as the window sees it: a screen that may come and go. */
export interface ChatView {
  readonly show: (view: vscode.WebviewView) => void;
  /** Replaces what the screen shows. */
  readonly replace: (state: SessionState, readOnly: string | undefined) => void;
  readonly tell: (event: SessionEvent) => void;
  readonly post: (message: ToScreen) => void;
  /** How many answers are awaited, on the view's icon. */
  readonly badge: (state: SessionState) => void;
  readonly reveal: () => Promise<void>;
}

/** Connects the panel's page with whoever answers it. The page is made anew whenever the panel is shown; nothing is kept alive for it. */
export function chatView(extension: vscode.Uri, hear: (message: FromScreen) => void): ChatView {
  let view: vscode.WebviewView | undefined;
  let gathered: SessionEvent[] = [];
  return {
    show(shown) {
      view = shown;
      const folders = ["dist/webview", "media"].map((it) => vscode.Uri.joinPath(extension, it));
      shown.webview.options = { enableScripts: true, localResourceRoots: folders };
      shown.webview.onDidReceiveMessage((message: unknown) => isMessage(message) && hear(message));
      shown.onDidDispose(() => {
        if (view === shown) view = undefined;
      });
      shown.webview.html = pageFor(shown.webview, extension);
    },
    replace(state, readOnly) {
      gathered = [];
      post({ type: "snapshot", state: lastRows(state), readOnly });
    },
    tell(event) {
      gathered.push(event);
      if (gathered.length === 1) setTimeout(postGathered, GATHER_MS);
    },
    post,
    badge,
    async reveal() {
      await vscode.commands.executeCommand("wheelhouse.chat.focus");
      post({ type: "focus" });
    },
  };

  function post(message: ToScreen): void {
    // A hidden panel has no page; it asks for everything when it is shown again.
    void view?.webview.postMessage(message);
  }

  function postGathered(): void {
    if (gathered.length === 0) return;
    const events = gathered;
    gathered = [];
    post({ type: "events", events });
  }

  function badge({ questions }: SessionState): void {
    if (view)
      view.badge =
        questions.length === 0
          ? undefined
          : { value: questions.length, tooltip: "Wheelhouse waits for your answer" };
  }
}

function lastRows(state: SessionState): SessionState {
  const firstRow = Math.max(0, state.rows.length - FIRST_ROWS);
  const { lastRewind } = state;
  const rest = lastRewind && { ...lastRewind, before: lastRows(lastRewind.before) };
  return { ...state, firstRow, rows: state.rows.slice(firstRow), lastRewind: rest };
}

function pageFor(webview: vscode.Webview, extension: vscode.Uri): string {
  const uri = (path: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist/webview", path)).toString();
  const nonce = randomBytes(24).toString("base64url");
  return pageOf({
    cspSource: webview.cspSource,
    nonce,
    scriptUri: uri("main.js"),
    styleUri: uri("main.css"),
  });
}

/** The page is ours, and yet what it sends is looked at: every message has a type, and each branch reads what it needs. */
function isMessage(value: unknown): value is FromScreen {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
