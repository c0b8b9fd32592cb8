/** The one key that a client sent, in headers of its dialect or as a bearer's token; `undefined`: none, or several that differ. */
export function keyAmong(
  given: readonly (string | undefined)[],
  authorization: string | undefined,
): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  // Something else than a bearer's token beside a key is ambiguous, too.
  if (authorization !== undefined && bearer === undefined) return undefined;
  const keys = new Set([...given, bearer].filter((it) => it !== undefined && it !== ""));
  return keys.size === 1 ? [...keys][0] : undefined;
}
