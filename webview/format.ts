import type { Mode } from "../src/agent/events.ts";

/** Dollars for people: cents below a hundred, "less than a cent" where rounding would say nothing. */
export function moneyOf(dollars: number): string {
  if (dollars === 0) return "$0.00";
  if (dollars < 0.01) return "<$0.01";
  return `$${dollars.toFixed(2)}`;
}

/** A number of tokens in at most four characters: 950, 1.2k, 12k, 1.5M. */
export function countOf(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const [value, unit] = tokens < 999_500 ? [tokens / 1000, "k"] : [tokens / 1_000_000, "M"];
  return `${value < 10 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0)}${unit}`;
}

/** A duration: 0.4 s, 12 s, 3 min 5 s. */
export function durationOf(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How long ago `at` was: "now", "5 min ago", "3 h ago", "2 days ago", then the date. */
export function agoOf(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 60 * 24) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / (60 * 24));
  return days < 8 ? `${days} day${days === 1 ? "" : "s"} ago` : new Date(at).toLocaleDateString();
}

/** `path` below `folder` without it, other paths as they are. */
export function shortPath(path: string, folder: string): string {
  return folder !== "" && (path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`))
    ? path.slice(folder.length + 1)
    : path;
}

/** Folder part (with its slash) and name of a path. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  return { folder: path.slice(0, cut), name: path.slice(cut) };
}

/** Name of a mode on the screen, and what it means. */
export const MODE_NAMES: Record<Mode, { readonly name: string; readonly meaning: string }> = {
  default: { name: "Ask", meaning: "Reads freely; asks before edits and commands" },
  acceptEdits: { name: "Edit freely", meaning: "Edits without asking; asks before commands" },
  plan: { name: "Plan", meaning: "Changes nothing; ends with a plan to approve" },
  bypassPermissions: { name: "Bypass", meaning: "Asks for nothing. Only where nothing can be lost" },
};
