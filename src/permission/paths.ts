/** Path questions as text: separators of both kinds, compared by whole segments. Links are resolved before. */

/** An absolute path with forward slashes and one before its drive, as a rule after `//` has it. */
export function slashed(path: string): string {
  return path.replaceAll("\\", "/").replace(/^([A-Za-z]):/, (_, drive: string) => `/${drive.toUpperCase()}:`);
}

/** The path's parts, a way up taken; a drive's letter is upper case, for the same drive comes in both spellings. */
function segments(path: string): readonly string[] {
  const parts: string[] = [];
  for (const it of path.replace(/^[a-z]:/, (drive) => drive.toUpperCase()).split(/[\\/]+/)) {
    if (it === "..") parts.pop();
    else if (it !== "" && it !== ".") parts.push(it);
  }
  return parts;
}

/** What HFS+ leaves out when it compares names (Apple Technical Note 1150, "Unicode Subtleties"). */
const IGNORED = /[\u200b-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Nothing to compose and nothing to leave out, as nearly always. */
const ASCII = /^[\0-\x7f]*$/;

/** How names compare where the disk folds case, composes letters or leaves some out: always the stricter way. */
export function folded(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase();
  return name.replace(IGNORED, "").normalize("NFC").toLowerCase();
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
  const sign = /[<>"|?*]/.exec(path)?.[0];
  if (sign) return `a name cannot hold ${sign}`;
  for (const segment of segments(path)) {
    if (WINDOWS_DEVICE.test(segment)) return `"${segment}" is a device`;
    if (/~\d/.test(segment)) return `"${segment}" is a short name; use the long one`;
    if (/[. ]$/.test(segment) && segment !== "..") return `"${segment}" ends in a dot or a blank`;
  }
  return undefined;
}
