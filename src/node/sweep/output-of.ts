import type { Environment } from "../environment.ts";
import { lazy } from "../lazy.ts";
import { reasonOf } from "../system-error.ts";

/** How a program ended; `failed`: it could not be started, or said more than is taken. */
export type Ended =
  | { readonly kind: "ended"; readonly code: number | null; readonly output: Buffer }
  | { readonly kind: "failed"; readonly why: string };

/** A program to run without a shell: absolute path, arguments, where, with what in its environment and on its input. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Environment;
  readonly input?: string;
  /** More output than this many bytes is taken for a mistake. */
  readonly maxOutput?: number;
}

const MAX_OUTPUT = 512 * 1024 * 1024;

/** Runs a program and collects what it says on its output. Rejects with the signal's reason. */
export function outputOf(invocation: Invocation, signal: AbortSignal): Promise<Ended> {
  const { program, args, folder, env, input, maxOutput = MAX_OUTPUT } = invocation;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = lazy.childProcess.spawn(program, args, {
      cwd: folder,
      env,
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
      signal,
    });
    const pieces: Buffer[] = [];
    let length = 0;
    child.stdout.on("data", (piece: Buffer) => {
      length += piece.length;
      pieces.push(piece);
      if (length <= maxOutput) return;
      child.kill();
      resolve({ kind: "failed", why: `"${program}" said more than ${maxOutput} bytes` });
    });
    child.once("error", (error) =>
      signal.aborted
        ? reject(signal.reason)
        : resolve({ kind: "failed", why: `Cannot run "${program}": ${reasonOf(error)}` }),
    );
    child.once("close", (code) => resolve({ kind: "ended", code, output: Buffer.concat(pieces) }));
    // One that ends before it has read everything is told by its code.
    child.stdin.on("error", () => undefined).end(input);
  });
}

/** What stands between the NULs; names that are not UTF-8 or hold a line end come as `undefined`. */
export function namesIn(output: Buffer): readonly (string | undefined)[] {
  const names = output.toString("utf8").split("\0");
  names.pop();
  return names.map((it) => (/[\n\r\ufffd]/.test(it) ? undefined : it));
}
