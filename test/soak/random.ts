/** Chance that can be repeated: the same numbers for the same seed. */
export interface Random {
  /** A whole number from 0 up to, but not including, `end`. */
  readonly below: (end: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
}

/** Chance from a seed: mulberry32 (Tommy Ettinger, public domain, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function random(seed: number): Random {
  let state = seed | 0;
  return {
    below,
    pick(list) {
      const it = list[below(list.length)];
      if (it === undefined) throw new Error("nothing to pick from");
      return it;
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };

  function below(end: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end);
  }
}
