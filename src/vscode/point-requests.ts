import * as vscode from "vscode";
import { rewindPointOf } from "../agent/rewind-points.ts";
import type { Session } from "../agent/runner.ts";
import type { FromScreen } from "../agent/screen.ts";
import { compareFiles } from "../journal/compare.ts";
import { sessionBlobs } from "../node/session-blobs.ts";
import type { PageParts } from "./page-requests.ts";

type Request = Extract<FromScreen, { type: "previewRewind" | "forkSession" | "comparePoints" }>;

/** How long it may take to look at all files, in milliseconds. */
const LOOK_MS = 60_000;

/** Answers what the page asks about earlier messages of the shown session. */
export function pointRequests(parts: PageParts): (request: Request) => Promise<void> {
  const { shown, view } = parts;
  return async (request) => {
    const session = shown.session();
    if (!session) return view.post({ type: "refused", reason: "This session can only be read." });
    switch (request.type) {
      case "previewRewind": {
        const preview = await session.previewRewind(request.to, AbortSignal.timeout(LOOK_MS));
        return view.post(
          typeof preview === "string"
            ? { type: "refused", reason: preview }
            : { type: "rewindPreview", preview },
        );
      }
      case "forkSession":
        return fork(parts, session, request.before);
      case "comparePoints":
        return compare(parts, session, request);
    }
  };
}

/** Shows the copy, with the message it ends before in its box. */
async function fork({ store, shown, view }: PageParts, session: Session, before: number): Promise<void> {
  const point = rewindPointOf(session.memory(), before);
  const copy = point && (await store.fork(session.state().id, before));
  if (!point || copy === undefined) throw new Error("This message is no longer part of the conversation.");
  const reason = await shown.show(copy);
  if (reason !== undefined) throw new Error(reason);
  view.post({ type: "draft", text: point.text, attachments: [], send: false });
}

async function compare(
  { core, points }: PageParts,
  session: Session,
  { from, to }: Extract<Request, { type: "comparePoints" }>,
): Promise<void> {
  const memory = session.memory();
  const ports = { files: core.world.files, blobs: sessionBlobs(core.home, memory.state.id) };
  const all = await compareFiles(memory.history, from, to, ports, AbortSignal.timeout(LOOK_MS));
  const texts = all.filter((it) => !it.isBinary);
  if (texts.length === 0)
    return void vscode.window.showInformationMessage(
      "No text that Wheelhouse changed differs between the two.",
    );
  const nameOf = (n: number) => `Before Message ${rewindPointOf(memory, n)?.number ?? "?"}`;
  await points.show(texts, [nameOf(from), to === undefined ? "Now" : nameOf(to)], to === undefined);
}
