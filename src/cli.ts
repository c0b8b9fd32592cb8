import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { VERSION } from "./version.ts";

/** Megabytes for each half of the young objects, from the first: requests under way are to be gone before they are moved. */
const YOUNG_MEMORY = ["--max-semi-space-size=16", "--min-semi-space-size=16"];

/**
 * The door of the `wheelhouse` command. It is small, so that it starts at once; all else lies in a bundle of its own,
 * whose compiled form is kept from run to run in the person's own folder, where nobody else can write.
 */
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) {
  process.stdout.write(`${VERSION} (Wheelhouse)\n`);
} else {
  if (argv[0] === "serve") beginSmall();
  const home = process.env["WHEELHOUSE_HOME"] ?? join(homedir(), ".wheelhouse");
  try {
    // Before the cache makes it in its own way: what lies there is this person's alone.
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch {
    // Whoever needs it tells why it cannot be made.
  }
  enableCompileCache?.(join(home, "cache"));
  import("./cli-main.ts")
    .then((it) => it.main(argv))
    .then(leave, (error: unknown) => {
      const text =
        error instanceof Error
          ? process.env["WHEELHOUSE_DEBUG"]
            ? error.stack
            : error.message
          : String(error);
      process.stderr.write(`wheelhouse: ${text}\n`);
      leave(1);
    });
}

/** Leaves when what was printed has gone out: a pipe takes it in its own time. */
function leave(code: number): void {
  process.exitCode = code;
  process.stdout.write("", () => process.exit(code));
}

/**
 * Begins anew in the same process, with less memory for young objects: a gateway lives long, and V8 would keep what one
 * busy moment took. Where that cannot be done, it is as Node has it; who sets a size himself keeps his own.
 */
function beginSmall(): void {
  const { platform, execPath, execArgv, env } = process;
  const given = [...execArgv, env["NODE_OPTIONS"] ?? ""].join(" ");
  // A channel to a parent would be lost.
  if (platform === "win32" || process.send !== undefined || /semi-space-size/.test(given)) return;
  const program = [...execArgv, ...YOUNG_MEMORY, ...process.argv.slice(1)];
  process.execve?.(execPath, [execPath, ...program], { ...env });
}
