import type { FromScreen, ToScreen } from "../src/agent/screen.ts";

/** The side of the panel that has files, models and sessions, as the page sees it. */
export interface Host {
  readonly post: (message: FromScreen) => void;
  /** Hands on every message of the host, in order. */
  readonly listen: (take: (message: ToScreen) => void) => void;
  /** What `save` kept last, also over a reload; not to be trusted in shape. */
  readonly load: () => unknown;
  readonly save: (kept: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

/** The editor's side of a webview, or a stand-in over `window.parent` and session storage where there is no editor. */
export function connect(): Host {
  const api = typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : inBrowser();
  return {
    post: (message) => api.postMessage(message),
    listen: (take) =>
      addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (isMessage(data)) take(data);
      }),
    load: () => api.getState(),
    save: (kept) => api.setState(kept),
    now: () => performance.timeOrigin + performance.now(),
  };
}

/** Only the host can post into a webview; what is checked is that it is one of our messages at all. */
function isMessage(data: unknown): data is ToScreen {
  return (
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    typeof data.type === "string" &&
    KNOWN.has(data.type)
  );
}

const KNOWN: ReadonlySet<string> = new Set<ToScreen["type"]>([
  "snapshot",
  "events",
  "rows",
  "models",
  "sessions",
  "completions",
  "context",
  "draft",
  "focus",
  "rewindPreview",
  "blob",
  "refused",
]);

const STORE = "wheelhouse";

function inBrowser(): VsCodeApi {
  return {
    postMessage: (message) => window.parent.postMessage(message, location.origin),
    getState: () => JSON.parse(sessionStorage.getItem(STORE) ?? "null"),
    setState: (state) => sessionStorage.setItem(STORE, JSON.stringify(state)),
  };
}
