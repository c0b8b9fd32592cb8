import { dirname } from "node:path";
import { isWithin } from "../../text/paths.ts";
import type { Environment } from "../environment.ts";
import { findProgram } from "../find-program.ts";
import { bridged, bridgeEnvironment } from "./bridge.ts";
import { bubblewrapArguments } from "./bubblewrap.ts";
import { seccompFilter } from "./seccomp.ts";
import { isVisible, type View } from "./view.ts";
import type { FoundWalls, Walls } from "./walls.ts";

/** Bubblewrap, looked for where systems put it and on the PATH, never in a workspace. */
export function linuxWalls(
  env: Environment,
  roots: readonly string[],
  folders = "/usr/bin:/bin:/usr/local/bin",
): FoundWalls {
  const program = findProgram(["bwrap"], `${folders}:${env.PATH ?? ""}`, roots);
  if (program === undefined) return { kind: "none", why: MISSING };
  return { kind: "walls", walls: bubblewrap(program) };
}

const MISSING =
  "There is no sandbox, since bubblewrap is not installed: install it, for example with `sudo apt install bubblewrap`, `sudo dnf install bubblewrap` or `sudo pacman -S bubblewrap`.";

function bubblewrap(bwrap: string): Walls {
  const hasFilter = seccompFilter(process.arch, false) !== undefined;
  return {
    filtersHosts: true,
    needsPlaceholders: true,
    failure: bubblewrapFailure,
    lacks: hasFilter
      ? undefined
      : `system calls are not filtered on the processor ${process.arch}, so sockets of the file system can be reached`,
    around(launch, view, room, hasHosts) {
      const { program, args } = hasHosts
        ? bridged(process.execPath, room.socket, launch.program, launch.args)
        : launch;
      const filter = hasHosts ? room.filters.sockets : room.filters.strict;
      const walls = bubblewrapArguments(
        view,
        {
          temporary: room.temporary,
          noFile: room.noFile,
          noFolder: room.noFolder,
          filter: hasFilter ? 4 : undefined,
          socket: hasHosts ? room.socket : undefined,
          programs: hasHosts ? nodeFolder(view) : [],
        },
        launch.folder,
      );
      return {
        program: bwrap,
        args: [...walls, program, ...args],
        env: { ...launch.env, ...insideEnvironment(), ...(hasHosts ? bridgeEnvironment() : OFFLINE) },
        folder: launch.folder,
        ...(hasFilter && { fourth: filter }),
      };
    },
  };
}

/** Without a network, to fail at once and say so is better than to try again for minutes. */
const OFFLINE: Environment = {
  npm_config_fetch_retries: "0",
  PIP_RETRIES: "0",
  CARGO_NET_OFFLINE: "true",
  GOPROXY: "off",
};

/** Where the running Node, or the editor that acts as one, lies with what it needs; nothing when it is seen anyway. */
function nodeFolder(view: View): readonly string[] {
  const folder = dirname(process.execPath);
  if (isVisible(view, process.execPath)) return [];
  return [isWithin(view.home, folder) ? process.execPath : folder];
}

/** Variables that lead out, or to folders that cannot be written inside. */
function insideEnvironment(): Environment {
  const gone =
    "DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR DOCKER_HOST GPG_AGENT_INFO";
  const proxies = "HTTP_PROXY HTTPS_PROXY ALL_PROXY FTP_PROXY http_proxy https_proxy all_proxy ftp_proxy";
  return {
    ...Object.fromEntries(`${gone} ${proxies}`.split(" ").map((it) => [it, undefined])),
    TMPDIR: "/tmp",
    XDG_CACHE_HOME: "/tmp/.cache",
    XDG_STATE_HOME: "/tmp/.state",
    npm_config_cache: "/tmp/.npm",
    GIT_OPTIONAL_LOCKS: "0",
  };
}

/** What bwrap says when it cannot begin, as a sentence with what would help. */
export function bubblewrapFailure(said: string): string {
  const first = said.split("\n").find((it) => it.startsWith("bwrap:")) ?? said.trim().split("\n")[0] ?? "";
  const what = first.replace(/^bwrap:\s*/, "");
  if (/namespace|uid map|setting up|userns|No permissions/i.test(what))
    return `There is no sandbox, since this system forbids user namespaces (bubblewrap says: ${what}). In a container, start it with them allowed; on Ubuntu 24.04 and newer, give bubblewrap an AppArmor profile that allows \`userns\`; elsewhere set \`kernel.unprivileged_userns_clone=1\`.`;
  if (/proc|mount|pivot/i.test(what))
    return `There is no sandbox, since this container forbids mounts (bubblewrap says: ${what}). Start it with user namespaces and an unmasked /proc, or work outside of it.`;
  return `There is no sandbox, since bubblewrap could not set it up: ${what || "it ended without a word"}.`;
}
