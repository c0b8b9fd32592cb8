import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bound } from "./binding.ts";
import type { PromptUsage } from "./cache.ts";
import { envelope } from "./refusal.ts";
import { speak } from "./speak.ts";
import { bytesOf, eventsOf, messageOf } from "./stream.ts";
import type { Said, StreamFault, Turn } from "./turns.ts";
import { ERROR_TYPES } from "./turns.ts";
import type { Asked } from "./wire.ts";

/** What a turn needs of the request it answers. */
export interface Play {
  readonly asked: Asked;
  readonly bound: Bound;
  readonly prompt: PromptUsage;
  readonly id: string;
  readonly requestId: string;
  readonly newCallId: () => string;
}

/** Answers one request as its turn says; resolves when the last byte is handed over or the connection is gone. */
export async function playTurn(response: ServerResponse, turn: Turn, play: Play): Promise<void> {
  if ("does" in turn) {
    if (turn.does === "reset") response.socket?.resetAndDestroy();
    return;
  }
  if ("status" in turn) {
    const type = turn.type ?? ERROR_TYPES[turn.status] ?? "api_error";
    const refusal = {
      status: turn.status,
      type,
      message: turn.message ?? "scripted",
      ...(turn.code && { code: turn.code }),
    };
    response.writeHead(turn.status, { "content-type": "application/json", ...turn.headers });
    return void response.end(turn.body ?? envelope(refusal, play.requestId));
  }
  const spoken = speak(turn, play.asked, play);
  if (!play.asked.stream) {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(JSON.stringify(messageOf(spoken)));
  }
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  await stream(response, eventsOf(spoken, turn).map(bytesOf), turn);
}

async function stream(
  response: ServerResponse,
  events: readonly Buffer[],
  turn: Extract<Turn, { readonly blocks: readonly Said[] }>,
): Promise<void> {
  const fault = turn.fault ?? {};
  const sent = events.slice(0, fault.hangAfterEvents ?? events.length);
  const body = Buffer.concat(sent);
  const writes = turn.bytesAtATime ? inWrites(body, turn.bytesAtATime) : turn.pauseMs ? sent : [body];
  let left = fault.cutAfterBytes ?? Number.POSITIVE_INFINITY;
  for (const [index, it] of writes.entries()) {
    if (index === Math.floor(writes.length / 2)) await turn.halfUntil;
    if (response.destroyed) return;
    const part = it.subarray(0, Math.max(0, left));
    left -= part.length;
    if (part.length > 0 && !response.write(part))
      await Promise.race([once(response, "drain"), once(response, "close")]);
    // Small writes must reach the other side as small chunks.
    if (turn.bytesAtATime) await new Promise(setImmediate);
    if (turn.pauseMs) await sleep(turn.pauseMs);
    if (left <= 0) return cut(response, fault);
  }
  if (fault.hangAfterEvents === undefined) response.end();
  else if (fault.pings) await ping(response);
}

function cut(response: ServerResponse, { cutBy }: StreamFault): void {
  if (cutBy === "end") response.end();
  // What was written reaches the other side before the reset.
  else response.write("", () => setImmediate(() => response.socket?.resetAndDestroy()));
}

async function ping(response: ServerResponse): Promise<void> {
  while (!response.destroyed) {
    response.write(bytesOf({ event: "ping", data: '{"type":"ping"}' }));
    await sleep(20);
  }
}

function inWrites(body: Buffer, size: number): readonly Buffer[] {
  const writes: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) writes.push(body.subarray(at, at + size));
  return writes;
}
