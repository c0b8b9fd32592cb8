import { writeSync } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { SessionEvent } from "../agent/events.ts";
import { frame, LOG_FORMAT, readLog, type SessionLog } from "../agent/log.ts";
import { syncFolder } from "./write-atomically.ts";

/** A log file, opened for writing or not to be written to, with what it held. */
export type OpenedLog =
  /** `warnings`: sentences for the person about damage that was found. Nothing of it is thrown away. */
  | {
      readonly kind: "open";
      readonly log: SessionLog;
      readonly events: readonly SessionEvent[];
      readonly warnings: readonly string[];
    }
  /** Nothing in it was changed; `reason` is a sentence. */
  | { readonly kind: "refused"; readonly events: readonly SessionEvent[]; readonly reason: string };

/** The events of a log file that somebody else may be writing; a torn end is simply not there yet. */
export async function readLogFile(path: string): Promise<readonly SessionEvent[]> {
  return readLog(await readFile(path)).events;
}

/** Opens a log for its one writer; makes it where there is none. A torn end is moved to a file beside it. Rejects when it cannot be written. */
export async function openLogFile(path: string, now: () => number): Promise<OpenedLog> {
  const file = await open(path, "a+", 0o600);
  try {
    const bytes = await readFile(path);
    const { events, goodLength, damage } = readLog(bytes);
    const reason = bytes.length === 0 ? undefined : refusalOf(events);
    if (reason !== undefined) {
      await file.close();
      return { kind: "refused", events, reason };
    }
    const warnings = damage.map(
      ({ from, to }) =>
        `${to - from} bytes in the middle of this session's log are damaged and were passed over; the file still holds them.`,
    );
    if (goodLength < bytes.length) {
      const aside = `${path}.tail-${now()}`;
      await saveDurably(aside, bytes.subarray(goodLength));
      // Before its bytes go from here, its name has to be certain.
      await syncFolder(dirname(path));
      await file.truncate(goodLength);
      warnings.push(
        `The last ${bytes.length - goodLength} bytes of this session's log were cut short, as by a crash; they were moved to ${aside}.`,
      );
    }
    return { kind: "open", log: logOver(handleOf(file), goodLength), events, warnings };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Why a log with these events is not gone on with. */
function refusalOf(events: readonly SessionEvent[]): string | undefined {
  const first = events.find((it) => it.type === "opened");
  if (!first) return "The beginning of this session's log is damaged, so the rest can only be read.";
  const format: number = first.format;
  if (format <= LOG_FORMAT) return undefined;
  return "This session was written by a newer version of Wheelhouse, so it can only be read here.";
}

async function saveDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What `logOver` asks of a file, so that a full disk can be played. */
export interface LogHandle extends Pick<FileHandle, "datasync" | "truncate" | "close"> {
  /** Writes some of the bytes from an offset on, at the file's end. */
  write(bytes: Uint8Array, offset: number): { bytesWritten: number } | Promise<{ bytesWritten: number }>;
}

/** A write up to this many bytes goes to the system's cache sooner than a thread could be asked for it. */
const AT_ONCE = 64 * 1024;

function handleOf(file: FileHandle): LogHandle {
  return {
    write: (bytes, offset) =>
      bytes.length - offset <= AT_ONCE
        ? { bytesWritten: writeSync(file.fd, bytes, offset) }
        : file.write(bytes, offset),
    datasync: () => file.datasync(),
    truncate: (length) => file.truncate(length),
    close: () => file.close(),
  };
}

/** A log that goes on at `length` bytes of `file`. What could not be written whole is taken back: it has not happened. */
export function logOver(file: LogHandle, length: number): SessionLog {
  let end = length;
  let isTorn = false;
  let isSynced = true;
  let closing: Promise<void> | undefined;
  return {
    async append(events, durable) {
      const bytes = Buffer.concat(events.map(frame));
      if (isTorn) await mend();
      try {
        await writeAll(file, bytes);
        isSynced = durable;
        if (durable) await file.datasync();
        end += bytes.length;
      } catch (error) {
        isTorn = true;
        // If this fails too, it is tried again before anything else is written.
        await mend().catch(() => undefined);
        throw error;
      }
    },
    close() {
      closing ??= (isSynced ? Promise.resolve() : file.datasync())
        .catch(() => undefined)
        .then(() => file.close());
      return closing;
    },
  };

  async function mend(): Promise<void> {
    await file.truncate(end);
    isTorn = false;
  }
}

async function writeAll(file: LogHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}
