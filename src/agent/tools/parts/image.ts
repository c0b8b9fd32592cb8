/** Largest image a model takes, in bytes: 5 MB once it is in base64. */
const MAX_BYTES = 3_750_000;

/** The media type of an image that models can look at, by its first bytes; `undefined` for anything else. */
export function imageType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(head)) return "image/gif";
  return /^RIFF[\s\S]{4}WEBP/.test(head) ? "image/webp" : undefined;
}

/** Whether an image is small enough to be shown to a model. */
export function fitsModel(bytes: Uint8Array): boolean {
  return bytes.length <= MAX_BYTES;
}

/** `bytes` in base64. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // Spread over too many arguments, the call overflows the stack.
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(""));
}
