import type { FromScreen } from "../src/agent/screen.ts";

/** Kinds of pictures that are shown: none of them can hold a script or load another. */
const SHOWN: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Whether pictures of this media type are shown. */
export function isShown(mediaType: string): boolean {
  return SHOWN.has(mediaType);
}

/** Address of a picture whose bytes are here. */
export function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

/** Pictures by hash: asks the host once for each, and answers all who wait. */
export function pictures(post: (message: FromScreen) => void) {
  const known = new Map<string, string>();
  const waiting = new Map<string, ((url: string) => void)[]>();
  return {
    ask(hash: string, mediaType: string, take: (url: string) => void): void {
      const url = known.get(hash);
      if (url !== undefined) take(url);
      if (url !== undefined || !isShown(mediaType)) return;
      const others = waiting.get(hash);
      if (others) others.push(take);
      else {
        waiting.set(hash, [take]);
        post({ type: "blob", hash, mediaType });
      }
    },
    received(hash: string, mediaType: string, base64: string): void {
      if (!isShown(mediaType)) return;
      const url = dataUrl(mediaType, base64);
      known.set(hash, url);
      for (const take of waiting.get(hash) ?? []) take(url);
      waiting.delete(hash);
    },
  };
}
