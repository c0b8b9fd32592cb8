/** Finds values in a text: from its beginning on the longest at each place, none over another. */
export type ValueFinder = (text: string) => readonly Place[];

interface Place {
  readonly at: number;
  readonly value: string;
}

/**
 * A finder of those of `values` that count where they stand, by the algorithm of Aho and Corasick ("Efficient String
 * Matching", 1975), from the end of the text so that each place knows its longest: its time grows with the text and not
 * with the values, whatever they are. Values of fewer than two units are not found.
 */
export function valueFinder(
  values: readonly string[],
  counts: (text: string, at: number, value: string) => boolean = () => true,
): ValueFinder {
  const all = [...new Set(values)].filter((it) => it.length > 1);
  if (all.length === 0) return () => [];
  const tree = treeOf(all);
  return (text) => apart(find(text));

  function find(text: string): readonly Place[] {
    const found: Place[] = [];
    let node = ROOT;
    for (let at = text.length - 1; at >= 0; at--) {
      node = tree.next(node, text.charCodeAt(at));
      for (let it = tree.longest(node); it !== ROOT; it = tree.shorter(it)) {
        const value = tree.valueOf(it);
        if (!counts(text, at, value)) continue;
        found.push({ at, value });
        break;
      }
    }
    return found.reverse();
  }
}

function apart(places: readonly Place[]): readonly Place[] {
  let end = 0;
  return places.filter(({ at, value }) => {
    if (at < end) return false;
    end = at + value.length;
    return true;
  });
}

const ROOT = 0;

/** All values, read from their ends, as paths in one tree. A node is a number. */
interface Tree {
  /** Where a unit more leads: to the longest path that ends what was read. */
  readonly next: (node: number, unit: number) => number;
  /** The longest value that begins here, as its node; the root when none does. */
  readonly longest: (node: number) => number;
  readonly shorter: (node: number) => number;
  readonly valueOf: (node: number) => string;
}

function treeOf(values: readonly string[]): Tree {
  const { paths, ends } = pathsOf(values);
  const size = paths.size();
  const fallbacks = new Int32Array(size);
  const shorter = new Int32Array(size);
  const next = (from: number, unit: number): number => {
    for (let node = from; ; node = fallbacks[node] ?? ROOT) {
      const child = paths.child(node, unit);
      if (child !== ROOT || node === ROOT) return child;
    }
  };
  const longest = (node: number) => (ends.has(node) ? node : (shorter[node] ?? ROOT));
  const queue = [ROOT];
  for (const node of queue)
    for (const [unit, child] of paths.children(node)) {
      queue.push(child);
      if (node === ROOT) continue;
      const fallback = next(fallbacks[node] ?? ROOT, unit);
      fallbacks[child] = fallback;
      shorter[child] = longest(fallback);
    }
  return {
    next,
    longest,
    shorter: (node) => shorter[node] ?? ROOT,
    valueOf: (node) => ends.get(node) ?? "",
  };
}

function pathsOf(values: readonly string[]) {
  const paths = emptyPaths(values.reduce((sum, it) => sum + it.length, 1));
  const ends = new Map<number, string>();
  for (const value of values) {
    let node = ROOT;
    for (let at = value.length - 1; at >= 0; at--) node = paths.grow(node, value.charCodeAt(at));
    ends.set(node, value);
  }
  return { paths, ends };
}

/** Few nodes have more than one child: the first is kept in place. */
function emptyPaths(capacity: number) {
  const units = new Uint16Array(capacity);
  const firsts = new Int32Array(capacity);
  const others = new Map<number, Map<number, number>>();
  let size = 1;
  return { size: () => size, child, children, grow };

  function child(node: number, unit: number): number {
    const first = firsts[node] ?? ROOT;
    if (first !== ROOT && units[node] === unit) return first;
    return others.get(node)?.get(unit) ?? ROOT;
  }

  function children(node: number): readonly (readonly [unit: number, child: number])[] {
    const first = firsts[node] ?? ROOT;
    return first === ROOT ? [] : [[units[node] ?? 0, first], ...(others.get(node) ?? [])];
  }

  function grow(node: number, unit: number): number {
    const there = child(node, unit);
    if (there !== ROOT) return there;
    const made = size++;
    if (firsts[node] === ROOT) {
      firsts[node] = made;
      units[node] = unit;
    } else others.set(node, (others.get(node) ?? new Map<number, number>()).set(unit, made));
    return made;
  }
}
