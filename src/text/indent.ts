import { linesOf } from "./lines.ts";

/** The blanks at the beginning of `line`. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/**
 * How text written with the indentation of `old` is written with that of `actual`, where both are the same lines but
 * for indentation; `undefined` when they do not correspond: one depth of `old` must always be the same depth of
 * `actual`, and deeper must stay deeper.
 */
export function reindenter(
  old: readonly string[],
  actual: readonly string[],
): ((text: string) => string) | undefined {
  const depths = new Map<string, string>();
  for (const [index, line] of old.entries()) {
    if (line.trim() === "") continue;
    const known = depths.get(indentOf(line));
    const found = indentOf(actual[index] ?? "");
    if (known !== undefined && known !== found) return undefined;
    depths.set(indentOf(line), found);
  }
  const sorted = [...depths].sort(([a], [b]) => a.length - b.length);
  const steady = sorted.every(
    ([, it], index) => index === 0 || (sorted[index - 1]?.[1].length ?? 0) < it.length,
  );
  if (!steady) return undefined;
  return (text) => reindented(text, sorted);
}

type Depths = readonly (readonly [old: string, actual: string])[];

function reindented(text: string, depths: Depths): string {
  const unit = unitOf(depths);
  return linesOf(text)
    .map(({ from, to, next }) => {
      const line = text.slice(from, to);
      const indent = indentOf(line);
      const shifted = line.trim() === "" ? line : shift(indent, depths, unit) + line.slice(indent.length);
      return shifted + text.slice(to, next);
    })
    .join("");
}

/** One step of depth in both ways of writing, where it can be seen. */
function unitOf(depths: Depths): readonly [old: string, actual: string] | undefined {
  for (const [index, [old, actual]] of depths.entries()) {
    const next = depths[index + 1];
    if (next?.[0].startsWith(old) && next[1].startsWith(actual)) {
      return [next[0].slice(old.length), next[1].slice(actual.length)];
    }
  }
  // A single depth tells the unit only where spaces stand for tabs or tabs for spaces.
  const [old, actual] = depths[0] ?? ["", ""];
  if (/^ +$/.test(old) && /^\t+$/.test(actual) && old.length % actual.length === 0) {
    return [" ".repeat(old.length / actual.length), "\t"];
  }
  if (/^\t+$/.test(old) && /^ +$/.test(actual) && actual.length % old.length === 0) {
    return ["\t", " ".repeat(actual.length / old.length)];
  }
  return undefined;
}

function shift(indent: string, depths: Depths, unit: readonly [string, string] | undefined): string {
  const known = depths.findLast(([old]) => indent.startsWith(old));
  if (known) {
    const rest = indent.slice(known[0].length);
    return known[1] + (unit ? rest.replaceAll(unit[0], unit[1]) : rest);
  }
  // Less deep than anything that was matched: as much shallower as it is in `old`.
  const [old, actual] = depths[0] ?? ["", ""];
  const missing = old.length - indent.length;
  const steps = unit ? Math.round(missing / unit[0].length) * unit[1].length : missing;
  return actual.slice(0, Math.max(0, actual.length - steps));
}
