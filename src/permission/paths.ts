/** Path questions as text: separators of both kinds, compared by whole segments. Links are resolved before. */

/** Whether `path` is `folder` or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const inner = segments(path);
  const outer = segments(folder);
  return outer.length <= inner.length && outer.every((it, index) => it === inner[index]);
}

/** `path` relative to `folder` with forward slashes; `undefined` when it does not lie in it. */
export function relativeTo(path: string, folder: string): string | undefined {
  return isInside(path, folder) ? segments(path).slice(segments(folder).length).join("/") : undefined;
}

function segments(path: string): readonly string[] {
  return path.split(/[\\/]+/).filter((it) => it !== "" && it !== ".");
}

/** How names compare where the disk folds case or composes letters: always the stricter way. */
export function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Folded segments of a path, for names that are protected wherever they stand. */
export function foldedSegments(path: string): readonly string[] {
  return segments(path).map(folded);
}

const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$/i;

/**
 * Why a path may not be used at all; `undefined` when it may. On Windows this covers device names, alternate
 * streams, short names and network paths (Microsoft documentation, "Naming Files, Paths, and Namespaces").
 */
export function malformed(path: string, platform: string): string | undefined {
  if (/[\0\r\n]/.test(path)) return "it holds a control character";
  if (platform !== "win32") return undefined;
  if (/^[\\/]{2}|^[\\/]\?\?/.test(path)) return "network and device paths are not opened";
  if (path.slice(2).includes(":")) return "it names an alternate data stream";
  for (const segment of segments(path)) {
    if (WINDOWS_DEVICE.test(segment)) return `"${segment}" is a device`;
    if (/~\d/.test(segment)) return `"${segment}" is a short name; use the long one`;
    if (/[. ]$/.test(segment) && segment !== "..") return `"${segment}" ends in a dot or a blank`;
  }
  return undefined;
}
