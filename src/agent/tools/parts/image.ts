/** `bytes` in base64. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // Spread over too many arguments, the call overflows the stack.
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(""));
}
