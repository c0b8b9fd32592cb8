import type { Json } from "../../model/conversation.ts";
import { crc32c } from "../../std/crc32c.ts";

/**
 * Ids for calls and their responses in the order of a conversation: clients may leave them out of both, and then they
 * belong together by name and order. A conversation that grows keeps the ids it had.
 */
export interface CallIds {
  readonly ofCall: (id: Json | undefined, name: string) => string;
  readonly ofResponse: (id: Json | undefined, name: string) => string;
}

/** Ids of one conversation. */
export function callIds(): CallIds {
  const open: { readonly id: string; readonly name: string; readonly isMade: boolean }[] = [];
  let count = 0;
  return {
    ofCall(id, name) {
      const said = given(id);
      const own = said ?? madeFrom(name, count);
      count++;
      open.push({ id: own, name, isMade: said === undefined });
      return own;
    },
    ofResponse(id, name) {
      const said = given(id);
      const byId = open.findIndex((it) => it.id === said);
      const fits = (it: (typeof open)[number]) => it.name === name && (it.isMade || said === undefined);
      const at = byId === -1 ? open.findIndex(fits) : byId;
      const [call] = at === -1 ? [] : open.splice(at, 1);
      return call?.id ?? said ?? madeFrom(name, -1);
    },
  };
}

function given(id: Json | undefined): string | undefined {
  return typeof id === "string" && id !== "" ? id : undefined;
}

function madeFrom(name: string, count: number): string {
  const hash = crc32c(new TextEncoder().encode(`${count}/${name}`))
    .toString(16)
    .padStart(8, "0");
  return count < 0 ? `call_${hash}_alone` : `call_${hash}_${count}`;
}
