import { capsOf, capsText, inMegabytes, NO_ROOM } from "../node/blob-caps.ts";
import { blobAmount, cleanBlobs, cleanWhenDue } from "../node/blob-cleaning.ts";
import { nodeClock } from "../node/clock.ts";
import { homeOf } from "../node/home-of.ts";
import { reasonOf } from "../node/system-error.ts";
import type { Settings } from "../settings.ts";
import { type Console, EXIT } from "./console.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";
import { SESSIONS_USAGE } from "./usage.ts";

/**
 * `wheelhouse sessions clean [--all]`: frees earlier texts of changed files that no session names or that are over the
 * settings' caps; with `--all` each that no open change needs. Resolves with the exit code.
 */
export async function cleanCommand(argv: readonly string[], console: Console): Promise<number> {
  const { env, cwd, stdout, stderr } = console;
  const isAll = argv[0] === "--all";
  if (argv[0] === "--help" || argv[0] === "-h") {
    stdout.write(`${SESSIONS_USAGE}\n`);
    return EXIT.success;
  }
  if (argv.length > (isAll ? 1 : 0)) {
    stderr.write(`${SESSIONS_USAGE}\n`);
    return EXIT.usage;
  }
  const home = homeOf(env);
  const { settings } = await readPerson(home, cwd, NO_OVERRIDES, []);
  const caps = isAll ? NO_ROOM : capsOf(settings);
  try {
    const cleaned = await cleanBlobs(home, caps, nodeClock.now());
    if (!cleaned) throw new Error("another process is cleaning just now");
    const { freed, left } = cleaned;
    stdout.write(
      `freed ${inMegabytes(freed.bytes)} in ${freed.files} files; ${inMegabytes(left.bytes)} in ${left.files} files are left\n`,
    );
    return EXIT.success;
  } catch (error) {
    stderr.write(`wheelhouse: nothing was freed: ${reasonOf(error)}\n`);
    return EXIT.failed;
  }
}

/** Frees, once a day, what is over the settings' caps. Never rejects. */
export async function cleanDaily(home: string, settings: Settings): Promise<void> {
  await cleanWhenDue(home, capsOf(settings), nodeClock.now());
}

/** What the earlier texts of changed files take, and what they may take, for people. */
export async function checkpointsText(console: Pick<Console, "env" | "cwd">): Promise<string> {
  const home = homeOf(console.env);
  const { settings } = await readPerson(home, console.cwd, NO_OVERRIDES, []);
  const { files, bytes } = await blobAmount(home);
  return `${inMegabytes(bytes)} in ${files} files (${capsText(capsOf(settings))}; wheelhouse sessions clean)`;
}
