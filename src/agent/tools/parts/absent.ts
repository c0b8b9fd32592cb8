import { baseName, parentOf, shownPath } from "../../../text/paths.ts";
import type { Files } from "../../../world.ts";

/** Says that there is nothing at `path`, and which names near it come closest. */
export async function absentText(path: string, folder: string, files: Files): Promise<string> {
  const parent = parentOf(path);
  const shown = shownPath(path, folder);
  const entries = await files.list(parent);
  if (entries.length === 0) {
    return `There is no "${shown}": its folder "${shownPath(parent, folder)}" does not exist or is empty. Find it with Glob.`;
  }
  const wanted = baseName(path);
  const names = entries
    .map((it) => ({
      name: baseName(it.path),
      distance: distance(baseName(it.path).toLowerCase(), wanted.toLowerCase()),
    }))
    .filter((it) => it.distance <= Math.max(2, wanted.length / 3) || stem(it.name) === stem(wanted))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((it) => `"${shownPath(`${parent}/${it.name}`, folder)}"`);
  return names.length === 0
    ? `There is no "${shown}". Find it with Glob.`
    : `There is no "${shown}". Near it: ${names.join(", ")}.`;
}

function stem(name: string): string {
  return name.toLowerCase().replace(/\.[^.]*$/, "");
}

/** Levenshtein distance, by the two-row method of Wagner and Fischer. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
