/** Paths as text: POSIX, and Windows with drive letters and either slash. Nothing here looks at a disk. */

/** Whether `path` stands for itself wherever one is: "/a", "C:\a", "\\server\share". */
export function isAbsolute(path: string): boolean {
  return path.startsWith("/") || isWindows(path);
}

/** `path` read from `folder` (absolute), with `.` and `..` resolved and no slash at the end. */
export function absolute(path: string, folder: string): string {
  return normal(isAbsolute(path) ? path : `${folder}/${path}`);
}

/** Whether `path` is `folder` or lies below it, by whole segments; both absolute. Links are to be resolved before. */
export function isWithin(path: string, folder: string): boolean {
  return relativeTo(path, folder) !== undefined;
}

/** `path` from `folder` with forward slashes, "" for the folder itself; `undefined` when it does not lie in it. Both absolute. */
export function relativeTo(path: string, folder: string): string | undefined {
  const inner = segments(upperDrive(normal(path)));
  const outer = segments(upperDrive(normal(folder)));
  const isBelow = outer.length <= inner.length && outer.every((it, index) => it === inner[index]);
  return isBelow ? inner.slice(outer.length).join("/") : undefined;
}

/** `path` as a person reads it from `folder`: relative when it lies below, "." for the folder itself. */
export function shownPath(path: string, folder: string): string {
  const relative = relativeTo(path, folder);
  return relative === undefined ? path : relative || ".";
}

/** Last segment of `path`. */
export function baseName(path: string): string {
  return segments(path).at(-1) ?? "";
}

/** The folder in which `path` lies; a root is its own. */
export function parentOf(path: string): string {
  return normal(`${path}/..`);
}

/** Ending of the file's name in lower case with its dot; "" when it has none. */
export function extensionOf(path: string): string {
  return /.(\.[^.]*)$/.exec(baseName(path))?.[1]?.toLowerCase() ?? "";
}

/** The same drive comes in upper and lower case. */
function upperDrive(path: string): string {
  return path.replace(/^[a-z]:/, (it) => it.toUpperCase());
}

function isWindows(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || path.startsWith("\\\\");
}

function segments(path: string): readonly string[] {
  return path.split(isWindows(path) ? /[\\/]+/ : /\/+/).filter((it) => it !== "");
}

function normal(path: string): string {
  const windows = isWindows(path);
  const share = path.startsWith("\\\\");
  const kept: string[] = [];
  // A drive, or server and share, are the root and cannot be left.
  const rootLength = share ? 2 : windows ? 1 : 0;
  for (const segment of segments(path)) {
    if (segment === "..") kept.splice(Math.max(rootLength, kept.length - 1));
    else if (segment !== ".") kept.push(segment);
  }
  if (share) return `\\\\${kept.join("\\")}`;
  if (windows) return kept.length === 1 ? `${kept[0]}\\` : kept.join("\\");
  return `/${kept.join("/")}`;
}
