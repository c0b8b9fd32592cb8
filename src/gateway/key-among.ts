/** The one key that a client sent, in headers of its dialect or as a bearer's token; `undefined`: none, or several that differ. */
export function keyAmong(
  given: readonly (string | undefined)[],
  authorization: string | undefined,
): string | undefined {
  const bearer = authorization === undefined ? undefined : /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  // Something else than a bearer's token beside a key is ambiguous, too.
  if (authorization !== undefined && bearer === undefined) return undefined;
  let found = bearer;
  for (const key of given) {
    if (key === undefined || key === "") continue;
    if (found !== undefined && found !== key) return undefined;
    found = key;
  }
  return found;
}
