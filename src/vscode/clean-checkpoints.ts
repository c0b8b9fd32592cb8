import * as vscode from "vscode";
import { capsOf, inMegabytes, NO_ROOM } from "../node/blob-caps.ts";
import { blobAmount, cleanBlobs, cleanWhenDue } from "../node/blob-cleaning.ts";
import { nodeClock } from "../node/clock.ts";
import type { Settings } from "../settings.ts";

/** Long enough after the start that nobody waits for anything else, in milliseconds. */
const LATER_MS = 60_000;

/** Frees, once a day, what is over the caps; the answer calls that off. */
export function cleanLater(home: string, settings: () => Settings): vscode.Disposable {
  const later = setTimeout(() => void cleanWhenDue(home, capsOf(settings()), nodeClock.now()), LATER_MS);
  return { dispose: () => clearTimeout(later) };
}

/** Says what earlier texts of changed files take, and frees them when the person wants that. */
export async function cleanCheckpoints(home: string, settings: Settings): Promise<void> {
  const { files, bytes } = await blobAmount(home);
  const choice = await vscode.window.showInformationMessage(
    `Checkpoints take ${inMegabytes(bytes)} in ${files} files.`,
    {
      modal: true,
      detail:
        "Clean Up frees what is over the limits in the settings. Free All frees every earlier text of a file but those of changes that you have not decided on and of open sessions.",
    },
    "Clean Up",
    "Free All",
  );
  if (choice === undefined) return;
  const cleaned = await cleanBlobs(home, choice === "Free All" ? NO_ROOM : capsOf(settings), nodeClock.now());
  if (!cleaned)
    throw new Error("Checkpoints are being cleaned up by another process. Try again in a moment.");
  const { freed, left } = cleaned;
  void vscode.window.showInformationMessage(
    `Freed ${inMegabytes(freed.bytes)}; ${inMegabytes(left.bytes)} are left.`,
  );
}
