import type { Settings } from "../../settings.ts";

/** What the person has set about the sandbox, and what it is for. */
export interface SandboxPolicy {
  /** "off": commands run as they are; "on" and "auto": inside, which differ only in what is asked before. */
  readonly mode: "off" | "on" | "auto";
  /** Folders of the workspace: a command may write there. */
  readonly roots: readonly string[];
  /** Further folders where it may. A `~` at the beginning is the home. */
  readonly allowWrite: readonly string[];
  /** Hosts it may reach: "example.org", "*.example.org" for all below. */
  readonly allowedHosts: readonly string[];
}

/** The policy of somebody who has no sandbox. */
export const NO_SANDBOX: SandboxPolicy = { mode: "off", roots: [], allowWrite: [], allowedHosts: [] };

/** What the settings say about it, for a workspace of these folders. */
export function sandboxPolicy(settings: Settings, roots: readonly string[]): SandboxPolicy {
  const mode = settings["sandbox.mode"];
  return {
    mode: mode === "on" || mode === "auto" ? mode : "off",
    roots,
    allowWrite: settings["sandbox.allowWrite"],
    allowedHosts: settings["sandbox.allowedHosts"],
  };
}
