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
  const tail = `8${own.slice(0, 3)}-${own.slice(3, 15)}`;
  let made = 0;
  return {
    growing(now) {
      const time = now.toString(16).padStart(12, "0");
      const count = (made++ & 0xfff).toString(16).padStart(3, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail}`;
    },
    plain: () => `${own}${(made++).toString(36)}`,
  };
}
