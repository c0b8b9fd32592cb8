import fc from "fast-check";

/** Texts made of these pieces, of noise, and of long runs of one piece, some of them cut, doubled or swapped. */
export function madeOf(...pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.constantFrom(...pieces);
  const run = fc
    .tuple(piece, fc.oneof(fc.nat(30), fc.nat(30_000)))
    .map(([it, times]) => it.repeat(Math.min(times, Math.ceil(60_000 / it.length))));
  const part = fc.oneof(
    { weight: 12, arbitrary: piece },
    { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
    { weight: 1, arbitrary: run },
  );
  const text = fc.array(part, { maxLength: 24 }).map((it) => it.join(""));
  return fc.tuple(text, fc.nat(), fc.nat(), fc.nat(3)).map(([it, a, b, how]) => {
    const [from = 0, to = 0] = [a % (it.length + 1), b % (it.length + 1)].sort((x, y) => x - y);
    if (how === 1) return it.slice(0, to);
    if (how === 2) return it.slice(0, to) + it.slice(from);
    return how === 3 ? it.slice(0, from) + it.slice(to) : it;
  });
}
