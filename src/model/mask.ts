/** Shapes of credentials that vendors hand out, and places where headers carry one. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(sk-ant-|sk-proj-|sk-|rk-)[A-Za-z0-9_-]{6,}/g, "$1…"],
  [/\bAIza[A-Za-z0-9_-]{20,}/g, "AIza…"],
  [/\b(Bearer\s+)[A-Za-z0-9._~+/=-]{6,}/gi, "$1…"],
  [/\b((?:x-api-key|x-goog-api-key|api[-_]?key)["']?\s*[:=]\s*["']?)[^\s"',&}]{4,}/gi, "$1…"],
  [/([?&](?:key|token)=)[^\s&"']{4,}/gi, "$1…"],
];

/** `text` with everything that looks like a credential shortened to its kind. */
export function maskKeys(text: string): string {
  return SECRETS.reduce((masked, [shape, kept]) => masked.replace(shape, kept), text);
}
