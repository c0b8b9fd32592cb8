import { messageOf } from "../std/error-message.ts";

/** Code of an error of the system, as "ENOENT"; "" when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Whether the error says that there is nothing at a path. */
export function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
}

/** What went wrong, for a person, without the path the caller names anyway. */
export function reasonOf(error: unknown): string {
  return REASONS[codeOf(error)] ?? messageOf(error);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "the system does not permit it",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  EBUSY: "another program is using it",
  ELOOP: "its links run in a circle",
};
