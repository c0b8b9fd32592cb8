import { join } from "node:path";
import type { SessionEvent } from "../agent/events.ts";
import { type Session, takeUp } from "../agent/runner.ts";
import type { Wiring } from "../agent/wiring.ts";
import { keptFolder } from "./blobs.ts";
import type { Opened } from "./store.ts";
import { reasonOf } from "./system-error.ts";

/** What all sessions of a host share. */
export type HostWiring = Omit<Wiring, "log" | "blobs" | "results" | "emit" | "complain">;

/** Takes up an opened session; `emit` hears of every event, those of the take-up included. */
export async function openSession(
  host: HostWiring,
  opened: Extract<Opened, { kind: "open" }>,
  ears: { readonly emit: (event: SessionEvent) => void; readonly complain: (sentence: string) => void },
): Promise<Session> {
  const folder = await host.world.files.resolve(opened.folder);
  const wiring = {
    ...host,
    ...ears,
    log: opened.log,
    blobs: opened.blobs,
    results: keptFolder(join(folder, "blobs")),
  };
  const session = await takeUp(wiring, opened.events).catch(async (error: unknown) => {
    await opened.log.close();
    throw new Error(
      `The session cannot be gone on with, for its log cannot be written: ${reasonOf(error)}. It can be read.`,
    );
  });
  for (const warning of opened.warnings) ears.complain(warning);
  return session;
}
