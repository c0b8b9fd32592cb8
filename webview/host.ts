import type { FromScreen, ToScreen } from "../src/agent/screen.ts";

/** The side that has files, models and sessions, as a page sees it: the panel's unless given. */
export interface Host<Out = FromScreen, In = ToScreen> {
  readonly post: (message: Out) => void;
  /** Hands on every message of the host, in order. */
  readonly listen: (take: (message: In) => void) => void;
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

/** The editor's side of the panel. */
export function connect(): Host {
  return connectTo(KNOWN);
}

/** The editor's side of a webview that takes messages of these types, or a stand-in over `window.parent` and session storage where there is no editor. */
export function connectTo<Out, In extends { readonly type: string }>(
  known: ReadonlySet<In["type"]>,
): Host<Out, In> {
  const api = typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : inBrowser();
  return {
    post: (message) => api.postMessage(message),
    listen: (take) =>
      addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (isMessage<In>(data, known)) take(data);
      }),
    load: () => api.getState(),
    save: (kept) => api.setState(kept),
    now: () => performance.timeOrigin + performance.now(),
  };
}

/** Only the host can post into a webview; what is checked is that it is one of our messages at all. */
function isMessage<In extends { readonly type: string }>(
  data: unknown,
  known: ReadonlySet<string>,
): data is In {
  return (
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    typeof data.type === "string" &&
    known.has(data.type)
  );
}

const KNOWN: ReadonlySet<ToScreen["type"]> = new Set<ToScreen["type"]>([
  "snapshot",
  "events",
  "rows",
  "models",
  "health",
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
