import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "./at-exit.ts";

/** A folder of our own outside of every workspace, gone with this process. */
export interface Room {
  /** The private temporary folder of commands. */
  readonly temporary: string;
  readonly noFile: string;
  readonly noFolder: string;
  readonly filters: { readonly strict: string; readonly sockets: string };
  /** Path for the socket of the way to allowed hosts. */
  readonly socket: string;
}

/** Makes it. Throws when the system's temporary folder cannot be written. */
export function makeRoom(filters: { readonly strict: Uint8Array; readonly sockets: Uint8Array }): Room {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wheelhouse-sandbox-")));
  const at = (name: string) => join(folder, name);
  mkdirSync(at("tmp"), { mode: 0o700 });
  writeFileSync(at("strict.bpf"), filters.strict);
  writeFileSync(at("sockets.bpf"), filters.sockets);
  writeFileSync(at("no-file"), "");
  mkdirSync(at("no-folder"));
  chmodSync(at("no-file"), 0);
  chmodSync(at("no-folder"), 0);
  atExit(() => {
    // What may not be opened may not be looked into for removal either.
    chmodSync(at("no-folder"), 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    temporary: at("tmp"),
    noFile: at("no-file"),
    noFolder: at("no-folder"),
    filters: { strict: at("strict.bpf"), sockets: at("sockets.bpf") },
    socket: at("hosts.sock"),
  };
}
