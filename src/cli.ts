import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { VERSION } from "./version.ts";

/**
 * The door of the `wheelhouse` command. It is small, so that it starts at once; all else lies in a bundle of its own,
 * whose compiled form is kept from run to run in the person's own folder, where nobody else can write.
 */
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) {
  process.stdout.write(`${VERSION} (Wheelhouse)\n`);
} else {
  enableCompileCache?.(join(process.env["WHEELHOUSE_HOME"] ?? join(homedir(), ".wheelhouse"), "cache"));
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
