import { codeOf } from "./system-error.ts";

/** Whether a process of that number runs here, be it somebody else's; it may be another than was meant, for numbers are given anew. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
