import { existsSync } from "node:fs";
import { PLACEHOLDERS } from "./placeholders.ts";
import type { View } from "./view.ts";
import type { FoundWalls } from "./walls.ts";

const PROGRAM = "/usr/bin/sandbox-exec";

/** Seatbelt of macOS. Its profile denies by name at any depth, so nothing has to stand in for what is missing. */
export function macWalls(): FoundWalls {
  if (!existsSync(PROGRAM))
    return { kind: "none", why: `There is no sandbox, since ${PROGRAM} is missing on this system.` };
  return {
    kind: "walls",
    walls: {
      filtersHosts: false,
      needsPlaceholders: false,
      failure: (said) =>
        `There is no sandbox, since sandbox-exec could not set it up: ${said.trim().split("\n")[0] || "it ended without a word"}.`,
      lacks: undefined,
      around: (launch, view, room) => ({
        program: PROGRAM,
        args: ["-p", seatbeltProfile(view, room.temporary), launch.program, ...launch.args],
        env: {
          ...launch.env,
          TMPDIR: `${room.temporary}/`,
          XDG_CACHE_HOME: `${room.temporary}/.cache`,
          npm_config_cache: `${room.temporary}/.npm`,
          GIT_OPTIONAL_LOCKS: "0",
        },
        folder: launch.folder,
      }),
    },
  };
}

/**
 * The profile in Seatbelt's language, in which the last rule that fits decides (sandbox_init(3); profiles of the system
 * in /System/Library/Sandbox/Profiles).
 */
export function seatbeltProfile(view: View, temporary: string): string {
  const hidden = view.hidden.map((it) => it.path);
  const links = view.guarded.flatMap((it) => (it.kind === "link" ? it.path : []));
  const guarded = view.guarded.map((it) => it.path);
  const readable = view.readable.filter((it) => !guarded.includes(it));
  return [
    "(version 1)",
    "(allow default)",
    "(deny network*)",
    "(deny file-write*)",
    "(deny file-write-setugid)",
    "(deny appleevent-send)",
    "(deny job-creation)",
    "(deny process-info* (target others))",
    "(deny signal (target others))",
    // Names are needed to walk to a folder; what stands in files is not.
    ...rule("deny file-read-data", ["/Users", "/private/var/folders", "/private/tmp", "/Volumes", view.home]),
    ...rule("allow file-read-data", [...readable, ...view.writable, temporary]),
    ...rule("allow file-write*", [...view.writable, temporary]),
    '(allow file-write* (literal "/dev/null") (literal "/dev/tty") (literal "/dev/zero") (regex #"^/dev/fd/"))',
    ...view.writable.map((it) => `(deny file-write* (regex #"^${escaped(it)}/(.*/)?(${NAMES})(/|$)"))`),
    ...rule("deny file-write*", [...guarded, ...links]),
    ...rule("deny file-read* file-write*", hidden),
  ].join("\n");
}

/** Files that have the power of the folders that stand-ins are made for. */
const FILES = ["AGENTS.md", "CLAUDE.md", "GEMINI.md", ".mcp.json", ".envrc", ".gitmodules"];
/** In any case of letters, since the usual disk of macOS makes no difference. */
const NAMES = [...PLACEHOLDERS, ...FILES].map((it) => escaped(it).replace(/[a-z]/gi, bothCases)).join("|");

function bothCases(letter: string): string {
  return `[${letter.toLowerCase()}${letter.toUpperCase()}]`;
}

function rule(what: string, paths: readonly string[]): readonly string[] {
  const places = [...new Set(paths)].map((it) => `(subpath ${quoted(it)})`);
  return places.length === 0 ? [] : [`(${what} ${places.join(" ")})`];
}

function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|"]/g, "\\$&");
}
