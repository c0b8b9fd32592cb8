import { lstat, realpath, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { isAbsence, reasonOf } from "../system-error.ts";
import { type Guarded, surveyGuarded } from "./guarded.ts";

/** What is put behind the name of something that was moved aside. */
export const QUARANTINE = ".wh-quarantine";

/**
 * Moves aside what is protected below `roots` and was not there `before`, or is another file now; answers a sentence
 * for each. To be called when nothing of the command runs any more.
 */
export async function quarantine(
  roots: readonly string[],
  before: readonly Guarded[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const known = new Map(before.map((it) => [it.path, it.identity]));
  const { found, isWhole } = await surveyGuarded(roots, signal);
  const changed = found.filter((it) => known.get(it.path) !== it.identity && !it.path.endsWith(QUARANTINE));
  const paths = new Set(changed.map((it) => it.path));
  // What only a new file says to be protected is somebody's; without that file it is nothing special.
  const fresh = changed.filter((it) => !it.by?.some((path) => paths.has(path)));
  const sentences: string[] = [];
  for (const it of fresh) sentences.push(await moveAside(it));
  return isWhole ? sentences : [...sentences, NOT_WHOLE];
}

const NOT_WHOLE =
  "The workspace holds more than is searched, so protected files that the command made may have been left in it.";

async function moveAside({ path, identity }: Guarded): Promise<string> {
  const aside = await freeName(path + QUARANTINE);
  try {
    const now = await lstat(path);
    // Who still runs could have put a link in the place of the folder above.
    if ((await realpath(dirname(path))) !== dirname(path) || `${now.dev}:${now.ino}` !== identity)
      throw new Error("it changed while it was looked at");
    await rename(path, aside);
    return `The command made "${path}", which decides what runs or holds secrets: it was moved to "${aside}". Rename it back if it is wanted.`;
  } catch (error) {
    return `The command made "${path}", which decides what runs or holds secrets, and it could not be moved aside: ${reasonOf(error)}. Look at it before anything else is run.`;
  }
}

async function freeName(wanted: string, count = 1): Promise<string> {
  const name = count === 1 ? wanted : `${wanted.slice(0, -QUARANTINE.length)}-${count}${QUARANTINE}`;
  const isFree = await lstat(name).then(
    () => false,
    (error: unknown) => isAbsence(error),
  );
  return isFree || count > 99 ? name : freeName(wanted, count + 1);
}
