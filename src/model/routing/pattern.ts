/** Whether a text fits any of the patterns, in which `*` stands for any run of signs; upper and lower case are one. */
export function matcher(patterns: readonly string[]): (text: string) => boolean {
  if (patterns.length === 0) return () => false;
  const any = new RegExp(`^(?:${patterns.map(sourceOf).join("|")})$`, "is");
  return (text) => any.test(text);
}

function sourceOf(pattern: string): string {
  return pattern
    .split("*")
    .map((it) => it.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
}

/** The text before the only `*` of a pattern that ends in it; `undefined` for other patterns. */
export function prefixOf(pattern: string): string | undefined {
  return pattern.indexOf("*") === pattern.length - 1 ? pattern.slice(0, -1).toLowerCase() : undefined;
}

/** Whether a pattern is one text and no more. */
export function isPlain(pattern: string): boolean {
  return !pattern.includes("*");
}
