import type { Blobs } from "../../world.ts";
import type { Kept } from "./noted.ts";

/** Many small contents go into one blob of about this size: forcing each to disk by itself would take longer than all else. */
const BUNDLE_BYTES = 4 * 1024 * 1024;

/** Puts contents together. */
export interface Bundle {
  /** Resolves, once there is enough or at the end, with where the content is kept; durable then. */
  readonly add: (content: Buffer) => Promise<Kept>;
  /** Keeps the rest. Rejects when something could not be kept. */
  readonly end: () => Promise<void>;
}

/** A new bundle, and one more whenever one is full. */
export function bundles(blobs: Blobs): Bundle {
  let pieces: Buffer[] = [];
  let length = 0;
  let waiting: ((blob: Promise<string>) => void)[] = [];
  const puts: Promise<unknown>[] = [];
  return {
    add(content) {
      const from = length;
      pieces.push(content);
      length += content.length;
      const blob = new Promise<string>((resolve) => waiting.push(resolve));
      if (length >= BUNDLE_BYTES) put();
      const kept = blob.then((it) => ({ blob: it, from, length: content.length }));
      // `end` tells.
      kept.catch(() => undefined);
      return kept;
    },
    async end() {
      if (pieces.length > 0) put();
      await Promise.all(puts);
    },
  };

  function put(): void {
    const done = blobs.put(Buffer.concat(pieces));
    puts.push(done);
    done.catch(() => undefined);
    for (const it of waiting) it(done);
    pieces = [];
    length = 0;
    waiting = [];
  }
}
