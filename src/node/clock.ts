import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../world.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The machine's clock. Its ids are unique names, not secrets. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, { signal });
    } catch (error) {
      // The timer wraps the reason in an error of its own.
      signal.throwIfAborted();
      throw error;
    }
  },
  id: () => Array.from({ length: 12 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join(""),
};
