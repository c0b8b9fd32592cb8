import { closeSync, fdatasync, openSync } from "node:fs";

/** The write-ahead log of a SQLite file, brought to the disk beside the work instead of within it. */
export interface WalFile {
  /** Has what is written by now survive a power cut, soon; what fails is repeated by the next, and by the checkpoint. */
  readonly harden: () => void;
  readonly close: () => void;
}

/** Between two syncs, in milliseconds. */
const SPACING_MS = 100;

/**
 * The log of the SQLite file at `path`, which must be open in the mode WAL with `synchronous = NORMAL`: then a commit
 * waits for no disk, a power cut takes whole transactions only, and checkpoints bring the log to the disk before they
 * use it (https://sqlite.org/wal.html, "Performance Considerations").
 */
export function openWalFile(path: string): WalFile {
  let file: number | undefined;
  let isSyncing = false;
  let isAgain = false;
  let isClosed = false;
  /** One sync right after the other would keep the disk busy with what one does as well. */
  let rest: ReturnType<typeof setTimeout> | undefined;
  const harden = () => {
    if (isSyncing || rest !== undefined) {
      isAgain = true;
      return;
    }
    isAgain = false;
    file ??= opened(`${path}-wal`);
    if (file === undefined) return;
    isSyncing = true;
    fdatasync(file, () => {
      isSyncing = false;
      if (isClosed) return close();
      rest = setTimeout(() => {
        rest = undefined;
        if (isAgain) harden();
      }, SPACING_MS);
    });
  };
  const close = () => {
    isClosed = true;
    clearTimeout(rest);
    if (isSyncing || file === undefined) return;
    closeSync(file);
    file = undefined;
  };
  return { harden, close };
}

/** SQLite's locks are not on this file, so closing it later gives none of them up. */
function opened(path: string): number | undefined {
  try {
    return openSync(path, "r+");
  } catch {
    // Where the mode WAL cannot be had there is no such file, and SQLite writes as safely as it can.
    return undefined;
  }
}
