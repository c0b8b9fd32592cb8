/**
 * Keeps texts for a time. It is a help and no more: what cannot be had is as if it were not there, what cannot be kept
 * is let go, and it never rejects.
 */
export interface Cache {
  /** The text behind a key; `undefined`: there is none any more. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text for at most `ageMs` milliseconds. */
  put(key: string, text: string, ageMs: number): void;
  /** Lets go of connections. */
  close(): void;
}

/** A cache in this process of at most `mostCharacters`; the texts that were not asked for longest go first. */
export function memoryCache(mostCharacters: number, now: () => number): Cache {
  /** The one that was asked for last at the end. */
  const kept = new Map<string, { readonly text: string; readonly until: number }>();
  let size = 0;
  const drop = (key: string) => {
    const entry = kept.get(key);
    if (entry === undefined) return;
    kept.delete(key);
    size -= sizeOf(key, entry.text);
  };
  return {
    get(key) {
      const entry = kept.get(key);
      if (entry === undefined) return NOTHING;
      kept.delete(key);
      kept.set(key, entry);
      if (entry.until > now()) return Promise.resolve(entry.text);
      drop(key);
      return NOTHING;
    },
    put(key, text, ageMs) {
      drop(key);
      if (sizeOf(key, text) > mostCharacters || ageMs <= 0) return;
      kept.set(key, { text, until: now() + ageMs });
      size += sizeOf(key, text);
      for (const oldest of kept.keys()) {
        if (size <= mostCharacters) return;
        drop(oldest);
      }
    },
    close() {
      kept.clear();
      size = 0;
    },
  };
}

const NOTHING = Promise.resolve(undefined);
/** Characters that an entry takes besides its texts, about. */
const OVERHEAD = 100;

function sizeOf(key: string, text: string): number {
  return key.length + text.length + OVERHEAD;
}
