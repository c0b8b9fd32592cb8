/** What is to be done when this process ends, all behind one listener. */
const WORKS = new Set<() => void>();

/** Has `work` done when this process ends; the function that is answered takes that back. */
export function atExit(work: () => void): () => void {
  if (WORKS.size === 0) process.on("exit", doAll);
  WORKS.add(work);
  return () => {
    WORKS.delete(work);
    if (WORKS.size === 0) process.removeListener("exit", doAll);
  };
}

function doAll(): void {
  for (const work of WORKS) {
    try {
      work();
    } catch {
      // There is nobody left to tell, and the others are to be done all the same.
    }
  }
}
