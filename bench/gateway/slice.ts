import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** In which a slice is given anew, in microseconds: short, so that nobody waits long for the next. */
const PERIOD_US = 10_000;

/**
 * Lets each of these processes run for that part of one core's time and no more; the answer takes that back. `undefined`
 * where this system does not let us: it takes the control groups of Linux, and root
 * (https://docs.kernel.org/scheduler/sched-bwc.html).
 */
export function sliced(pids: readonly number[], part: number): (() => void) | undefined {
  const quota = Math.round(PERIOD_US * part);
  const isOld = existsSync("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
  const folder = (pid: number) =>
    join(isOld ? "/sys/fs/cgroup/cpu" : "/sys/fs/cgroup", `wheelhouse-bench-${pid}`);
  const free = () => {
    for (const pid of pids) {
      try {
        writeFileSync(join(folder(pid), "..", "cgroup.procs"), String(pid));
        rmdirSync(folder(pid));
      } catch {
        // A process that has ended is in no group; the group goes with the machine's next start.
      }
    }
  };
  try {
    for (const pid of pids) {
      mkdirSync(folder(pid), { recursive: true });
      if (isOld) {
        writeFileSync(join(folder(pid), "cpu.cfs_period_us"), String(PERIOD_US));
        writeFileSync(join(folder(pid), "cpu.cfs_quota_us"), String(quota));
      } else writeFileSync(join(folder(pid), "cpu.max"), `${quota} ${PERIOD_US}`);
      writeFileSync(join(folder(pid), "cgroup.procs"), String(pid));
    }
    return free;
  } catch {
    free();
    return undefined;
  }
}
