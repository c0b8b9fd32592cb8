/** One line of a unified diff. `line`: its number, in the new file or, when removed, in the old one. "gap": lines left out. */
export interface PatchLine {
  readonly kind: "added" | "removed" | "same" | "gap";
  readonly text: string;
  readonly line: number | undefined;
}

/** The lines of a unified diff without file headers (GNU diffutils, "Unified Format"). What is no part of one is left out. */
export function patchLines(patch: string): readonly PatchLine[] {
  const lines: PatchLine[] = [];
  let before = 0;
  let after = 0;
  for (const raw of patch.split("\n")) {
    const [, from, to, section] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/.exec(raw) ?? [];
    if (from !== undefined) {
      if (lines.length > 0 || Number(to) > 1)
        lines.push({ kind: "gap", text: section ?? "", line: undefined });
      before = Number(from);
      after = Number(to);
      continue;
    }
    const text = raw.slice(1);
    if (raw.startsWith("+")) lines.push({ kind: "added", text, line: after++ });
    else if (raw.startsWith("-")) lines.push({ kind: "removed", text, line: before++ });
    else if (raw.startsWith(" ")) {
      lines.push({ kind: "same", text, line: after++ });
      before++;
    }
  }
  return lines;
}
