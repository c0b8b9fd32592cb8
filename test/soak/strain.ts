/** What a piece of work cost the process that did it. */
export interface Strain {
  /** How much larger the process became than it was before, at most, in bytes. */
  readonly growth: number;
  /**
   * How long nothing else could be done, at most, in milliseconds of this thread's own time: what it had to wait for other
   * programs of a busy machine says nothing of us.
   */
  readonly blockedMs: number;
}

/** Looks at the process as often as it can, but not more often than this, in milliseconds. */
const LOOK_MS = 10;

/** Does `work` and says what that cost. */
export async function strainOf(work: () => Promise<void>): Promise<Strain> {
  const before = process.memoryUsage.rss();
  let [largest, longest, last] = [before, 0, ownMs()];
  const look = () => {
    const now = ownMs();
    [largest, longest, last] = [
      Math.max(largest, process.memoryUsage.rss()),
      Math.max(longest, now - last),
      now,
    ];
  };
  const looking = setInterval(look, LOOK_MS);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  look();
  return { growth: largest - before, blockedMs: longest };
}

function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
