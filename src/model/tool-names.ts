import { crc32c } from "../std/crc32c.ts";

/** What a vendor takes as the name of a tool. */
export interface NameRule {
  /** Signs it may have, as the inside of a class of a regular expression: `A-Za-z0-9_-`. */
  readonly signs: string;
  /** What it may begin with, likewise; absent: any of `signs`. */
  readonly first?: string;
  readonly longest: number;
}

/** The names of a request's tools at the vendor, and back. */
export interface ToolNames {
  readonly sent: (name: string) => string;
  readonly nameOf: (sent: string) => string;
}

/** Names by a rule. Names that fit stay; others get the same stand-in in every request, whatever tools stand beside them. */
export function toolNames(rule: NameRule): ToolNames {
  const back = new Map<string, string>();
  return {
    sent(name) {
      const sent = fitting(name, rule);
      if (sent !== name) back.set(sent, name);
      return sent;
    },
    nameOf: (sent) => back.get(sent) ?? sent,
  };
}

/** `name` by the rule: foreign signs become "_", and a checksum of the whole keeps apart what would become equal. */
export function fitting(name: string, { signs, first, longest }: NameRule): string {
  const begins = first === undefined || new RegExp(`^[${first}]`).test(name);
  if (begins && name.length <= longest && new RegExp(`^[${signs}]+$`).test(name)) return name;
  const plain = name.replace(new RegExp(`[^${signs}]`, "g"), "_");
  const mark = crc32c(new TextEncoder().encode(name)).toString(16).padStart(8, "0");
  const short = `${begins ? "" : "t_"}${plain}`.slice(0, longest - 9);
  return `${short}_${mark}`;
}

/** An id of a call by a rule of the same kind; equal ids stay equal. */
export function fittingId(id: string, longest: number): string {
  return id === "" ? id : fitting(id, { signs: "A-Za-z0-9_-", longest });
}
