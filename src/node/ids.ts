import { randomBytes } from "node:crypto";

/** Gives ids unlike any other, here and elsewhere. */
export interface Ids {
  /** A UUID that sorts by the time it was made: records with such ids go into an index at its end. */
  readonly growing: (now: number) => string;
  /** Of letters and digits. */
  readonly plain: () => string;
}

/** Ids of one process: chance is taken once, then they are counted (UUID version 7, RFC 9562, section 6.2). */
export function openIds(): Ids {
  const own = randomBytes(12).toString("hex");
  const head = `8${own.slice(0, 3)}-${own.slice(3, 9)}`;
  let made = 0;
  let last = Number.NaN;
  let stamp = "";
  return {
    growing(now) {
      if (now !== last) {
        const time = now.toString(16).padStart(12, "0");
        stamp = `${time.slice(0, 8)}-${time.slice(8)}-7`;
        last = now;
      }
      const count = (made++).toString(16).padStart(9, "0");
      // The lowest part of the count stands before chance, so that ids of one millisecond are in order.
      return `${stamp}${count.slice(-3)}-${head}${count.slice(-9, -3)}`;
    },
    plain: () => `${own}${(made++).toString(36)}`,
  };
}
