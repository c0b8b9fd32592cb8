import type { ChildProcess } from "node:child_process";
import { lazy } from "./lazy.ts";

/**
 * Reads "+ GROUP" and "- GROUP", and ends the groups that are left once its input does: only our process holds the
 * other end, so that is when we end, however suddenly.
 */
const SCRIPT = `trap '' HUP INT TERM
groups=" "
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group"; done`;

let guard: ChildProcess | undefined;

/**
 * Sees to it that a process group ends with this process, also when that is killed and can do nothing any more. Answers
 * what to call when the group has ended. One shell watches over all groups of a process. Not on Windows.
 */
export function guarded(group: number): () => void {
  if (process.platform === "win32") return () => undefined;
  guard ??= startGuard();
  const own = guard;
  own.stdin?.write(`+ ${group}\n`);
  return () => void own.stdin?.write(`- ${group}\n`);
}

function startGuard(): ChildProcess {
  // A session of its own, so that what ends us by our group or terminal does not end it before.
  const child = lazy.childProcess.spawn("/bin/sh", ["-c", SCRIPT], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
    cwd: "/",
  });
  const gone = () => {
    if (guard === child) guard = undefined;
  };
  child.once("error", gone);
  child.once("exit", gone);
  // Once it is gone nothing can be told to it; the next group gets another.
  child.stdin?.on("error", gone);
  child.unref();
  const { stdin } = child;
  if (stdin && "unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return child;
}
