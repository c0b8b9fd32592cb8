import * as vscode from "vscode";
import { exportJson, exportMarkdown } from "../agent/export.ts";
import type { FromScreen } from "../agent/screen.ts";
import { sessionBlobs } from "../node/session-blobs.ts";
import type { Store } from "../node/store.ts";
import type { ChatView } from "./chat-view.ts";
import { completePaths } from "./completions.ts";
import type { Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import type { LiveSessions } from "./live-sessions.ts";
import { healthOfProviders, offeredModels } from "./offered-models.ts";
import { pointRequests } from "./point-requests.ts";
import type { Points } from "./points-diff.ts";

/** What the page's requests are answered with. */
export interface PageParts {
  readonly core: Core;
  readonly store: Store;
  readonly live: LiveSessions;
  readonly view: ChatView;
  readonly shown: Desk;
  readonly points: Points;
  readonly log: vscode.LogOutputChannel;
}

/** How long a look-up for the page may take, in milliseconds. */
const LOOK_UP_MS = 10_000;

/** Answers what the panel's page asks for. */
export function pageRequests(parts: PageParts): (message: FromScreen) => Promise<void> {
  const { core, store, view, shown } = parts;
  const points = pointRequests(parts);
  return async (message) => {
    switch (message.type) {
      case "ready":
        return ready();
      case "command": {
        const sent = await shown.send(message.command, message.withContext ?? false);
        return sent.kind === "refused" ? view.post({ type: "refused", reason: sent.reason }) : undefined;
      }
      case "rows": {
        const rows = shown.state().rows.slice(message.from, message.to);
        return view.post({ type: "rows", from: message.from, rows });
      }
      case "complete": {
        const items = await completePaths(message.query, core.world, AbortSignal.timeout(LOOK_UP_MS));
        return view.post({ type: "completions", request: message.request, items });
      }
      case "newSession":
        return shown.showNew();
      case "previewRewind":
      case "forkSession":
      case "comparePoints":
        return points(message);
      case "openSession":
        return refuse(await shown.show(message.id));
      case "listSessions":
        return listSessions(message.search);
      case "renameSession":
        await renameSession(parts, message.id, message.title);
        return listSessions("");
      case "deleteSession":
        await refuse(await deleteSession(parts, message.id));
        return listSessions("");
      case "exportSession":
        return exportSession(store, message.id, message.format);
      case "blob":
        return blob(message.hash, message.mediaType);
      default:
        return inEditor(message);
    }
  };

  async function ready(): Promise<void> {
    shown.refresh();
    shown.tellContext();
    await tellModels(parts);
  }

  async function listSessions(search: string): Promise<void> {
    const live = new Set(parts.live.all().map((it) => it.id));
    const sessions = (await store.list(search)).map((it) => ({
      ...it,
      open: live.has(it.id) ? ("live" as const) : it.open,
    }));
    view.post({ type: "sessions", sessions });
  }

  async function refuse(reason: string | undefined): Promise<void> {
    if (reason !== undefined) view.post({ type: "refused", reason });
  }

  async function blob(hash: string, mediaType: string): Promise<void> {
    const id = shown.id();
    if (id === undefined) return;
    const bytes = await sessionBlobs(core.home, id).get(hash);
    if (bytes) view.post({ type: "blob", hash, mediaType, data: Buffer.from(bytes).toString("base64") });
  }
}

/** Tells the page which models there are, and whether a mode that asks for nothing is offered. */
export async function tellModels({ core, view }: Pick<PageParts, "core" | "view">): Promise<void> {
  const models = await offeredModels(core.router, AbortSignal.timeout(LOOK_UP_MS));
  view.post({ type: "models", models, bypassAllowed: core.settings()["permissions.allowBypass"] });
  tellHealth({ core, view });
}

/** Tells the page how the keys of providers are. */
export function tellHealth({ core, view }: Pick<PageParts, "core" | "view">): void {
  view.post({ type: "health", health: healthOfProviders(core.router.providers, Date.now()) });
}

async function inEditor(message: FromScreen): Promise<void> {
  switch (message.type) {
    case "openFile": {
      const at =
        message.line === undefined
          ? {}
          : { selection: new vscode.Range(message.line - 1, 0, message.line - 1, 0) };
      await vscode.window.showTextDocument(vscode.Uri.file(message.path), {
        preserveFocus: true,
        preview: true,
        ...at,
      });
      return;
    }
    case "review":
      return void (await vscode.commands.executeCommand("wheelhouse.review.open", message.path));
    case "reviewAll":
      return void (await vscode.commands.executeCommand("wheelhouse.review.open"));
    case "copy":
      return void (await vscode.env.clipboard.writeText(message.text));
    case "insert":
      return insert(message.text);
    case "newFile": {
      const document = await vscode.workspace.openTextDocument({
        content: message.text,
        ...(message.language !== "" && { language: message.language }),
      });
      return void (await vscode.window.showTextDocument(document));
    }
    case "openLink":
      return openLink(message.url);
    case "attach":
      return void (await vscode.commands.executeCommand("wheelhouse.addToChat"));
    case "setKey":
      return void (await vscode.commands.executeCommand("wheelhouse.setApiKey"));
    case "openFolder":
      return void (await vscode.commands.executeCommand("vscode.openFolder"));
  }
}

async function insert(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) throw new Error("There is no open editor to insert into.");
  await editor.edit((it) => {
    for (const selection of editor.selections) it.replace(selection, text);
  });
}

/** Only web addresses leave the editor, and VS Code asks before it opens one. */
async function openLink(url: string): Promise<void> {
  const uri = vscode.Uri.parse(url, true);
  if (uri.scheme !== "https" && uri.scheme !== "http")
    throw new Error(`A link to "${uri.scheme}:" is not opened.`);
  await vscode.env.openExternal(uri);
}

/** Gives a session a title, whether it is shown, at work or on disk only; what it left open is not touched. */
export async function renameSession(
  { live, store }: Pick<PageParts, "live" | "store">,
  id: string,
  title: string,
): Promise<void> {
  const taken = live.get(id);
  if (taken?.session) return void (await taken.session.send({ type: "title", title }));
  const opened = await store.open(id);
  if (opened.kind !== "open")
    throw new Error(opened.kind === "absent" ? `There is no session ${id}.` : opened.reason);
  const n = (opened.events.at(-1)?.n ?? 0) + 1;
  await opened.log
    .append([{ n, at: Date.now(), type: "titled", title, by: "person" }], true)
    .finally(() => opened.log.close());
}

/** Deletes a session for good; a sentence when it cannot be. */
export async function deleteSession(
  { live, store, shown }: Pick<PageParts, "live" | "store" | "shown">,
  id: string,
): Promise<string | undefined> {
  if (shown.id() === id) await shown.showNew();
  await live.close(id);
  return store.remove(id);
}

/** Opens a session's text as a new document, to be saved wherever the person likes. */
export async function exportSession(store: Store, id: string, format: "markdown" | "json"): Promise<void> {
  const events = await store.read(id);
  if (!events) throw new Error("There is no session to export yet.");
  const content = format === "json" ? exportJson(events) : exportMarkdown(events, await store.isOpen(id));
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content, language: format }),
  );
}
