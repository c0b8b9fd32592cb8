import { readlinkSync } from "node:fs";
import { isWithin } from "../../text/paths.ts";
import type { View } from "./view.ts";

/** Files of our own that the arguments name. */
export interface Furniture {
  /** Becomes /tmp inside. */
  readonly temporary: string;
  /** A file and a folder that nobody may open: they are put over what is hidden. */
  readonly noFile: string;
  readonly noFolder: string;
  /** Descriptor from which the filter of system calls is read; `undefined`: none. */
  readonly filter: number | undefined;
  /** Shown where it lies, for the way to allowed hosts; `undefined`: there are none. */
  readonly socket: string | undefined;
  /** Programs that must be seen beside the view's own. */
  readonly programs: readonly string[];
}

/** Everything is a namespace of its own, no capability is left, and nothing outlives the command (bwrap(1)). */
const APART = [
  ..."--unshare-user --unshare-pid --unshare-ipc --unshare-uts --unshare-net --unshare-cgroup-try".split(" "),
  ..."--cap-drop ALL --new-session --die-with-parent".split(" "),
];

/** Folders that lie inside on a disk of memory: empty but for what is put into them, and then not written any more. */
const EMPTY = ["/run", "/var", "/home", "/root"];

/** bwrap's arguments for a command that starts in `folder`; the command's own follow them. */
export function bubblewrapArguments(view: View, furniture: Furniture, folder: string): readonly string[] {
  const { temporary, noFile, noFolder, filter, socket, programs } = furniture;
  const isEmptied = EMPTY.some((it) => isWithin(view.home, it));
  const readOnly = inOrder([...view.readable, ...programs]);
  return [
    ...APART,
    ...(filter === undefined ? [] : ["--seccomp", String(filter)]),
    ...EMPTY.flatMap((it) => ["--tmpfs", it]),
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    ...["--bind", temporary, "/tmp", "--bind", temporary, "/var/tmp"],
    isEmptied ? "--dir" : "--tmpfs",
    view.home,
    // What is protected lies inside of what is writable, so it comes later.
    ...inOrder([...view.writable, ...readOnly]).flatMap((it) =>
      view.writable.includes(it) ? ["--bind", it, it] : shown(it),
    ),
    ...(socket === undefined ? [] : ["--ro-bind", socket, socket]),
    ...inOrder(view.hidden.map((it) => it.path)).flatMap((path) => [
      "--ro-bind",
      view.hidden.find((it) => it.path === path)?.kind === "folder" ? noFolder : noFile,
      path,
    ]),
    // As root, the switches of the kernel in /proc/sys could be written even without capabilities.
    ...["/proc", ...EMPTY, ...(isEmptied ? [] : [view.home]), "/"].flatMap((it) => ["--remount-ro", it]),
    "--chdir",
    folder,
    "--",
  ];
}

/** On merged systems /bin and its like are links; as links they are kept. */
function shown(path: string): readonly string[] {
  const target = linkTarget(path);
  return target === undefined ? ["--ro-bind-try", path, path] : ["--symlink", target, path];
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function inOrder(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}
