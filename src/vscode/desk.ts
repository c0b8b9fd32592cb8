import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Command, SessionEvent } from "../agent/events.ts";
import type { Session } from "../agent/runner.ts";
import { refused, type Sent, TAKEN } from "../agent/sent.ts";
import { NO_SESSION, promptKey, type SessionState } from "../agent/session.ts";
import type { Effort } from "../model/conversation.ts";
import { VERSION } from "../version.ts";
import type { ChatView } from "./chat-view.ts";
import type { Core } from "./core.ts";
import { contextAttachment, editorContext } from "./editor-context.ts";
import type { Diffs } from "./editor-diffs.ts";
import type { LiveSession, LiveSessions } from "./live-sessions.ts";
import { proposalStream } from "./proposal-stream.ts";
import type { Proposals } from "./proposals.ts";
import { shownSession } from "./shown-session.ts";
import type { Tree } from "./trees.ts";

/** What the desk is made with. */
export interface DeskParts {
  readonly context: vscode.ExtensionContext;
  readonly core: Core;
  readonly live: LiveSessions;
  readonly view: ChatView;
  readonly diffs: Diffs;
  readonly proposed: Proposals;
  readonly trees: { readonly sessions: Tree; readonly changes: Tree };
  /** What else shows the changes that wait for a decision. */
  readonly onChanges: () => void;
  readonly status: { readonly show: (state: SessionState) => void };
  readonly log: vscode.LogOutputChannel;
}

/** What lies on the desk: the one session the panel shows, or a new one that is written down with its first message. */
export interface Desk {
  readonly id: () => string | undefined;
  readonly state: () => SessionState;
  /** The session at work; `undefined` when it is not written down yet or can only be read. */
  readonly session: () => Session | undefined;
  readonly hear: (id: string, event: SessionEvent) => void;
  readonly send: (command: Command, withContext: boolean) => Promise<Sent>;
  /** Shows that session; a sentence when there is none. */
  readonly show: (id: string) => Promise<string | undefined>;
  readonly showNew: () => Promise<void>;
  /** Takes changed settings into a new session that is not written down yet. */
  readonly renew: () => Promise<void>;
  /** Tells the page everything. */
  readonly refresh: () => void;
  /** Shows what was shown before the window was closed. */
  readonly restore: () => Promise<void>;
  readonly tellContext: () => void;
}

/** Makes the desk of a window, with a new session on it. */
export function desk(parts: DeskParts): Desk {
  const { core, live, view, diffs, proposed, trees, onChanges, status, log } = parts;
  const remembered = shownSession(core.home, workspaceAddress());
  let current: LiveSession | undefined;
  let draft = NO_SESSION;
  /** What the person has chosen for the new session, which settings do not change. */
  let chosen: Partial<SessionState> = {};
  let changing: Promise<unknown> = Promise.resolve();
  let lastChanged: SessionState["changed"] = [];
  const opening = new Map<string, Promise<void>>();
  const stream = proposalStream(
    proposed,
    () => core.settings()["review.openDiff"] === true,
    (error) => log.warn(String(error)),
  );
  const state = () => current?.state() ?? draft;
  const refresh = () => {
    const missing =
      folderOf() === undefined && !current ? "Open a folder first: a session works in one." : undefined;
    view.replace(state(), current?.readOnly ?? missing);
    refreshAround();
  };
  return {
    id: () => current?.id,
    state,
    session: () => current?.session,
    hear,
    send,
    show: (id) =>
      inTurn(async () => {
        const taken = await live.open(id);
        if (!taken) return `There is no session ${id}.`;
        await put(taken);
        return undefined;
      }),
    showNew: () =>
      inTurn(async () => {
        chosen = {};
        draft = await newDraft();
        await put(undefined);
      }),
    renew: () =>
      inTurn(async () => {
        if (current) return;
        draft = { ...(await newDraft()), ...chosen };
        refresh();
      }),
    refresh,
    async restore() {
      draft = await newDraft();
      const taken = await lastShown().catch((error: unknown) => void log.error(String(error)));
      if (taken) current = taken;
      refresh();
    },
    tellContext: () => view.post({ type: "context", context: editorContext() }),
  };

  async function lastShown(): Promise<LiveSession | undefined> {
    const id = await remembered.get();
    return id === undefined ? undefined : live.open(id);
  }

  /** One change of the session after the other: what is said right behind one goes to the new session. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = changing.then(work);
    changing = done.catch(() => undefined);
    return done;
  }

  async function put(taken: LiveSession | undefined): Promise<void> {
    const left = current;
    current = taken;
    if (left && left.id !== taken?.id) letGo(left);
    refresh();
    await remembered.put(taken?.id).catch((error: unknown) => log.warn(String(error)));
  }

  /** A session that rests and is not shown is free for other windows and the terminal. */
  function letGo(session: LiveSession): void {
    if (session.state().status === "resting")
      live.close(session.id).catch((error: unknown) => log.warn(String(error)));
  }

  async function newDraft(): Promise<SessionState> {
    const settings = core.settings();
    const effort = (settings.effort || undefined) as Effort | undefined;
    const mode = settings["permissions.defaultMode"] as SessionState["mode"];
    return { ...NO_SESSION, folder: folderOf() ?? "", model: await core.defaultModel(), effort, mode };
  }

  async function send(command: Command, withContext: boolean): Promise<Sent> {
    await changing;
    if (!current && command.type === "configure") {
      const { type: _, ...change } = command;
      if (change.mode === "bypassPermissions" && !core.settings()["permissions.allowBypass"])
        return refused(
          "Mode bypassPermissions is switched off: set wheelhouse.permissions.allowBypass first.",
        );
      chosen = { ...chosen, ...change };
      draft = { ...draft, ...change };
      refresh();
      return TAKEN;
    }
    const session = current?.session ?? (command.type === "ask" ? await inTurn(begin) : undefined);
    if (!session)
      return refused(current?.readOnly ?? "There is no session yet: send a message to begin one.");
    if (command.type === "reply") return session.send(proposed.withEdits(command));
    return session.send(command.type === "ask" && withContext ? withOpenFile(command) : command);
  }

  /** What is attached already is not sent twice. */
  function withOpenFile(ask: Extract<Command, { type: "ask" }>): Command {
    const extra = core.settings().attachOpenFile ? contextAttachment() : undefined;
    const isThere = ask.attachments.some((it) => isDeepStrictEqual(it, extra));
    return extra && !isThere ? { ...ask, attachments: [...ask.attachments, extra] } : ask;
  }

  async function begin() {
    if (current) return current.session;
    const folder = folderOf();
    if (folder === undefined) return undefined;
    const { model, effort, mode } = draft;
    const taken = await live.create({ folder, model, effort, mode, host: "vscode", version: VERSION });
    await put(taken);
    return taken.session;
  }

  function hear(id: string, event: SessionEvent): void {
    log.trace(`${id} ${event.n} ${event.type}`);
    stream.hear(event, live.get(id)?.session);
    void showInEditor(id, event).catch((error: unknown) => log.warn(String(error)));
    if (id !== current?.id) {
      const other = event.type === "rested" ? live.get(id) : undefined;
      return other && letGo(other);
    }
    view.tell(event);
    if (event.type === "rewound") offerAgain(event);
    if (!QUIET.has(event.type)) refreshAround();
  }

  /** What was said before the conversation went back can be said again in other words. */
  function offerAgain({ conversation, to, text }: Extract<SessionEvent, { type: "rewound" }>): void {
    if (!conversation) return;
    const row = state().lastRewind?.before.rows.findLast((it) => it.key === promptKey(to));
    const attachments = row?.kind === "prompt" ? row.attachments : [];
    view.post({ type: "draft", text, attachments, send: false });
  }

  async function showInEditor(id: string, event: SessionEvent): Promise<void> {
    switch (event.type) {
      case "questioned": {
        const { question, call } = event;
        const changes = live.get(id)?.session?.proposal(call);
        if (!changes || !core.settings()["review.openDiff"]) return;
        opening.set(question, proposed.show(call, question, changes));
        return opening.get(question);
      }
      case "replied":
        // The answer may come while the diff is still being opened.
        await opening.get(event.question)?.catch(() => undefined);
        opening.delete(event.question);
        return proposed.close(event.call);
      case "kept":
        return diffs.closeReviews(event.paths);
      case "undone":
      case "rewound":
        return diffs.closeReviews(event.files.map((it) => it.path));
    }
  }

  function refreshAround(): void {
    const now = state();
    status.show(now);
    view.badge(now);
    if (now.changed !== lastChanged) onChanges();
    lastChanged = now.changed;
    trees.changes.refresh();
    trees.sessions.refresh();
    void vscode.commands.executeCommand("setContext", "wheelhouse.working", now.status !== "resting");
    void vscode.commands.executeCommand("setContext", "wheelhouse.hasChanges", now.changed.length > 0);
  }
}

/** Events that change nothing around the panel; the streaming ones come by the hundred. */
const QUIET: ReadonlySet<SessionEvent["type"]> = new Set([
  "streamed",
  "printed",
  "began",
  "halted",
  "called",
  "requested",
]);

function workspaceAddress(): string | undefined {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  return (workspaceFile ?? workspaceFolders?.[0]?.uri)?.toString();
}

function folderOf(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}
