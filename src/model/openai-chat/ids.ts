import { crc32c } from "../../std/crc32c.ts";
import { textOf } from "../record.ts";

/** Id of an answer; made of `source`, which stays the same, where the host gave none. */
export function answerId(id: unknown, source: unknown): string {
  const given = textOf(id) ?? `made_${checksum(JSON.stringify(source))}`;
  return given.startsWith("msg_") ? given : `msg_${given}`;
}

/** Gives every call of one answer an id of its own. */
export interface CallIds {
  /** The host's id, or a made one; what was given before is told apart. */
  next(id: string | undefined, name: string): string;
}

/** Ids of the calls of one answer. */
export function callIds(answer: string): CallIds {
  const taken = new Set<string>();
  return {
    next(id, name) {
      const own = id ?? `call_${checksum(`${answer} ${taken.size} ${name}`)}`;
      let free = own;
      for (let number = 2; taken.has(free); number++) free = `${own}_${number}`;
      taken.add(free);
      return free;
    },
  };
}

function checksum(text: string): string {
  return crc32c(new TextEncoder().encode(text)).toString(16).padStart(8, "0");
}
