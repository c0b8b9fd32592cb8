import { type FileHandle, open, readFile } from "node:fs/promises";
import type { SessionEvent } from "../agent/events.ts";
import { frame, readLog, type SessionLog } from "../agent/log.ts";

/** A log file opened for writing, with what it held and what was wrong with it. */
export interface OpenedLog {
  readonly log: SessionLog;
  readonly events: readonly SessionEvent[];
  /** Sentences for the person: damage that was found. Nothing of it is thrown away. */
  readonly warnings: readonly string[];
}

/** The events of a log file that somebody else may be writing; a torn end is simply not there yet. */
export async function readLogFile(path: string): Promise<readonly SessionEvent[]> {
  return readLog(await readFile(path)).events;
}

/** Opens a log for its one writer. A torn end is moved to a file beside it. Rejects when it cannot be written. */
export async function openLogFile(path: string, now: () => number): Promise<OpenedLog> {
  const file = await open(path, "a+", 0o600);
  try {
    const bytes = await readFile(path);
    const { events, goodLength, damage } = readLog(bytes);
    const warnings = damage.map(
      ({ from, to }) =>
        `${to - from} bytes in the middle of this session's log are damaged and were passed over; the file still holds them.`,
    );
    if (goodLength < bytes.length) {
      const aside = `${path}.tail-${now()}`;
      await saveDurably(aside, bytes.subarray(goodLength));
      await file.truncate(goodLength);
      warnings.push(
        `The last ${bytes.length - goodLength} bytes of this session's log were cut short, as by a crash; they were moved to ${aside}.`,
      );
    }
    return { log: logOver(file, goodLength), events, warnings };
  } catch (error) {
    await file.close();
    throw error;
  }
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

function logOver(file: FileHandle, length: number): SessionLog {
  let end = length;
  return {
    async append(events, durable) {
      const bytes = Buffer.concat(events.map(frame));
      try {
        await writeAll(file, bytes);
        if (durable) await file.datasync();
        end += bytes.length;
      } catch (error) {
        // What is half there would be taken for damage: these events have not happened.
        await file.truncate(end).catch(() => undefined);
        throw error;
      }
    },
    async close() {
      await file.datasync().catch(() => undefined);
      await file.close();
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}
